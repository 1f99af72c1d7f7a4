import type { Capability } from './capability.ts';

/** A promise that a sandbox backend makes. The contract's closed list. */
export const GUARANTEES = [
  'network',
  'unix-sockets',
  'host-files',
  'processes',
  'read-only-root',
  'privileges',
  'syscalls',
  'memory',
  'pids',
  'cpu',
  'disk',
  'output',
  'wall-time',
  'cleanup',
] as const;

export type Guarantee = (typeof GUARANTEES)[number];

/** Proven: a probe inside tried to break it on this machine and failed. Unproven: configured, not tried. Absent: not offered. */
export type Proof = 'proven' | 'unproven' | 'absent';

export type Guarantees = Readonly<Record<Guarantee, Proof>>;

/** Every backend of the contract, `none` aside. */
export const BACKEND_IDS = [
  'docker',
  'podman',
  'gvisor',
  'bubblewrap',
  'native',
  'firejail',
  'landlock',
  'wasm',
] as const;

export type BackendId = (typeof BACKEND_IDS)[number];

export const EVENT_KINDS = [
  'file.open',
  'file.write',
  'file.delete',
  'file.mode',
  'exec',
  'exec.fileless',
  'process',
  'connect',
  'dns',
  'http',
  'listen',
  'socket',
  'signal',
  'privilege',
  'mount',
  'decoy',
  'output',
  'limit',
  'import',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** Something the target did while it ran, or tried to; repeated events are summarised by `count`. */
export interface ObservedEvent {
  readonly kind: EventKind;
  /** `import`, `make`, `reset`, `step`, `render`, `close` for an environment; `run` for a script. */
  readonly phase: string;
  /** The path, the address, the command line, the limit's name. */
  readonly detail: string;
  readonly capability: Capability | null;
  /** False when the sandbox refused it. */
  readonly allowed: boolean;
  /** Milliseconds since the run began. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** The decoy that was touched or turned up, or null. */
  readonly decoy: string | null;
}

/** One command run in the sandbox. */
export interface Run {
  readonly unit: string;
  readonly command: readonly string[];
  readonly phase: string;
  /** Exit status; null when it was ended from outside (a limit, a signal). */
  readonly exit: number | null;
  readonly durationMs: number;
  /** Sorted by first, kind, detail. */
  readonly events: readonly ObservedEvent[];
  /** How many events were not kept. */
  readonly lost: number;
}

/** What the sandbox stage saw. */
export interface Observations {
  /** `none` when nothing was run; every guarantee is then `absent`. */
  readonly backend: BackendId | 'none';
  readonly guarantees: Guarantees;
  readonly runs: readonly Run[];
}
