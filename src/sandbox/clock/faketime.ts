import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../world.ts';

const FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/local/lib'] as const;
/** The variant for programs with threads. */
const LIBRARY = 'faketime/libfaketimeMT.so.1';

let found: string | null | undefined;

/** The host's libfaketime, which every sandbox made of the host's files shows in the same place; null where it is not installed. */
export function faketimeLibrary(): string | null {
  if (found !== undefined) return found;
  found =
    FOLDERS.flatMap((folder) => [
      join(folder, LIBRARY),
      ...(existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => name.includes('-linux-'))
        .map((name) => join(folder, name, LIBRARY)),
    ]).find((path) => existsSync(path)) ?? null;
  return found;
}

/** True for the files that libfaketime shares between the programs of a run. */
export function isClockFile(path: string): boolean {
  return /^\/dev\/shm\/(?:sem\.)?faketime_/.test(path);
}

/**
 * Variables under which dynamically linked programs see another clock: dates, monotonic time, sleeps and time-outs alike. Static
 * programs, raw system calls and programs that drop `LD_PRELOAD` see the real one.
 * @returns none for the machine's own clock, and where libfaketime is not installed
 */
export function clockVariables(clock: Clock | null): Readonly<Record<string, string>> {
  const library = clock === null ? null : faketimeLibrary();
  if (clock === null || library === null) return {};
  const start =
    clock.startsAtMs === null
      ? '+0'
      : `@${new Date(clock.startsAtMs).toISOString().slice(0, 19).replace('T', ' ')}`;
  return { LD_PRELOAD: library, FAKETIME: `${start} x${clock.speed}`, FAKETIME_NO_CACHE: '1', TZ: 'UTC' };
}
