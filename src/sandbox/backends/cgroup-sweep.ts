import { readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isOrphan } from '../staging.ts';
import { plannedCgroup } from './cgroup.ts';

/**
 * Removes the control groups of processes that died, and whose guardian did or never began. Never throws: the kernel keeps a group
 * that has members, and what cannot be removed is left.
 */
export async function sweepCgroups(): Promise<void> {
  for (const parent of new Set(plannedCgroup('sweep', { cpus: 1 }).map((folder) => dirname(folder)))) {
    const names = await readdir(parent).catch(() => []);
    for (const name of names.filter(isOrphan)) await rmdir(join(parent, name)).catch(() => undefined);
  }
}
