import type { SandboxCommand, SandboxResult } from '../../../src/sandbox/backend.ts';
import { OFFLINE_WORLD } from '../../../src/sandbox/world.ts';
import { DEFAULT_LIMITS } from '../../../src/sandbox/limits.ts';

/** A command with nothing but defaults, and what a test changes of it. */
export function sample(
  command: readonly string[],
  changes: Partial<Omit<SandboxCommand, 'limits'>> & { limits?: Partial<SandboxCommand['limits']> } = {},
): SandboxCommand {
  return {
    workingDirectory: '/tmp',
    environment: {},
    mounts: [],
    copies: [],
    world: OFFLINE_WORLD,
    stdin: null,
    image: null,
    trace: false,
    ...changes,
    command,
    limits: { ...DEFAULT_LIMITS, wallMs: 30_000, ...changes.limits },
  };
}

/** Standard output as text. */
export function out(result: SandboxResult): string {
  return Buffer.from(result.stdout).toString('utf8');
}

/** Standard error as text. */
export function err(result: SandboxResult): string {
  return Buffer.from(result.stderr).toString('utf8');
}
