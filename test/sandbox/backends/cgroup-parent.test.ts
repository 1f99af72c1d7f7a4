import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { delegatedFolder } from '../../../src/sandbox/backends/cgroup-parent.ts';
import { createCgroupBelow } from '../../../src/sandbox/backends/cgroup.ts';
import { DEFAULT_LIMITS } from '../../../src/sandbox/limits.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Makes a folder tree that looks like version 2 of control groups, without a kernel behind it. */
function madeUp(groups: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, handedOn] of Object.entries(groups)) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'cgroup.subtree_control'), handedOn);
    writeFileSync(join(root, path, 'cgroup.procs'), '');
  }
  return root;
}

const USER = 'user.slice/user-1000.slice/user@1000.service';

describe('where a made-up tree of control groups lets groups be made', () => {
  it('is the group that was delegated, whatever lies between', () => {
    const root = madeUp({
      [USER]: 'cpu memory pids\n',
      [`${USER}/app.slice`]: '',
      [`${USER}/app.slice/t.scope`]: '',
    });
    expect(delegatedFolder(root, `0::/${USER}/app.slice/t.scope\n`)).toBe(join(root, USER));
  });

  it('is nowhere without the controllers, in the root itself, or for a path that leads out', () => {
    const root = madeUp({ [USER]: 'cpu pids\n', [`${USER}/app.slice`]: '' });
    expect(delegatedFolder(root, `0::/${USER}/app.slice\n`)).toBeNull();
    for (const own of ['0::/\n', '0::/../../x\n', '4:memory:/a\n', ''])
      expect(delegatedFolder(root, own)).toBeNull();
  });

  it('is never beyond a group that cannot be written to', () => {
    const root = madeUp({
      [USER]: 'memory pids\n',
      [`${USER}/session.scope`]: '',
      [`${USER}/session.scope/a`]: '',
    });
    chmodSync(root, 0o755);
    execFileSync('chmod', ['-R', 'a-w', join(root, USER, 'session.scope')]);
    // Root may write everywhere, so the question is asked as an ordinary user would see it.
    const found = delegatedFolder(root, `0::/${USER}/session.scope/a\n`);
    expect(found).toBe(process.getuid?.() === 0 ? join(root, USER) : null);
    execFileSync('chmod', ['-R', 'u+w', join(root, USER, 'session.scope')]);
  });

  it('gets a group with the limits of a run', async () => {
    const root = madeUp({ [USER]: 'memory pids\n' });
    const limits = { ...DEFAULT_LIMITS, memoryBytes: 123_456, processes: 7, cpus: 0.5 };
    const group = await createCgroupBelow(join(root, USER), 'sbx-run', limits);
    const folder = join(root, USER, 'sbx-run');
    expect(group.folders).toEqual([folder]);
    expect(group.entrances).toEqual([join(folder, 'cgroup.procs')]);
    const said = (name: string): string => execFileSync('cat', [join(folder, name)], { encoding: 'utf8' });
    expect([said('memory.max'), said('pids.max'), said('memory.swap.max')]).toEqual(['123456', '7', '0']);
    expect(said('cpu.max')).toBe('50000 100000');
    writeFileSync(join(folder, 'memory.events'), 'low 0\noom 2\noom_kill 3\n');
    writeFileSync(join(folder, 'cpu.stat'), 'usage_usec 2500000\nuser_usec 1\n');
    expect([await group.memoryKills(), await group.cpuSeconds()]).toEqual([3, 2.5]);
  });
});
