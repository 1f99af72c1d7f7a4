import type { Advisory, AdvisorySource } from '../model/dependency.ts';
import { worstExploitation } from './advisories/exploitation.ts';
import { worstSeverity } from './advisories/severity.ts';
import { isAudited, VERSION_SCHEMES } from './advisories/version-scheme.ts';
import { compareText } from './inventory/text.ts';
import type { Reported } from './reported.ts';

/** A merged advisory with the line about it that a finding shows; the places are the caller's to add. */
export interface MergedAdvisory extends Omit<Advisory, 'locations'> {
  readonly summary: string;
}

/**
 * Brings together what several sources say of the same vulnerability in the same package: ids that are aliases of each other, however many
 * steps apart, are one. Sorted by ecosystem, package, version and id.
 */
export function mergeReports(reports: readonly Reported[]): MergedAdvisory[] {
  const roots = aliasRoots(reports);
  const groups = new Map<string, Reported[]>();
  for (const report of reports) {
    const key = `${packageKey(report)}\0${roots(report.id)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [report]);
    else group.push(report);
  }
  return [...groups.values()].map(mergeGroup).sort(compareAdvisories);
}

/** Ecosystem, name and version, with equal versions spelled alike. */
export function packageKey({
  ecosystem,
  package: name,
  version,
}: Pick<Reported, 'ecosystem' | 'package' | 'version'>): string {
  const canonical = isAudited(ecosystem) ? VERSION_SCHEMES[ecosystem].canonical(version) : version;
  return `${ecosystem}\0${name}\0${canonical}`;
}

/** Union-find over ids and aliases; gives the representative of an id's class. */
function aliasRoots(reports: readonly Reported[]): (id: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // Shortens the way for the next question.
    for (let at = id; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { id, aliases } of reports) {
    for (const alias of aliases) {
      const [a, b] = [rootOf(id), rootOf(alias)];
      if (a !== b) parents.set(a, b);
    }
  }
  return rootOf;
}

function mergeGroup(group: readonly Reported[]): MergedAdvisory {
  const ids = [...new Set(group.flatMap(({ id, aliases }) => [id, ...aliases]))].sort(compareIds);
  const [id = '', ...aliases] = ids;
  const first = group[0]!;
  return {
    id,
    aliases,
    package: first.package,
    ecosystem: first.ecosystem,
    version: first.version,
    severity: worstSeverity(group.map(({ severity }) => severity)),
    certainty: group.some(({ certainty }) => certainty === 'certain') ? 'certain' : 'possible',
    malicious: group.some(({ malicious }) => malicious),
    fixed: smallestFix(group),
    ...worstExploitation(group),
    sources: [...new Set(group.map(({ source }): AdvisorySource => source))].sort(compareText),
    summary: group.map(({ summary }) => summary).sort((a, b) => b.length - a.length)[0] ?? '',
  };
}

const TITLE_ORDER = ['MAL-', 'CVE-', 'GHSA-', 'PYSEC-'];

/** The id that people know it by comes first. */
function compareIds(a: string, b: string): number {
  return titleRank(a) - titleRank(b) || compareText(a, b);
}

function titleRank(id: string): number {
  const rank = TITLE_ORDER.findIndex((prefix) => id.startsWith(prefix));
  return rank === -1 ? TITLE_ORDER.length : rank;
}

function smallestFix(group: readonly Reported[]): string | null {
  const fixes = group.map(({ fixed }) => fixed).filter((fixed) => fixed !== null);
  const ecosystem = group[0]?.ecosystem ?? '';
  if (!isAudited(ecosystem)) return fixes.sort(compareText)[0] ?? null;
  const scheme = VERSION_SCHEMES[ecosystem];
  return fixes.filter((fix) => scheme.isVersion(fix)).sort((a, b) => scheme.compare(a, b))[0] ?? null;
}

function compareAdvisories(a: MergedAdvisory, b: MergedAdvisory): number {
  return (
    compareText(a.ecosystem, b.ecosystem) ||
    compareText(a.package, b.package) ||
    compareText(a.version, b.version) ||
    compareText(a.id, b.id)
  );
}
