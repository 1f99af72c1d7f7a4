import { normalizePypiName } from '../inventory/requirement.ts';
import { compareText } from '../inventory/text.ts';
import { affectedVersions, inOrder } from './affected.ts';
import type { Severity } from '../../model/finding.ts';
import { exploitationOf } from './exploitation.ts';
import type { AdvisoryIndex, IndexedAdvisory, IndexedAffected } from './index-format.ts';
import type { OsvAffected, OsvEvent, OsvRecord } from './osv-record.ts';
import { isMaliciousId } from './osv-record.ts';
import { loadSeverityReader } from './severity.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { VERSION_SCHEMES } from './version-scheme.ts';
import { push } from '../grouped.ts';

/** Characters of a summary that are kept. */
const SUMMARY_CHARACTERS = 120;

/** A record as far as the index needs it. */
interface Kept {
  readonly advisory: IndexedAdvisory;
  readonly affected: ReadonlyMap<string, readonly OsvAffected[]>;
  /** The day on which it was modified or, failing that, published; empty when it does not say. */
  readonly day: string;
  readonly isWithdrawn: boolean;
  /** The exact time of its last change, as written. */
  readonly modified: string;
}

/**
 * Makes the index of one ecosystem. The same records give the same index, whatever their order. Withdrawn records and those of other
 * ecosystems are left out; of several records with the same id the one that was modified last counts.
 */
export async function buildAdvisoryIndex(
  ecosystem: AuditedEcosystem,
  records: AsyncIterable<OsvRecord> | Iterable<OsvRecord>,
): Promise<AdvisoryIndex> {
  const severityOf = await loadSeverityReader();
  const byId = new Map<string, Kept>();
  for await (const record of records) {
    const known = byId.get(record.id);
    const affected = affectedByName(record, ecosystem);
    if (affected.size === 0 && known === undefined) continue;
    const candidate = {
      advisory: aboutOf(record, severityOf(record)),
      affected,
      day: dayOf(record),
      isWithdrawn: record.withdrawn !== undefined,
      modified: record.modified ?? '',
    };
    if (known === undefined || isLater(candidate, known)) byId.set(record.id, candidate);
  }
  const kept = [...byId.values()]
    .filter(({ isWithdrawn, affected }) => !isWithdrawn && affected.size > 0)
    .sort((a, b) => compareText(a.advisory[0], b.advisory[0]));
  const malicious = kept.filter(({ advisory: [id] }) => isMaliciousId(id));
  const days = kept.filter(({ advisory: [id] }) => !isMaliciousId(id)).map(({ day }) => day);
  const packages = new Map<string, IndexedAffected[]>();
  for (const [position, { affected }] of kept.entries()) {
    for (const [name, parts] of affected) {
      const entry = compact(position, parts, ecosystem);
      if (entry === null) continue;
      const known = packages.get(name);
      if (known === undefined) packages.set(name, [entry]);
      else known.push(entry);
    }
  }
  return {
    ecosystem,
    date: days.reduce((newest, day) => (day > newest ? day : newest), ''),
    records: kept.length,
    malicious: malicious.length,
    advisories: kept.map(({ advisory }) => advisory),
    packages: Object.fromEntries([...packages].sort(([a], [b]) => compareText(a, b))),
  };
}

function aboutOf(record: OsvRecord, severity: Severity | null): IndexedAdvisory {
  const { id, aliases, summary } = record;
  const line = (summary ?? '').replace(/\s+/g, ' ').slice(0, SUMMARY_CHARACTERS);
  const exploitation = exploitationOf(record);
  const about = [id, [...new Set(aliases ?? [])].sort(compareText), severity, line] as const;
  return Object.keys(exploitation).length === 0 ? about : [...about, exploitation];
}

/** Of two that say the same time, the one whose text sorts last: any choice will do that does not depend on the order. */
function isLater(a: Kept, b: Kept): boolean {
  if (a.modified !== b.modified) return a.modified > b.modified;
  const text = ({ advisory, affected, isWithdrawn }: Kept): string =>
    JSON.stringify([isWithdrawn, advisory, [...affected]]);
  return text(a) > text(b);
}

function affectedByName(record: OsvRecord, ecosystem: AuditedEcosystem): Map<string, OsvAffected[]> {
  const byName = new Map<string, OsvAffected[]>();
  for (const affected of record.affected ?? []) {
    const name = affected.package?.name;
    if (affected.package?.ecosystem !== ecosystem || typeof name !== 'string') continue;
    const key = ecosystem === 'PyPI' ? normalizePypiName(name) : name;
    push(byName, key, affected);
  }
  return byName;
}

/** Versions that the ranges cover are dropped: on real data ranges alone agree with 99.9 % of the listed versions. */
function compact(
  position: number,
  parts: readonly Omit<OsvAffected, 'package'>[],
  ecosystem: AuditedEcosystem,
): IndexedAffected | null {
  const ranges = parts
    .flatMap((part) => part.ranges ?? [])
    .filter(({ type }) => type === 'ECOSYSTEM' || type === 'SEMVER')
    .map(({ events }) =>
      inOrder(
        (events ?? []).flatMap((event) => compactEvent(event, ecosystem)),
        VERSION_SCHEMES[ecosystem],
      ).join(' '),
    )
    .filter((range) => range !== '')
    .join('|');
  const covered = affectedVersions({ ranges, versions: [] }, VERSION_SCHEMES[ecosystem]);
  const versions = [...new Set(parts.flatMap((part) => part.versions ?? []))]
    .filter((version) => typeof version === 'string' && !covered.includes(version))
    .sort(compareText);
  return ranges === '' && versions.length === 0 ? null : [position, ranges, versions];
}

function compactEvent(
  { introduced, fixed, last_affected: lastAffected }: OsvEvent,
  ecosystem: AuditedEcosystem,
): string[] {
  const events: [string, string | undefined][] = [
    ['+', introduced],
    ['-', fixed],
    ['=', lastAffected],
  ];
  return events.flatMap(([kind, version]) =>
    typeof version !== 'string' || /[\s|]/.test(version) ? [] : [kind + completeVersion(version, ecosystem)],
  );
}

/** Some records bound a range by `1.14`, which is no version to npm; passing over such a bound would turn the answer around. */
function completeVersion(version: string, ecosystem: AuditedEcosystem): string {
  const short = ecosystem === 'npm' && version !== '0' ? /^(\d+)(\.\d+)?$/.exec(version) : null;
  return short === null ? version : `${short[1] ?? ''}${short[2] ?? '.0'}.0`;
}

/** Epoch dates are what tools write when they do not know. */
function dayOf({ modified, published }: OsvRecord): string {
  const days = [modified, published]
    .filter((date) => typeof date === 'string' && /^\d{4}-\d{2}-\d{2}/.test(date))
    .map((date) => (date ?? '').slice(0, 10))
    .filter((day) => day > '1970-01-02');
  return days.sort(compareText).at(-1) ?? '';
}
