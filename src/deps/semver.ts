import { createRequire } from 'node:module';
import type * as Semver from 'semver';

let loaded: typeof Semver | null = null;

/** The library for npm's versions, loaded with the first that is more than numbers: many targets have nothing of npm. */
export function semver(): typeof Semver {
  loaded ??= createRequire(import.meta.url)('semver') as typeof Semver;
  return loaded;
}
