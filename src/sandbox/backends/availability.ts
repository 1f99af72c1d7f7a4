import type { Availability } from '../backend.ts';

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
