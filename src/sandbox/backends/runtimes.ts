import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Mount } from '../backend.ts';

const run = promisify(execFile);

/** Interpreters of the host that live outside `/usr`, and where they are shown inside. */
export interface Runtimes {
  readonly mounts: readonly Mount[];
  /** Folders to put in front of PATH inside. */
  readonly path: readonly string[];
}

/** The first executable of that name in the usual system folders, then on PATH; absolute, or null. */
export async function findProgram(name: string): Promise<string | null> {
  const folders = [
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  for (const folder of folders.filter((each) => each.startsWith('/'))) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

/**
 * The first executable of that name, PATH first: for tools that a user may have put there in a newer version.
 * @returns absolute path, or null
 */
export async function findTool(name: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((each) => each.startsWith('/'))) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return findProgram(name);
}

let found: Promise<Runtimes> | null = null;

/** Finds them once per process. Nothing of a target is involved: these are the host's own interpreters. */
export function findRuntimes(): Promise<Runtimes> {
  found ??= search();
  return found;
}

async function search(): Promise<Runtimes> {
  const mounts: Mount[] = [];
  const path: string[] = [];
  const node = await realpath(process.execPath);
  if (!node.startsWith('/usr/')) {
    mounts.push({ source: node, target: '/opt/sbx/node/bin/node' });
    path.push('/opt/sbx/node/bin');
  }
  const python = await findProgram('python3');
  if (python !== null && !(await realpath(python)).startsWith('/usr/')) {
    const prefix = await pythonPrefix(python);
    if (prefix !== null) {
      mounts.push({ source: prefix, target: '/opt/sbx/python' });
      path.push('/opt/sbx/python/bin');
    }
  }
  return { mounts, path };
}

/** The folder an interpreter is installed in; also sees through the wrappers of version managers. */
async function pythonPrefix(python: string): Promise<string | null> {
  try {
    const script = 'import sys; print(sys.base_prefix)';
    const { stdout } = await run(python, ['-I', '-c', script], { timeout: 10_000 });
    return await realpath(stdout.trim());
  } catch {
    return null;
  }
}
