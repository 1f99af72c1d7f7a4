import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';

/** What one report has that the other has not, by fingerprint; suppressed findings do not count. */
export function diffReports(
  before: Report,
  after: Report,
): { readonly added: readonly Finding[]; readonly removed: readonly Finding[] } {
  const active = (report: Report): readonly Finding[] =>
    report.findings.filter(({ suppressed }) => suppressed === null);
  const known = new Set(active(before).map(({ fingerprint }) => fingerprint));
  const current = new Set(active(after).map(({ fingerprint }) => fingerprint));
  return {
    added: active(after).filter(({ fingerprint }) => !known.has(fingerprint)),
    removed: active(before).filter(({ fingerprint }) => !current.has(fingerprint)),
  };
}
