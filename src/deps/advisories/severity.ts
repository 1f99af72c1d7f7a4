import type { Severity } from '../../model/finding.ts';
import type { OsvRecord, OsvSeverity } from './osv-record.ts';

/** Reads a severity off a record; null when it has neither a vector that parses nor a label. */
export type SeverityReader = (record: OsvRecord) => Severity | null;

const LABELS: Readonly<Record<string, Severity>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MODERATE: 'medium',
  MEDIUM: 'medium',
  LOW: 'low',
};

const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** Loads the scoring library. It is needed where records are read, not where they are matched. */
export async function loadSeverityReader(): Promise<SeverityReader> {
  // The types hide what a vector turns into; this is the part that is used.
  const { default: library } = await import('ae-cvss-calculator');
  const fromVector = library.fromVector as (
    vector: string,
  ) => { calculateScores(): { readonly base?: number } } | undefined;
  return (record) => {
    const vectors = [
      ...(record.severity ?? []),
      ...(record.affected ?? []).flatMap(({ severity }) => severity ?? []),
    ];
    const scored = worstSeverity(vectors.map(scoreOf));
    return scored ?? labelOf(record);
  };

  function scoreOf({ type, score }: OsvSeverity): Severity | null {
    if (typeof score !== 'string' || type?.startsWith('CVSS_') !== true) return null;
    try {
      const base = fromVector(score)?.calculateScores().base;
      return base === undefined ? null : ratingOf(base);
    } catch {
      return null;
    }
  }
}

/** The qualitative rating of a base score (CVSS 3.1 section 5, the same in 4.0). */
function ratingOf(score: number): Severity | null {
  if (Number.isNaN(score)) return null;
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

function labelOf(record: OsvRecord): Severity | null {
  const labels = [
    record.database_specific?.severity,
    ...(record.affected ?? []).map((affected) => affected.database_specific?.severity),
  ];
  return worstSeverity(
    labels.map((label) => (typeof label === 'string' ? (LABELS[label.toUpperCase()] ?? null) : null)),
  );
}

/** The worst of several severities; null when none is known. */
export function worstSeverity(severities: readonly (Severity | null)[]): Severity | null {
  return WORST_FIRST.find((severity) => severities.includes(severity)) ?? null;
}
