import type { Dependencies } from './dependency.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Observations } from './observation.ts';
import type { Opaque, Unit } from './target.ts';

export const STAGE_IDS = ['manifest', 'static', 'deps', 'sandbox'] as const;

export type StageId = (typeof STAGE_IDS)[number];

/**
 * `done`: everything it should have looked at, it did. `partial`: some of it; `gaps` says what is missing.
 * `not-applicable`: there was nothing for it to look at. `skipped`: the operator left it out. `failed`: it could not do its work.
 */
export type StageStatus = 'done' | 'partial' | 'skipped' | 'not-applicable' | 'failed';

/** A tool outside sbx that a stage asked. */
export interface ToolUse {
  readonly id: string;
  readonly version: string | null;
  readonly status: string;
}

/** Evidence that should be there and is not. It keeps the unit's verdict from being `approve`. */
export interface Gap {
  /** {@link Unit.path}; null when it concerns the whole target. */
  readonly unit: string | null;
  /** One sentence: what is missing and what to do about it. */
  readonly reason: string;
}

/** How much of the target the static stage looked at. */
export interface Coverage {
  readonly files: number;
  readonly bytes: number;
  /** How many files were analysed. */
  readonly analysed: number;
  readonly opaque: readonly Opaque[];
}

/** What every stage gives back, whatever happened. */
export interface Outcome {
  readonly id: StageId;
  readonly status: StageStatus;
  /** Empty when the status is `done` and there is nothing to add; otherwise one sentence. */
  readonly reason: string;
  readonly durationMs: number;
  readonly tools: readonly ToolUse[];
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  /** From the manifest stage only: the units that list their capabilities and can be held to that list, even an empty one. */
  readonly declaring?: readonly string[];
  /** From the static stage only. */
  readonly coverage?: Coverage;
  /** The target's units, from a static stage that had them from an earlier run. */
  readonly units?: readonly Unit[];
  /** From the deps stage only. */
  readonly dependencies?: Dependencies;
  /** From the sandbox stage only. */
  readonly observations?: Observations;
}
