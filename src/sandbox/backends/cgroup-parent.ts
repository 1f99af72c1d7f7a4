import { accessSync, constants, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Controllers that a run's group needs. */
const NEEDED = ['memory', 'pids'];

/**
 * The folder of version 2 of control groups below which this process may make groups and put its children: the nearest group above
 * its own that it may write to and that hands memory and processes on. For an ordinary user this is what a system manager delegated
 * (`user@1000.service`). A group with members of its own hands nothing on, so a process's own group is none.
 * @param root where the hierarchy is mounted
 * @param own the text of `/proc/self/cgroup`
 * @returns null where nothing is delegated
 */
export function delegatedFolder(root: string, own: string): string | null {
  const path = own
    .split('\n')
    .find((line) => line.startsWith('0::'))
    ?.slice('0::'.length);
  if (path === undefined || !path.startsWith('/') || path.split('/').includes('..')) return null;
  for (let folder = dirname(join(root, path)); folder.startsWith(`${root}/`); folder = dirname(folder)) {
    // A process moves only where both the group and the nearest one above both ends can be written to.
    if (!canWrite(folder) || !canWrite(join(folder, 'cgroup.procs'))) return null;
    const handedOn = read(join(folder, 'cgroup.subtree_control')).split(/\s+/);
    if (NEEDED.every((controller) => handedOn.includes(controller))) return folder;
  }
  return null;
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
