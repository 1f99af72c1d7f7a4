import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import { unenforcedCpus } from '../../../src/sandbox/backends/cpus.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { limitsOf } from '../../../src/sandbox/limits.ts';
import { containersOf, eventually } from './leftovers.ts';
import { describeWith } from './requirement.ts';
import { out, sample } from './sample.ts';

const { signal } = new AbortController();
const isVersion2 = existsSync('/sys/fs/cgroup/cgroup.controllers');

/** Whether gVisor is started by docker's daemon; without one runsc runs on its own. */
const isByDocker = ((): boolean => {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
})();

/** Says on how many CPUs it may run, and on how many once it has asked for all. */
const TAKES_MORE = `
import os
before = len(os.sched_getaffinity(0))
try:
    os.sched_setaffinity(0, range(os.cpu_count()))
except OSError:
    pass
print(before, len(os.sched_getaffinity(0)))
`;

/** Burns in three processes and says how many CPUs that came to. */
const BURNS = `
import os, resource, time
began = time.monotonic()
for _ in range(3):
    if os.fork() == 0:
        while time.monotonic() < began + 2: pass
        os._exit(0)
for _ in range(3): os.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print((used.ru_utime + used.ru_stime) / (time.monotonic() - began))
`;

/** The share that the kernel gives to a control group, as `quota period` in microseconds; null when it is not there. */
function shareIn(group: string): string | null {
  try {
    return isVersion2
      ? readFileSync(join(group, 'cpu.max'), 'utf8').trim()
      : ['quota', 'period']
          .map((name) => readFileSync(join(group, `cpu.cfs_${name}_us`), 'utf8').trim())
          .join(' ');
  } catch {
    return null;
  }
}

/** The control groups of runs of this process, as the host sees them. */
function groups(id: BackendId): readonly string[] {
  const root = isVersion2 ? '/sys/fs/cgroup' : '/sys/fs/cgroup/cpu';
  const pathOf = (pid: string): string | undefined =>
    readFileSync(`/proc/${pid}/cgroup`, 'utf8')
      .split('\n')
      .find((line) => (isVersion2 ? line.startsWith('0::') : line.split(':')[1]?.split(',').includes('cpu')))
      ?.split(':')
      .slice(2)
      .join(':');
  if (id === 'docker' || id === 'podman' || (id === 'gvisor' && isByDocker)) {
    const program = id === 'podman' ? 'podman' : 'docker';
    return containersOf(process.pid, program).flatMap((name) => {
      const pid = execFileSync(program, ['inspect', '--format', '{{.State.Pid}}', name], {
        encoding: 'utf8',
      }).trim();
      return pid === '0' ? [] : [join(root, pathOf(pid) ?? '')];
    });
  }
  const parent = isVersion2 ? join(root, 'sbx') : join(root, pathOf('self') ?? '');
  return readdirSync(parent)
    .filter((name) => new RegExp(`^sbx-\\d+-${process.pid}-`).test(name))
    .map((name) => join(parent, name));
}

for (const id of [
  'native',
  'bubblewrap',
  'firejail',
  'landlock',
  'docker',
  'podman',
  'gvisor',
] satisfies BackendId[]) {
  await describeWith(id, `a limit on CPUs in ${id}`, () => {
    // An ordinary user may have no control group to hold a share with.
    it.skipIf(process.getuid?.() !== 0)(
      'is the share that the kernel gives',
      { timeout: 120_000 },
      async () => {
        const backend = await loadBackend(id);
        const abort = new AbortController();
        const running = backend.run(
          sample(['sleep', '60'], { limits: { cpus: 0.5, wallMs: 90_000 } }),
          abort.signal,
        );
        const ended = expect(running).rejects.toMatchObject({ kind: 'interrupted' });
        await eventually(() => groups(id).some((group) => shareIn(group) === '50000 100000'), 60_000);
        const shares = groups(id).map(shareIn);
        abort.abort();
        await ended;
        expect(shares).toEqual(['50000 100000']);
      },
    );

    // Containers are given a share of all CPUs, and gVisor shows its own.
    const choosesCpus = !['docker', 'podman', 'gvisor'].includes(id);
    const itChooses = it.skipIf(availableParallelism() < 2);
    (choosesCpus ? itChooses : () => undefined)('is no wish: no more can be taken', async () => {
      const backend = await loadBackend(id);
      const run = async (cpus?: number): Promise<string> =>
        out(
          await backend.run(
            sample(['python3', '-c', TAKES_MORE], { limits: cpus === undefined ? {} : { cpus } }),
            signal,
          ),
        );
      expect(await run(1)).toBe('1 1\n');
      if (id === 'native') expect(await run()).not.toBe('1 1\n');
    });
  });
}

await describeWith('native', 'a program that wants all CPUs', () => {
  it.skipIf(process.getuid?.() !== 0)('gets its share', { timeout: 60_000 }, async () => {
    const backend = await loadBackend('native');
    const result = await backend.run(sample(['python3', '-c', BURNS], { limits: { cpus: 0.25 } }), signal);
    const share = Number(out(result));
    expect(share).toBeGreaterThan(0);
    // The kernel counts in tenths of a second, of which the first is given at once.
    expect(share).toBeLessThan(0.4);
  });
});

describe('the limit on CPUs of a manifest', () => {
  it('becomes one of the run', () => {
    expect(limitsOf({ schema: 'sbx.manifest/1', resources: { cpus: 1.5 } }).cpus).toBe(1.5);
    expect(limitsOf(null).cpus).toBeUndefined();
  });

  it('is said not to hold where it does not', () => {
    expect(unenforcedCpus({}, 'wasm')).toBeNull();
    expect(unenforcedCpus({ cpus: 1 }, 'wasm')).toContain('not enforced');
    expect(unenforcedCpus({ cpus: 1 }, 'docker')).toBeNull();
  });
});
