import { readFileSync } from 'node:fs';
import { configError, messageOf } from '../errors.ts';
import { readDocument } from '../manifest/document.ts';
import type { Finding } from '../model/finding.ts';
import { matchesDetail } from '../detail-pattern.ts';

/** Marks the findings that the operator decided about; they stay in every report. */
export type Suppress = (findings: readonly Finding[]) => readonly Finding[];

/** One entry of `suppress:` in the operator's configuration; everything given must hold. `manifests/config.schema.json`. */
interface Suppression {
  readonly rule?: string;
  readonly path?: string;
  readonly fingerprint?: string;
  readonly reason: string;
  /** The last day on which it holds, ISO 8601. */
  readonly expires?: string;
}

/** The entries of a configuration that no longer hold, a sentence each, so that nobody wonders why their findings are back. */
export function expiredSuppressions(configFile: string, now = new Date()): readonly string[] {
  const today = now.toISOString().slice(0, 10);
  return entriesOf(configFile).flatMap(({ rule, path, fingerprint, expires }, index) => {
    if (expires === undefined || expires >= today) return [];
    const what = [rule, path, fingerprint].filter((part) => part !== undefined).join(', ');
    return [`${configFile}: suppress.${index} (${what}) expired on ${expires} and was not applied`];
  });
}

function entriesOf(configFile: string): readonly Suppression[] {
  return (readDocument(configFile, 'config') as { suppress?: readonly Suppression[] }).suppress ?? [];
}

/**
 * Suppressions from the operator's configuration and baseline, never from the target.
 * @param now for tests; expiry is by day, UTC
 * @throws SbxError of kind `config` when a file cannot be read or is wrong
 */
export function suppressionFrom(
  files: { readonly configFile: string | null; readonly baselineFile: string | null },
  now = new Date(),
): Suppress {
  const today = now.toISOString().slice(0, 10);
  const entries = files.configFile === null ? [] : entriesOf(files.configFile);
  const known = files.baselineFile === null ? new Set<string>() : fingerprintsIn(files.baselineFile);
  return (findings) =>
    findings.map((finding) => {
      const entry = entries.find((candidate) => covers(candidate, finding, today));
      if (entry !== undefined) {
        return {
          ...finding,
          suppressed: { by: 'config', reason: entry.reason, expires: entry.expires ?? null },
        };
      }
      if (!known.has(finding.fingerprint)) return finding;
      return { ...finding, suppressed: { by: 'baseline', reason: 'in the baseline', expires: null } };
    });
}

function covers(entry: Suppression, finding: Finding, today: string): boolean {
  if (entry.expires !== undefined && entry.expires < today) return false;
  return (
    (entry.rule === undefined || entry.rule === finding.ruleId) &&
    (entry.path === undefined || matchesDetail(entry.path, finding.location.path)) &&
    (entry.fingerprint === undefined || entry.fingerprint === finding.fingerprint)
  );
}

function fingerprintsIn(file: string): ReadonlySet<string> {
  let report: { schema?: unknown; findings?: readonly { fingerprint?: unknown }[] };
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as typeof report;
  } catch (error) {
    throw configError(
      'baseline-unreadable',
      `${file} is not a readable report: ${messageOf(error)}`,
      undefined,
      error,
    );
  }
  if (report.schema !== 'sbx.report/1' || !Array.isArray(report.findings)) {
    throw configError(
      'baseline-not-a-report',
      `${file} is not an sbx report`,
      'Write one with --format json --output FILE.',
    );
  }
  return new Set(report.findings.map(({ fingerprint }) => String(fingerprint)));
}
