import { buildAdvisoryIndex } from '../advisories/build-index.ts';
import { exploitationOf } from '../advisories/exploitation.ts';
import type { Match } from '../advisories/match.ts';
import { Matcher } from '../advisories/match.ts';
import type { OsvRecord } from '../advisories/osv-record.ts';
import { isMaliciousId, osvRecordFrom } from '../advisories/osv-record.ts';
import { loadSeverityReader } from '../advisories/severity.ts';
import type { AuditedEcosystem } from '../advisories/version-scheme.ts';
import { isAudited } from '../advisories/version-scheme.ts';
import type { Table } from '../inventory/parsed.ts';
import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import { normalizePypiName } from '../inventory/requirement.ts';
import { compareText } from '../inventory/text.ts';
import type { Reported } from '../reported.ts';
import { osvResults } from './osv-json.ts';

interface Hit {
  readonly ecosystem: AuditedEcosystem;
  readonly name: string;
  readonly version: string;
  readonly record: OsvRecord;
}

/**
 * Reads osv-scanner's JSON. It names no fixed version, so that is worked out from the record with the built-in matcher.
 * @returns null when it is not such a report
 */
export async function parseOsvReport(text: string): Promise<Reported[] | null> {
  const results = osvResults(text);
  if (results === null) return null;
  const hits = hitsOf(results);
  const matchers = new Map<AuditedEcosystem, Matcher>();
  for (const ecosystem of new Set(hits.map((hit) => hit.ecosystem))) {
    const records = new Map(
      hits.filter((hit) => hit.ecosystem === ecosystem).map(({ record }) => [record.id, record]),
    );
    matchers.set(ecosystem, new Matcher(await buildAdvisoryIndex(ecosystem, records.values())));
  }
  const matches = new Map<string, ReadonlyMap<string, Match>>();
  const matchOf = ({ ecosystem, name, version, record }: Hit): Match | undefined => {
    const key = `${ecosystem}\0${name}\0${version}`;
    let known = matches.get(key);
    if (known === undefined) {
      const found = matchers.get(ecosystem)?.match({ name, version, range: null, pin: 'exact' }) ?? [];
      known = new Map(found.map((match) => [match.id, match]));
      matches.set(key, known);
    }
    return known.get(record.id);
  };
  const severityOf = hits.length === 0 ? () => null : await loadSeverityReader();
  return hits.map((hit) => {
    const { ecosystem, name, version, record } = hit;
    const aliases = [...new Set(record.aliases ?? [])].sort(compareText);
    const match = matchOf(hit);
    return {
      source: 'osv-scanner',
      ecosystem,
      package: name,
      version,
      id: record.id,
      aliases,
      severity: severityOf(record),
      ...exploitationOf(record),
      summary: match?.summary ?? '',
      malicious: isMaliciousId(record.id) || aliases.some(isMaliciousId),
      certainty: 'certain',
      fixed: match?.fixed ?? null,
    };
  });
}

function hitsOf(results: readonly Table[]): Hit[] {
  const entries = results.flatMap((result) => listOf(result['packages'])).map(tableOf);
  return entries.flatMap((entry) => {
    const { name: rawName, version: rawVersion, ecosystem } = tableOf(entry['package']);
    const [name, version] = [textOf(rawName), textOf(rawVersion)];
    if (name === null || version === null || typeof ecosystem !== 'string' || !isAudited(ecosystem))
      return [];
    return listOf(entry['vulnerabilities'])
      .map(osvRecordFrom)
      .filter((record) => record !== null)
      .map((record) => ({
        ecosystem,
        name: ecosystem === 'PyPI' ? normalizePypiName(name) : name,
        version,
        record,
      }));
  });
}
