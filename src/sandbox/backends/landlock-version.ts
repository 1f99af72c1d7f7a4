import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './runtimes.ts';

const execute = promisify(execFile);

/** The first version that keeps files from being cut off (Linux 6.2): an older one is no wall around them. */
export const OLDEST_LANDLOCK = 3;
/** The first version that keeps signals and abstract socket names inside (Linux 6.12). */
export const SIGNALS_STAY_INSIDE = 6;

/** Asks for the version: `landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION)`. */
const QUESTION = 'import ctypes; print(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1))';
const ANSWER_MS = 10_000;

let known: Promise<number | null> | null = null;

/** The version of Landlock's interface that this kernel speaks; null when it has none, or python3 is not here to ask. */
export function landlockVersion(): Promise<number | null> {
  known ??= ask();
  return known;
}

async function ask(): Promise<number | null> {
  const python = await findProgram('python3');
  if (python === null) return null;
  try {
    const { stdout } = await execute(python, ['-I', '-S', '-c', QUESTION], { timeout: ANSWER_MS });
    return readLandlockVersion(stdout);
  } catch {
    return null;
  }
}

/** Reads the kernel's answer: a number above 0, or −1 where Landlock is not built in or not turned on. */
export function readLandlockVersion(answer: string): number | null {
  const version = Number(answer.trim());
  return Number.isInteger(version) && version > 0 ? version : null;
}
