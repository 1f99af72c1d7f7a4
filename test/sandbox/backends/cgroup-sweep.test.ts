import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { plannedCgroup } from '../../../src/sandbox/backends/cgroup.ts';
import { sweepCgroups } from '../../../src/sandbox/backends/cgroup-sweep.ts';
import { ownedName } from '../../../src/sandbox/staging.ts';

const parents = [...new Set(plannedCgroup('x', {}).map((folder) => dirname(folder)))].filter((folder) =>
  existsSync(folder),
);

it.skipIf(parents.length === 0)(
  'removes the control groups of processes that are gone, and no others',
  async () => {
    const own = ownedName();
    const [, namespace, pid, start] = own.split('-');
    const dead = `sbx-${namespace}-${pid}-${Number(start) - 1}-0123456789ab`;
    const elsewhere = `sbx-1-${pid}-${Number(start) - 1}-0123456789ab`;
    for (const parent of parents)
      for (const name of [dead, elsewhere, own]) mkdirSync(join(parent, name), { recursive: true });
    await sweepCgroups();
    for (const parent of parents) {
      const there = [dead, elsewhere, own].map((name) => existsSync(join(parent, name)));
      for (const name of [elsewhere, own]) rmdirSync(join(parent, name));
      expect(there).toEqual([false, true, true]);
    }
  },
);
