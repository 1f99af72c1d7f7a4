import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObservedEvent } from '../../model/observation.ts';
import { parseStrace, straceCommand } from '../recorder/strace.ts';
import { findTool } from './runtimes.ts';

/** Bytes of a trace that are kept; a command that makes more system calls than that is ended. */
const LONGEST_TRACE = 64 * 1024 * 1024;

/** What the system-call recorder saw. */
export interface Trace {
  readonly events: readonly ObservedEvent[];
  readonly lost: number;
}

/** A recorder around one run. */
export interface Tracing {
  /** In front of the outermost program of the sandbox, so that nothing inside can reach the recorder. */
  readonly prefix: readonly string[];
  isFull(): Promise<boolean>;
  read(): Promise<Trace>;
}

/**
 * Prepares to record, or gives null where it is not wanted or strace is not here.
 * @param folder the run's private folder, which the sandbox does not show
 */
export async function startTracing(isWanted: boolean, folder: string): Promise<Tracing | null> {
  if (!isWanted) return null;
  const strace = await findTool('strace');
  if (strace === null) return null;
  const file = join(folder, 'trace');
  return {
    prefix: [strace, ...straceCommand(file).slice(1)],
    isFull: async () => ((await stat(file).catch(() => null))?.size ?? 0) > LONGEST_TRACE,
    read: async () => parseStrace(await beginningOf(file)),
  };
}

/** The first {@link LONGEST_TRACE} bytes of a file as text. */
async function beginningOf(path: string): Promise<string> {
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
