import type { Manifest } from '../model/manifest.ts';
import type { Limits } from './backend.ts';

const MIB = 1024 * 1024;

/** What a run may use when neither policy nor command line says otherwise: enough for numpy and a thousand steps, not more. */
export const DEFAULT_LIMITS: Limits = {
  memoryBytes: 512 * MIB,
  processes: 64,
  cpuSeconds: 60,
  fileBytes: 64 * MIB,
  temporaryBytes: 64 * MIB,
  // What systems give by default; Node opens the modules of a program all at once.
  openFiles: 1024,
  wallMs: 60_000,
  outputBytes: 1 * MIB,
};

/** The operator's manifest bounds what a run may use; the defaults bound it otherwise. */
export function limitsOf(manifest: Manifest | null): Limits {
  const { cpus, memoryMb, pids, diskMb, wallSeconds } = manifest?.resources ?? {};
  const disk = diskMb === undefined ? {} : { fileBytes: diskMb * MIB, temporaryBytes: diskMb * MIB };
  return {
    ...DEFAULT_LIMITS,
    ...disk,
    ...(cpus === undefined ? {} : { cpus }),
    ...(memoryMb === undefined ? {} : { memoryBytes: memoryMb * MIB }),
    ...(pids === undefined ? {} : { processes: pids }),
    ...(wallSeconds === undefined ? {} : { wallMs: wallSeconds * 1000 }),
  };
}

/** Times {@link Limits.outputBytes} that a stream may carry before the run is ended rather than just no longer kept. */
export const OUTPUT_TOLERANCE = 4;

/** Steps that each environment class is asked to make. */
export const STEPS = 1_000;
/** Steps of each further id of a class that made them. */
export const BRIEF_STEPS = 50;
/** Steps of a class in a further world. */
export const SHORT_STEPS = 120;
