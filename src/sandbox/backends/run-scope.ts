import { SbxError } from '../../errors.ts';
import type { Guarantee } from '../../model/observation.ts';
import type { Limits, SandboxResult } from '../backend.ts';
import { ownedName, privateFolder, sweepFolders } from '../staging.ts';
import { createCgroup, plannedCgroup, type Cgroup } from './cgroup.ts';
import { sweepCgroups } from './cgroup-sweep.ts';
import { Guardian, type Leftovers } from './guardian.ts';
import { Opened, type RunPlace } from './opened.ts';
import type { Ending } from './supervise.ts';
import type { Traffic } from '../sinkhole/traffic.ts';
import type { Trace } from './tracing.ts';

/** What a run owns while it lasts. */
export interface RunScope extends RunPlace {
  /** Unique, and tells who owns it; the name of the private folder, the control group and the container. */
  readonly name: string;
  readonly cgroup: Cgroup | null;
  readonly guardian: Guardian;
}

let sweeping: Promise<unknown> | null = null;

/**
 * Gives `body` a private folder, a control group where wanted and allowed, and a guardian that takes all of it away again: after the
 * run, and also when sbx is killed in the middle of it. What an earlier sbx could not clean up goes first, once per process.
 * @param engine the program that removes a container of this run's name; null where there is none
 */
export async function inRunScope<Result>(
  options: { limits: Limits; wantsCgroup: boolean; engine: readonly string[] | null; signal: AbortSignal },
  body: (scope: RunScope) => Promise<Result>,
): Promise<Result> {
  throwIfAborted(options.signal);
  sweeping ??= Promise.all([sweepFolders(), sweepCgroups()]);
  await sweeping;
  const name = ownedName();
  const folder = await privateFolder(name);
  const leftovers: Leftovers = {
    folder,
    cgroups: options.wantsCgroup ? plannedCgroup(name, options.limits) : [],
    container: options.engine === null ? null : { engine: options.engine, name },
  };
  // First: sbx may be killed between any two lines.
  const guardian = new Guardian(leftovers);
  const opened = new Opened();
  try {
    const cgroup = options.wantsCgroup ? await createCgroup(name, options.limits) : null;
    return await body({ name, folder, opened, cgroup, guardian });
  } finally {
    await opened.close();
    await guardian.clean();
  }
}

/** @throws SbxError of kind `interrupted` */
function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new SbxError('interrupted', 'interrupted', 'Interrupted; the sandbox is gone');
}

/** Numbers of the signals by which programs die of themselves or of a limit (`signal(7)`, the same on x86-64 and arm64). */
const SIGNALS: Readonly<Record<number, NodeJS.Signals>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
};

/** Exit status and signal of the command itself. */
export interface CommandEnd {
  /** As a shell reports it: 128 and the signal's number when it died of one. */
  readonly exit: number;
  readonly signal: NodeJS.Signals | null;
}

/** Reads a shell's exit status. A program that says 139 of itself cannot be told from one that died of signal 11. */
export function commandEnd(status: number): CommandEnd {
  return { exit: status, signal: status > 128 ? (SIGNALS[status - 128] ?? null) : null };
}

/**
 * What a backend gives back.
 * @param end the command's own end; null when it was ended from outside, and must be null then
 */
export function resultOf(
  ending: Ending,
  end: CommandEnd | null,
  memoryKills: number,
  trace: Trace | null = null,
  traffic: Traffic | null = null,
): SandboxResult {
  if (ending.ended === 'interrupted') {
    throw new SbxError('interrupted', 'interrupted', 'Interrupted; the sandbox is gone');
  }
  const limitsHit = new Set<Guarantee>();
  if (ending.ended !== null) limitsHit.add(ending.ended);
  if (ending.outputTruncated) limitsHit.add('output');
  if (memoryKills > 0) limitsHit.add('memory');
  if (end?.signal === 'SIGXCPU') limitsHit.add('cpu');
  if (end?.signal === 'SIGXFSZ') limitsHit.add('disk');
  return {
    exit: ending.ended === null ? (end?.exit ?? null) : null,
    signal: ending.ended === null ? (end?.signal ?? null) : 'SIGKILL',
    durationMs: ending.durationMs,
    stdout: ending.stdout,
    stderr: ending.stderr,
    outputTruncated: ending.outputTruncated,
    limitsHit: [...limitsHit].sort(),
    events: trace?.events ?? [],
    tracer: trace?.tracer ?? null,
    lost: trace?.lost ?? 0,
    traffic,
  };
}
