/** Worst last is not an order here: see {@link worstDecision} in `src/judge`. */
export type Decision = 'approve' | 'review' | 'reject' | 'incomplete';

export interface Reason {
  /** Kebab-case: `chain`, `contradiction`, `indicator`, `behaviour`, `weakness`, `evidence-missing`, `stage-left-out`, … */
  readonly code: string;
  readonly message: string;
  /** Fingerprints of the findings that it rests on, sorted. */
  readonly findings: readonly string[];
}

export interface Verdict {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
}
