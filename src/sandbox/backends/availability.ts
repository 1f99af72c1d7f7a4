import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../errors.ts';
import type { Availability, Backend } from '../backend.ts';
import { OFFLINE_WORLD } from '../world.ts';
import { DEFAULT_LIMITS } from '../limits.ts';

const execute = promisify(execFile);

/** How long a program may take to say its version, in milliseconds. */
const VERSION_MS = 2000;
/** How long the smallest run may take, in milliseconds. */
const SMALLEST_RUN_MS = 10_000;

/** Not available, why, and what to do about it. */
export function unavailable(reason: string, help: string): Availability {
  return { available: false, version: null, reason: `${reason}: ${help}` };
}

/** An answer for systems that have no Linux kernel, null on Linux. */
export function onlyOnLinux(): Availability | null {
  if (process.platform === 'linux') return null;
  return unavailable('needs Linux', 'use the docker backend on this system');
}

const answers = new Map<string, Promise<Availability>>();

/** Asks once per process: programs are not installed while a command runs. */
export function probeOnce(id: string, probe: () => Promise<Availability>): Promise<Availability> {
  const known = answers.get(id);
  if (known !== undefined) return known;
  const answer = probe();
  answers.set(id, answer);
  return answer;
}

/** The first version number that a program prints, or null when it prints none or does not answer in time. */
export async function versionOf(
  program: string,
  options: readonly string[] = ['--version'],
  timeout = VERSION_MS,
): Promise<string | null> {
  try {
    const { stdout, stderr } = await execute(program, options, { timeout, killSignal: 'SIGKILL' });
    return /\d+(?:\.\d+)+[^\s,]*/.exec(`${stdout}\n${stderr}`)?.[0] ?? null;
  } catch {
    return null;
  }
}

/** Available is what really runs a program: an installed backend may be forbidden by the kernel's settings. */
export async function probeByRunning(
  backend: Backend,
  asked: string | null | Promise<string | null>,
): Promise<Availability> {
  try {
    const { exit } = await backend.run(
      {
        command: ['true'],
        workingDirectory: '/tmp',
        environment: {},
        mounts: [],
        copies: [],
        limits: { ...DEFAULT_LIMITS, wallMs: SMALLEST_RUN_MS },
        world: OFFLINE_WORLD,
        stdin: null,
        image: null,
        trace: false,
      },
      new AbortController().signal,
    );
    const version = await asked;
    if (exit === 0) return { available: true, version, reason: '' };
    return {
      available: false,
      version,
      reason: `it is installed, and \`true\` ended with ${exit ?? 'a limit'} in it`,
    };
  } catch (error) {
    return { available: false, version: await asked, reason: messageOf(error) };
  }
}
