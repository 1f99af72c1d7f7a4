import { normalizePypiName } from '../inventory/requirement.ts';
import { compareText } from '../inventory/text.ts';
import { affectedVersions } from './affected.ts';
import type { AdvisoryIndex, IndexedAdvisory, IndexedAffected } from './index-format.ts';
import type { OsvAffected, OsvEvent, OsvRecord } from './osv-record.ts';
import { isMaliciousId } from './osv-record.ts';
import { loadSeverityReader } from './severity.ts';
import type { AuditedEcosystem } from './version-scheme.ts';
import { VERSION_SCHEMES } from './version-scheme.ts';

/** Characters of a summary that are kept. */
const SUMMARY_CHARACTERS = 120;

/**
 * Makes the index of one ecosystem. The same records give the same index, whatever their order. Withdrawn records and those of other
 * ecosystems are left out.
 */
export async function buildAdvisoryIndex(
  ecosystem: AuditedEcosystem,
  records: AsyncIterable<OsvRecord> | Iterable<OsvRecord>,
): Promise<AdvisoryIndex> {
  const severityOf = await loadSeverityReader();
  const kept: { advisory: IndexedAdvisory; affected: ReadonlyMap<string, Omit<OsvAffected, 'package'>[]> }[] =
    [];
  let date = '';
  let malicious = 0;
  for await (const record of records) {
    const affected = affectedByName(record, ecosystem);
    if (record.withdrawn !== undefined || affected.size === 0) continue;
    const isMalicious = isMaliciousId(record.id);
    if (isMalicious) malicious += 1;
    const day = dayOf(record);
    if (!isMalicious && day > date) date = day;
    const summary = (record.summary ?? '').replace(/\s+/g, ' ').slice(0, SUMMARY_CHARACTERS);
    const aliases = [...new Set(record.aliases ?? [])].sort(compareText);
    kept.push({ advisory: [record.id, aliases, severityOf(record), summary], affected });
  }
  kept.sort((a, b) => compareText(a.advisory[0], b.advisory[0]));
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
    format: 1,
    ecosystem,
    date,
    records: kept.length,
    malicious,
    advisories: kept.map(({ advisory }) => advisory),
    packages: Object.fromEntries([...packages].sort(([a], [b]) => compareText(a, b))),
  };
}

function affectedByName(record: OsvRecord, ecosystem: AuditedEcosystem): Map<string, OsvAffected[]> {
  const byName = new Map<string, OsvAffected[]>();
  for (const affected of record.affected ?? []) {
    const name = affected.package?.name;
    if (affected.package?.ecosystem !== ecosystem || typeof name !== 'string') continue;
    const key = ecosystem === 'PyPI' ? normalizePypiName(name) : name;
    byName.set(key, [...(byName.get(key) ?? []), affected]);
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
    .map(({ events }) => (events ?? []).flatMap((event) => compactEvent(event, ecosystem)).join(' '))
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
