import { spawn, type ChildProcess } from 'node:child_process';
import { messageOf, SbxError } from '../../errors.ts';
import type { Guarantee } from '../../model/observation.ts';
import type { Limits } from '../backend.ts';
import { OUTPUT_TOLERANCE } from '../limits.ts';

/** How often limits are looked at that no kernel mechanism enforces, in milliseconds. */
const WATCH_MS = 100;
/** How long to wait for pipes to close after the process is gone, in milliseconds. */
const DRAIN_MS = 1000;

/** A process to start on the host: the outermost program of a sandbox. */
export interface Supervised {
  readonly command: string;
  readonly arguments: readonly string[];
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array | null;
  /**
   * What the descriptors from 3 on carry: a number is an open descriptor of ours, bytes are written to a pipe, `collect` is a pipe
   * whose content comes back in {@link Ending.collected}.
   */
  readonly descriptors: readonly (number | Uint8Array | 'collect')[];
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Told the process group as soon as there is one. */
  readonly onStart: (group: number) => void;
  /** Ends what killing the process group does not reach (a container). */
  readonly onKill?: () => Promise<void>;
  /** Asked every {@link WATCH_MS} about the process group; a guarantee ends the run. */
  readonly watch?: (group: number) => Promise<Guarantee | null>;
}

export interface Ending {
  /** As reported for the process on the host; null when it died of a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly outputTruncated: boolean;
  /** Why we ended it; null when it ended by itself. */
  readonly ended: Guarantee | 'interrupted' | null;
  readonly collected: Uint8Array;
}

/** Keeps the first bytes of a stream and counts the rest. */
class BoundedSink {
  readonly #chunks: Buffer[] = [];
  readonly #limit: number;
  #kept = 0;
  seen = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  take(chunk: Buffer): void {
    this.seen += chunk.length;
    const room = this.#limit - this.#kept;
    if (room <= 0) return;
    const part = chunk.length <= room ? chunk : chunk.subarray(0, room);
    this.#chunks.push(part);
    this.#kept += part.length;
  }

  get isTruncated(): boolean {
    return this.seen > this.#kept;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}

/**
 * Starts it behind a gate: a shell that becomes the process only when it is told to. Whoever has to end the process should sbx be killed
 * is told of it first; without that word, sbx being gone, the shell ends.
 */
function start(options: Supervised): { child: ChildProcess; open: () => void } {
  const gate = 3 + options.descriptors.length;
  const script = `read -r word <&${gate} || exit 1; exec ${gate}<&-; exec "$@"`;
  const command = ['-c', script, 'sbx-gate', options.command, ...options.arguments];
  const child = spawn('/bin/sh', command, {
    env: { ...options.environment },
    cwd: '/',
    // A process group of its own, to be killed as one; and no terminal to type into.
    detached: true,
    stdio: [
      'pipe',
      'pipe',
      'pipe',
      ...options.descriptors.map((each) => (typeof each === 'number' ? each : ('pipe' as const))),
      'pipe',
    ],
  });
  return {
    child,
    open: () => {
      feed(child.stdio[gate] as NodeJS.WritableStream, Buffer.from('go\n'));
    },
  };
}

/**
 * Runs a process to its end, the wall-time limit, an output flood, a watched limit or the signal, whichever comes first, and returns
 * when it and its output are gone.
 * @throws SbxError of kind `sandbox` when it cannot be started, or could not be watched to its end
 */
export async function supervise(options: Supervised): Promise<Ending> {
  const { limits, signal } = options;
  const began = performance.now();
  const stdout = new BoundedSink(limits.outputBytes);
  const stderr = new BoundedSink(limits.outputBytes);
  const collected = new BoundedSink(64 * 1024);
  const { child, open } = start(options);
  let ended: Ending['ended'] = null;
  let failure: unknown = null;
  let killing: Promise<void> = Promise.resolve();

  const end = (reason: NonNullable<Ending['ended']>): void => {
    if (ended !== null) return;
    ended = reason;
    killing = (async () => {
      try {
        await options.onKill?.();
      } catch (error) {
        failure ??= error;
      }
      killGroup(child.pid);
    })();
  };
  const read = (stream: NodeJS.ReadableStream | null | undefined, sink: BoundedSink): void => {
    stream?.on('data', (chunk: Buffer) => {
      sink.take(chunk);
      if (sink !== collected && sink.seen > limits.outputBytes * OUTPUT_TOLERANCE) end('output');
    });
    stream?.on('error', () => undefined);
  };
  read(child.stdout, stdout);
  read(child.stderr, stderr);
  options.descriptors.forEach((each, index) => {
    const stream = child.stdio[index + 3];
    if (each === 'collect') read(stream as NodeJS.ReadableStream, collected);
    else if (typeof each !== 'number') feed(stream as NodeJS.WritableStream, each);
  });
  feed(child.stdin, options.stdin ?? new Uint8Array());
  if (child.pid !== undefined) options.onStart(child.pid);
  open();

  const wall = setTimeout(() => {
    end('wall-time');
  }, limits.wallMs);
  let isWatching = false;
  const watcher = setInterval(() => {
    // A look may take longer than the time between two.
    if (options.watch === undefined || child.pid === undefined || isWatching) return;
    isWatching = true;
    void options
      .watch(child.pid)
      .then((limit) => {
        if (limit !== null) end(limit);
      })
      .catch((error: unknown) => {
        // A limit that nobody looks at any more is none.
        failure ??= error;
        end('interrupted');
      })
      .finally(() => {
        isWatching = false;
      });
  }, WATCH_MS);
  const onAbort = (): void => {
    end('interrupted');
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const { code, signal: deathSignal } = await exitOf(child);
    await killing;
    if (failure !== null) throw unwatched(failure);
    return {
      code,
      signal: deathSignal,
      durationMs: Math.round(performance.now() - began),
      stdout: stdout.bytes(),
      stderr: stderr.bytes(),
      outputTruncated: stdout.isTruncated || stderr.isTruncated,
      ended,
      collected: collected.bytes(),
    };
  } finally {
    clearTimeout(wall);
    clearInterval(watcher);
    signal.removeEventListener('abort', onAbort);
  }
}

function unwatched(cause: unknown): SbxError {
  return new SbxError('sandbox', 'watch-failed', `The sandbox could not be watched: ${messageOf(cause)}`, {
    cause,
  });
}

/** Kills every process of a group at once; one that is gone already is no error. */
function killGroup(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody left.
  }
}

function feed(stream: NodeJS.WritableStream | null, bytes: Uint8Array): void {
  // The reader may be gone before it has read all: that is its own affair.
  stream?.on('error', () => undefined);
  stream?.end(bytes);
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    let drain: NodeJS.Timeout | undefined;
    child.once('error', (cause) => {
      reject(
        new SbxError('sandbox', 'backend-start', `Cannot start ${child.spawnfile}: ${messageOf(cause)}`, {
          cause,
        }),
      );
    });
    child.once('exit', () => {
      // Something that left the group may hold our pipes open; it must not hold us.
      drain = setTimeout(() => {
        killGroup(child.pid);
        for (const stream of child.stdio) stream?.destroy();
      }, DRAIN_MS);
    });
    child.once('close', (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(drain);
      resolve({ code, signal });
    });
  });
}
