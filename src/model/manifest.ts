import type { Capability } from './capability.ts';

/**
 * What an author (or an operator) says something does: `sbx.manifest.yaml`, validated by `manifests/manifest.schema.json`.
 * Inside the target it is a claim to be tested; passed by the operator it is a limit to be enforced.
 */
export interface Manifest {
  readonly schema: 'sbx.manifest/1';
  readonly kind?: string;
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly entryPoints?: readonly string[];
  readonly libraries?: readonly string[];
  /** What it may do, by capability; each with patterns for the detail (hosts, paths, commands, variables). `true` allows any. */
  readonly capabilities?: Readonly<Partial<Record<Capability, true | readonly string[]>>>;
  readonly resources?: {
    readonly cpus?: number;
    readonly memoryMb?: number;
    readonly pids?: number;
    readonly diskMb?: number;
    readonly wallSeconds?: number;
  };
  readonly syscalls?: 'strict' | 'default';
  readonly data?: 'none' | 'pii' | 'secrets';
  readonly environment?: {
    readonly ids?: readonly string[];
    readonly actionSpace?: string;
    readonly observationSpace?: string;
    readonly rewardRange?: readonly [number, number];
    readonly maxEpisodeSteps?: number;
  };
  readonly calls?: readonly {
    readonly skill: string;
    readonly message?: Readonly<Record<string, unknown>>;
  }[];
}
