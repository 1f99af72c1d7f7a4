import { binaries } from './binaries.ts';
import type { HostileInput } from './input.ts';
import { programs } from './programs.ts';
import { repetitions } from './repetitions.ts';

/** Every hostile text there is. */
export const hostileInputs: readonly HostileInput[] = [...programs, ...binaries, ...repetitions];
