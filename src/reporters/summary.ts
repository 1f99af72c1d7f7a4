import type { Finding, Severity } from '../model/finding.ts';
import { SEVERITIES } from '../model/finding.ts';
import type { CapabilityRow, Report } from '../model/report.ts';
import type { Decision } from '../model/verdict.ts';

/** What a decision means to somebody who is about to run the thing, and what to do next. */
export const ADVICE: Readonly<Record<Decision, { readonly headline: string; readonly advice: string }>> = {
  approve: { headline: 'approved', advice: 'Nothing found speaks against running it.' },
  review: { headline: 'a person should look', advice: 'Read the findings below before running it.' },
  reject: { headline: 'rejected', advice: 'Do not run it.' },
  incomplete: {
    headline: 'incomplete',
    advice:
      'It cannot be called safe: evidence is missing. See what is missing below, put it right and run sbx again.',
  },
};

/** The findings that a person needs to see, worst first; suppressed ones are left to the machine formats. */
export function findingsByWeight(report: Report): readonly Finding[] {
  return report.findings
    .filter(({ suppressed }) => suppressed === null)
    .map((finding, index) => ({ finding, index }))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) || a.index - b.index,
    )
    .map(({ finding }) => finding);
}

/** `path:line` with the layer, as an editor understands it. */
export function placeOf({ location }: Finding): string {
  const inside = location.layer === null ? '' : ` (${location.layer})`;
  return `${location.path}:${location.startLine}:${location.startColumn}${inside}`;
}

/** How many findings there are of each severity, worst first, without the zeros. */
export function countBySeverity(findings: readonly Finding[]): readonly (readonly [Severity, number])[] {
  return SEVERITIES.map(
    (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
  ).filter(([, count]) => count > 0);
}

/** What each column of the matrix says for a row. */
export function matrixCells(row: CapabilityRow): {
  readonly declared: string;
  readonly code: string;
  readonly run: string;
} {
  return {
    declared: row.declared === null ? '–' : row.declared ? 'yes' : 'no',
    code: row.static.length === 0 ? '–' : `${row.static.length}×`,
    run: row.observed.length === 0 ? '–' : `${row.observed.reduce((sum, { count }) => sum + count, 0)}×`,
  };
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
