import type { Knowledge } from '../rules/knowledge.ts';
import type { FileResult } from './file-result.ts';
import type { Bundle } from './bundles.ts';

/** What a worker starts with. */
export interface WorkerStart {
  readonly knowledge: Knowledge;
}

/** What a worker is told: bundles, each with a number of its own. */
export interface WorkerBatch {
  readonly bundles: readonly { readonly id: number; readonly bundle: Bundle }[];
}

/** What a worker says: which bundle it begins, what came out of one, that a batch is done. */
export type WorkerMessage =
  | { readonly kind: 'begin'; readonly id: number }
  | { readonly kind: 'result'; readonly id: number; readonly results: readonly FileResult[] }
  | { readonly kind: 'idle' };
