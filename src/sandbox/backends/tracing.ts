import { open, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SbxError } from '../../errors.ts';
import type { ObservedEvent } from '../../model/observation.ts';
import type { Mount, SandboxCommand, SandboxResult } from '../backend.ts';
import { canNotify, startNotify } from '../recorder/notify/notify.ts';
import { parseStrace, straceCommand } from '../recorder/strace.ts';
import { profileOf } from '../seccomp/profiles.ts';
import { INSIDE_USER } from './inside.ts';
import type { RunPlace } from './opened.ts';
import type { Relocation } from './rewrite-paths.ts';
import { findProgram, findTool } from './runtimes.ts';

/** Bytes of a trace that are kept; a command that makes more system calls than that is ended. */
export const LONGEST_TRACE = 64 * 1024 * 1024;

/** A recorder of system calls. */
type Tracer = NonNullable<SandboxResult['tracer']>;

/** What the system-call recorder saw. */
export interface Trace {
  readonly tracer: Tracer;
  readonly events: readonly ObservedEvent[];
  readonly lost: number;
  /** False when the recorder and the sandbox did not get together; the command was not run then. */
  readonly hasBegun: boolean;
}

/** A recorder around one run. */
export interface Tracing {
  /** In front of the outermost program of the sandbox, so that nothing inside can reach the recorder. */
  readonly prefix: readonly string[];
  /**
   * In front of the command, as the sandbox's first process; empty when there is none. With one, the backend leaves its own filter of
   * system calls out: this process installs it, with the recorder's.
   */
  readonly launcher: readonly string[];
  /** What the launcher needs inside. */
  readonly mounts: readonly Mount[];
  isFull(): Promise<boolean>;
  /** What was seen; once the sandbox is gone. */
  read(): Promise<Trace>;
}

/** How often in a row the notify recorder could not be started. */
let failedStarts = 0;
/** So often, and strace is the best there is on this machine; once may be a machine under load. */
const MOST_FAILED_STARTS = 2;

/** Code of the error when a sandbox's first process and its supervisor did not get together. */
const RECORDER_START = 'recorder-start';

/**
 * Runs with the best recorder, and again when that one could not be started, at last with the next best: the command has not begun then.
 * @param run one attempt, from nothing to nothing left
 */
export async function withRecorder<Result>(run: () => Promise<Result>): Promise<Result> {
  for (;;) {
    const mayFail = failedStarts < MOST_FAILED_STARTS;
    try {
      const result = await run();
      if (mayFail) failedStarts = 0;
      return result;
    } catch (error) {
      if (!mayFail || !(error instanceof SbxError) || error.code !== RECORDER_START) throw error;
      failedStarts += 1;
    }
  }
}

/**
 * Says so when a command ended before it began, because it was to be recorded and could not be.
 * @param stderr of the sandbox
 * @throws SbxError of kind `sandbox`, for {@link withRecorder}
 */
export function rejectFailedRecorder(trace: Trace | null, stderr: Uint8Array): void {
  if (trace === null || trace.hasBegun) return;
  const reason = Buffer.from(stderr).toString('utf8').trim().slice(0, 200);
  throw new SbxError(
    'sandbox',
    RECORDER_START,
    `The recorder of system calls could not be started: ${reason}`,
  );
}

/**
 * Prepares to record, or gives null where it is not wanted or this machine has no recorder.
 * Prepared is closed with the run.
 * @param options number of the sandboxed user on the host, and inside; whether the sandbox has to end with the process that started it;
 * where things are that the command was told of by other paths
 */
export async function startTracing(
  command: Pick<
    SandboxCommand,
    'trace' | 'world' | 'recorder' | 'syscalls' | 'limits' | 'environment' | 'imagePython'
  >,
  { folder, opened }: RunPlace,
  options: {
    hostUser?: number;
    insideUser?: number;
    isBound?: boolean;
    relocations?: readonly Relocation[];
  } = {},
): Promise<Tracing | null> {
  if (!command.trace) return null;
  const own = process.getuid?.() ?? 0;
  const {
    hostUser = own === 0 ? INSIDE_USER : own,
    insideUser = INSIDE_USER,
    isBound = true,
    relocations = [],
  } = options;
  const python = await findProgram('python3');
  if (python !== null && canNotify() && failedStarts < MOST_FAILED_STARTS && command.recorder !== 'strace') {
    const notify = await startNotify({
      python,
      pythonInside:
        command.imagePython ??
        ((await realpath(python)).startsWith('/usr/') ? python : '/opt/sbx/python/bin/python3'),
      folder,
      user: hostUser,
      insideUser,
      relocations,
      isBound,
      profile: profileOf(command),
      isIsolated: command.world.network === 'none',
      // Where the recorders inside are told of the target, its own files are no news to anybody.
      showsTarget: command.environment['SBX_TARGET'] === undefined,
    });
    opened.add(notify.stop);
    return {
      mounts: notify.mounts,
      launcher: notify.launcher,
      prefix: [],
      isFull: () => Promise.resolve(false),
      read: async () => ({ tracer: 'notify', ...(await notify.read()) }),
    };
  }
  const strace = await findTool('strace');
  if (strace === null || command.recorder === 'notify') return null;
  const file = join(folder, 'trace');
  return {
    prefix: [strace, ...straceCommand(file).slice(1)],
    launcher: [],
    mounts: [],
    isFull: async () => ((await stat(file).catch(() => null))?.size ?? 0) > LONGEST_TRACE,
    read: async () => ({ tracer: 'strace', hasBegun: true, ...parseStrace(await beginningOf(file)) }),
  };
}

/** The first {@link LONGEST_TRACE} bytes of a file as text. */
export async function beginningOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, LONGEST_TRACE));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
