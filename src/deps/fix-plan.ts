import type { Advisory, Dependencies, Ecosystem, Imported, Package } from '../model/dependency.ts';
import type { Severity } from '../model/finding.ts';
import { SEVERITIES } from '../model/finding.ts';
import { compareText } from './inventory/text.ts';
import { groupBy } from './grouped.ts';

/** What has to change about one package that is affected by something. */
export interface Change {
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** The pin, the range, or `*`. */
  readonly from: string;
  /** The smallest version that mends everything that can be mended; null when there is none. */
  readonly to: string | null;
  /** `malicious`: to be removed. `certain`: what is pinned, or all that is allowed, is affected. `possible`: something allowed is. */
  readonly kind: 'malicious' | 'certain' | 'possible';
  /** The worst that any advisory says; null when none says. */
  readonly severity: Severity | null;
  /** Ids of the advisories, worst first. */
  readonly advisories: readonly string[];
  /** Those of them that no version is known to mend. */
  readonly unfixed: readonly string[];
  readonly imported: Imported;
  readonly unit: string;
  readonly locations: Package['locations'];
}

const KINDS = ['malicious', 'certain', 'possible'] as const;

/** What to change, the most pressing first: malicious packages, what is certainly affected by severity, then what may be. */
export function changesOf({ packages, advisories }: Pick<Dependencies, 'packages' | 'advisories'>): Change[] {
  // What the operator settled asks for no change.
  const open = advisories.filter(({ suppressed }) => suppressed === undefined);
  const byName = groupBy(open, (advisory) => `${advisory.ecosystem}\0${advisory.package}`);
  const stated = new Set(packages.map((dependency) => statedKey(dependency)));
  // At one place there may be a range and the version that a resolver chose for it.
  const isAboutAnother = ({ version }: Advisory, dependency: Package): boolean =>
    version !== versionOf(dependency) && stated.has(statedKey({ ...dependency, version }));
  return packages
    .flatMap((dependency) => {
      const own = (byName.get(`${dependency.ecosystem}\0${dependency.name}`) ?? []).filter(
        (advisory) => sharesPlace(advisory, dependency) && !isAboutAnother(advisory, dependency),
      );
      return own.length === 0 ? [] : [changeOf(dependency, own)];
    })
    .sort(compareChanges);
}

function versionOf({ version, range }: Pick<Package, 'version' | 'range'>): string {
  return version ?? range ?? '*';
}

function statedKey(dependency: Pick<Package, 'ecosystem' | 'name' | 'version' | 'range'>): string {
  return `${dependency.ecosystem}\0${dependency.name}\0${versionOf(dependency)}`;
}

/** An advisory names the places of the versions that it concerns. */
function sharesPlace({ locations }: Advisory, dependency: Package): boolean {
  return locations.some(({ path, startLine }) =>
    dependency.locations.some((place) => place.path === path && place.startLine === startLine),
  );
}

function changeOf(dependency: Package, own: readonly Advisory[]): Change {
  const worstFirst = [...own].sort(
    (a, b) =>
      Number(b.malicious) - Number(a.malicious) ||
      rank(a.severity) - rank(b.severity) ||
      compareText(a.id, b.id),
  );
  const isMalicious = own.some(({ malicious }) => malicious);
  const isCertain = own.some(({ certainty }) => certainty === 'certain');
  return {
    ecosystem: dependency.ecosystem,
    package: dependency.name,
    from: versionOf(dependency),
    to: dependency.upgrade ?? null,
    kind: isMalicious && isCertain ? 'malicious' : isCertain ? 'certain' : 'possible',
    severity: SEVERITIES.find((severity) => own.some((advisory) => advisory.severity === severity)) ?? null,
    advisories: worstFirst.map(({ id }) => id),
    unfixed: worstFirst.filter(({ fixed }) => fixed === null).map(({ id }) => id),
    imported: own[0]?.imported ?? 'unknown',
    unit: dependency.unit,
    locations: dependency.locations,
  };
}

/** What nobody rated may be anything: it stands with what is high. */
function rank(severity: Severity | null): number {
  return SEVERITIES.indexOf(severity ?? 'high');
}

function compareChanges(a: Change, b: Change): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    rank(a.severity) - rank(b.severity) ||
    Number(b.imported === 'reachable') - Number(a.imported === 'reachable') ||
    compareText(a.package, b.package) ||
    compareText(a.from, b.from) ||
    compareText(a.unit, b.unit)
  );
}
