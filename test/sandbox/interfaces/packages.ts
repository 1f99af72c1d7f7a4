import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeTree } from '../../support/temporary.ts';

/** Interfaces that an environment may have, beside that of Gymnasium. */
export type Interface = 'turns' | 'at-once' | 'copies' | 'old';

const IMPORTS: Readonly<Record<Interface, string>> = {
  turns: 'from pettingzoo import AECEnv\nfrom .turns import Turns',
  'at-once': 'from pettingzoo import ParallelEnv\nfrom .at_once import AtOnce',
  copies: 'from gymnasium.vector import VectorEnv\nfrom .copies import Copies',
  old: 'from gym.envs.registration import register\nfrom .old_style import Env, OldStyle',
};
const BASES: Readonly<Record<Interface, string>> = {
  turns: 'Turns, AECEnv',
  'at-once': 'AtOnce, ParallelEnv',
  copies: 'Copies, VectorEnv',
  old: 'OldStyle, Env',
};
const DEPENDENCIES: Readonly<Record<Interface, readonly string[]>> = {
  turns: ['pettingzoo==1.27.0', 'gymnasium==1.4.0', 'numpy==2.4.6'],
  'at-once': ['pettingzoo==1.27.0', 'gymnasium==1.4.0', 'numpy==2.4.6'],
  copies: ['gymnasium==1.4.0', 'numpy==2.4.6'],
  old: ['gymnasium==1.4.0', 'numpy==2.4.6'],
};

/** A package with one environment of this interface for each kind of conduct (see `park/conduct.py`); written to the folder. */
export function parkOf(face: Interface, kinds: readonly string[], folder: string): void {
  const named = kinds.map((kind) => `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`);
  const classes = named.map((name, at) => `class ${name}(${BASES[face]}):\n    kind = "${kinds[at]!}"\n`);
  const registered =
    face === 'old' ? named.map((name) => `register(id="${name}-v0", entry_point="park:${name}")`) : [];
  writeTree(
    {
      'pyproject.toml': [
        '[project]\nname = "park"\nversion = "1.0.0"\ndescription = "A walk, for agents"\nrequires-python = ">=3.11"',
        `dependencies = ${JSON.stringify(DEPENDENCIES[face])}`,
      ].join('\n'),
      'park/__init__.py': [IMPORTS[face], ...classes, ...registered].join('\n\n'),
    },
    folder,
  );
  const copy = (name: string): void => {
    cpSync(fileURLToPath(new URL(name, import.meta.url)), `${folder}/${name}`, { recursive: true });
  };
  const modules = { turns: 'turns', 'at-once': 'at_once', copies: 'copies', old: 'old_style' };
  copy('park/conduct.py');
  copy(`park/${modules[face]}.py`);
  if (face === 'old') copy('gym');
}
