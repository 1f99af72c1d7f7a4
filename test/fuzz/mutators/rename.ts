import type { Mutator } from './mutator.ts';

const NAMES: readonly string[] = [
  'setup.py',
  'SKILL.md',
  'package.json',
  'pyproject.toml',
  'Makefile',
  'Dockerfile',
  'x.ipynb',
  'x.pkl',
  'x.pyc',
  'x.ts',
  'x.jsx',
  'x.sh',
  '.bashrc',
  'x.yaml',
  'x.whl',
  'x.zip',
  'x.tar.gz',
  'no extension',
  '.hidden',
  '-rf',
  'x\n::error::y.py',
  'x\u202eyp.exe',
  '__proto__',
  'constructor.py',
  '%2e%2e%2f.py',
  'a'.repeat(200),
  '*.py',
  'x.PY',
];

const FOLDERS: readonly string[] = [
  '',
  'node_modules/x/',
  '.git/hooks/',
  'dist/',
  'tests/',
  '__proto__/',
  'a/b/c/d/',
];

/** The same bytes under another name, in another folder. */
export const rename: Mutator = (file, random) => ({
  path: `${random.pick(FOLDERS)}${random.pick(NAMES)}`,
  bytes: file.bytes,
});
