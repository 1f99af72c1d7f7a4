import { bunLockFormat } from './bun-lock.ts';
import { condaEnvironmentFormat } from './conda-environment.ts';
import type { InventoryFormat } from './declaration.ts';
import { mentionedFormat } from './mentioned.ts';
import { eggRequiresFormat } from './egg-requires.ts';
import { hatchTomlFormat } from './hatch-toml.ts';
import { metadataFormat } from './metadata.ts';
import { npmLockFormat } from './npm-lock.ts';
import { packageJsonFormat } from './package-json.ts';
import { pipfileFormat, pipfileLockFormat } from './pipenv.ts';
import { pnpmLockFormat } from './pnpm-lock.ts';
import { pnpmWorkspaceFormat } from './pnpm-workspace.ts';
import { pyprojectFormat } from './pyproject.ts';
import { pythonLockFormats } from './python-locks.ts';
import { pythonScriptFormat } from './python-script.ts';
import { requirementsFormat } from './requirements.ts';
import { setupCfgFormat } from './setup-cfg.ts';
import { setupPyFormat } from './setup-py.ts';
import { yarnLockFormat } from './yarn-lock.ts';

/** Every format that is read. A file may be read by several (`setup.py` may carry inline script metadata). */
export const INVENTORY_FORMATS: readonly InventoryFormat[] = [
  requirementsFormat,
  pyprojectFormat,
  hatchTomlFormat,
  setupCfgFormat,
  setupPyFormat,
  pythonScriptFormat,
  pipfileFormat,
  pipfileLockFormat,
  ...pythonLockFormats,
  condaEnvironmentFormat,
  metadataFormat,
  eggRequiresFormat,
  packageJsonFormat,
  pnpmWorkspaceFormat,
  npmLockFormat,
  pnpmLockFormat,
  yarnLockFormat,
  bunLockFormat,
  mentionedFormat,
];

/** Lockfiles that say nothing without the package manager that wrote them, and what to do instead. */
export const UNREADABLE_LOCKS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    'bun.lockb':
      'the binary lockfile of bun cannot be read; `bun install --save-text-lockfile` writes bun.lock',
  }),
);
