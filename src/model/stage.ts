import type { AdvisoryDecisions } from './dependency.ts';
import type { Manifest } from './manifest.ts';
import type { BackendId } from './observation.ts';
import type { Outcome, StageId } from './outcome.ts';
import type { Policy } from './policy.ts';
import type { Target } from './target.ts';

/** What a stage may know beside the target: the operator's choices, never the target's. */
export interface StageContext {
  readonly policy: Policy;
  /** The manifest that the operator passed (`--manifest`), already validated; null: use the one inside the target as a claim. */
  readonly manifest: { readonly path: string; readonly manifest: Manifest } | null;
  readonly backend: BackendId | 'auto' | 'none';
  /** True: names of packages may leave the machine, and programs reach the hosts that the operator's manifest names. */
  readonly online: boolean;
  /** True: ask the package index what would be installed today for what has no lock. Only with `online`. */
  readonly resolve: boolean;
  /** An interpreter or image to run the target with instead of what `sbx setup` made; null: none given. */
  readonly python: string | null;
  readonly image: string | null;
  /** What the operator decided about advisories; null: nothing. */
  readonly decisions: AdvisoryDecisions | null;
  /** Folders of the operator's own rules. */
  readonly ruleFolders: readonly string[];
  /** No file may take static analysis longer, in seconds. */
  readonly secondsPerFile: number;
  /** False: analyse anew even what was analysed before. */
  readonly useCache: boolean;
  /** Aborted on Ctrl-C: stop, clean up, throw the signal's reason. */
  readonly signal: AbortSignal;
  /** Says what is going on; shown on a terminal only. */
  readonly progress: (message: string) => void;
  /** Facts that an earlier stage worked out and a later one builds on. */
  readonly earlier: readonly Outcome[];
}

/** One of the four ways of looking at a target. Never throws for anything the target holds; throws only typed errors of the operator's making. */
export interface Stage {
  readonly id: StageId;
  run(target: Target, context: StageContext): Promise<Outcome>;
}
