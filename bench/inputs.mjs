import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where inputs and rivals are kept: outside the checkout. */
export const CACHE = join(
  process.env.SBX_BENCH_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sbx-bench'),
);

/** Wheels whose Python files are scanned; fetched as files, never installed, nothing of them run. */
const WHEELS = {
  gymnasium: ['gymnasium==1.4.0'],
  large: ['gymnasium==1.4.0', 'numpy==2.4.6', 'django==5.2.19', 'sqlalchemy==2.1.9'],
};

/** Everything below a folder. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** How many files a tree has, and bytes. */
export function sizeOf(tree) {
  const files = filesBelow(tree);
  return { files: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) };
}

/**
 * A tree of Python files, fetched once.
 * @param {keyof typeof WHEELS} name
 * @returns {string} its folder
 * @throws when the wheels cannot be fetched
 */
export function pythonTree(name) {
  const tree = join(CACHE, name);
  if (existsSync(tree)) return tree;
  const aside = `${tree}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    const fetch = [
      '-m',
      'pip',
      'download',
      '-q',
      '--no-deps',
      '--only-binary',
      ':all:',
      '-d',
      `${aside}/wheels`,
    ];
    execFileSync('python3', [...fetch, ...WHEELS[name]], {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: CACHE,
    });
    for (const wheel of readdirSync(`${aside}/wheels`)) {
      execFileSync('python3', ['-m', 'zipfile', '-e', `${aside}/wheels/${wheel}`, `${aside}/tree`]);
    }
    for (const file of filesBelow(`${aside}/tree`)) if (!file.endsWith('.py')) rmSync(file);
    renameSync(`${aside}/tree`, tree);
    return tree;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
