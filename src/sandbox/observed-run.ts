import type { Run } from '../model/observation.ts';
import type { SandboxResult } from './backend.ts';
import type { Written } from './collect/written.ts';
import type { PlannedRun } from './plan/run.ts';
import type { Conversation } from './recorder/conversation.ts';
import type { SecondWitness } from './recorder/inotify/decoy-reads.ts';
import type { GuestReport } from './recorder/records.ts';
import type { World } from './world.ts';

/** A run and what was learnt from it beyond its events. */
export interface ObservedRun {
  readonly planned: PlannedRun;
  readonly run: Run;
  readonly guest: GuestReport;
  readonly result: SandboxResult;
  /** The files that it left in writable places. */
  readonly written: Written;
  /** What came of talking to it; null for what is no server. */
  readonly conversation: Conversation | null;
  /** The world that it took place in. */
  readonly world: World;
  /** What was seen of its decoys from outside. */
  readonly witness: SecondWitness;
}
