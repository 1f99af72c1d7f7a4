import type { Package } from '../model/dependency.ts';
import type { Run } from '../model/observation.ts';
import type { Backend, SandboxResult } from './backend.ts';
import type { Written } from './collect/written.ts';
import type { Permissions } from './permissions.ts';
import type { PlannedRun } from './plan/run.ts';
import type { Surroundings } from './recorder/classify.ts';
import type { Conversation } from './recorder/conversation.ts';
import type { SecondWitness } from './recorder/inotify/decoy-reads.ts';
import type { GuestReport } from './recorder/records.ts';
import type { ImageContents } from './setup/image-contents.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';
import type { World } from './world.ts';

/** What every run of a stage shares. */
export interface Laboratory {
  readonly backend: Backend;
  readonly prepared: PreparedEnvironment | null;
  /** The target's declared packages. */
  readonly packages: readonly Package[];
  /** True: the operator's manifest names the environments to run. */
  readonly isLimitedToNamed: boolean;
  /** True: the operator's manifest says how long a run may take. */
  readonly isTimeGiven: boolean;
  /** The operator's image and what is in it; null: none was named. */
  readonly image: ImageContents | null;
  /** What the operator lets it do. */
  readonly permissions: Permissions;
  /** True: the user lets a program reach the hosts that the operator allows. */
  readonly isOnline: boolean;
  /** Host folder with the target's files, and one with the guest programs. */
  readonly targetFolder: string;
  /** Bytes of the target's files. */
  readonly targetBytes: number;
  readonly guestFolder: string;
  /** Host folder for what is made per run. */
  readonly scratch: string;
  readonly patterns: Pick<Surroundings, 'persistencePaths' | 'agentPaths'>;
}

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
