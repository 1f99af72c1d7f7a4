import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { SandboxCommand } from '../../../src/sandbox/backend.ts';
import { supervise } from '../../../src/sandbox/backends/supervise.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { DEFAULT_LIMITS } from '../../../src/sandbox/limits.ts';
import { USUAL_WORLD } from '../../../src/sandbox/world.ts';
import { containersOf, eventually, foldersOf, processesWith } from '../backends/leftovers.ts';
import { describeWith } from '../backends/requirement.ts';
import { sample } from '../backends/sample.ts';

const { signal } = new AbortController();

/** By when processes that were told to end are gone. */
const GONE_MS = 20_000;

/**
 * A way to see how a command is read, property by property, and to fail at one of the reads.
 * @param fatal index of that read; absent: none
 */
function observed(fatal?: number): { seen: string[]; of: <Value extends object>(value: Value) => Value } {
  const seen: string[] = [];
  const wrap = <Value extends object>(value: Value, path: string): Value =>
    new Proxy(value, {
      get: (target, name, receiver): unknown => {
        const found: unknown = Reflect.get(target, name, receiver);
        if (typeof name === 'symbol' || typeof found === 'function') return found;
        const own = `${path}.${name}`;
        if (seen.push(own) - 1 === fatal) throw new Error(`made to fail at ${own}`);
        return typeof found === 'object' && found !== null ? wrap(found, own) : found;
      },
    });
  return { seen, of: (value) => wrap(value, 'command') };
}

/** What this process has open that a run may have left: processes below it, listening sockets in the folders of its runs. */
function leftOpen(): string[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const programs = children.flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return /supervisor\.py|sinkhole\.py|docker|podman|sbx-gate|sbx-guardian/.test(line) ? [line] : [];
    } catch {
      return [];
    }
  });
  const sockets = readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    .filter((line) => new RegExp(`/sbx-\\d+-${process.pid}-\\d+-`).test(line));
  return [...programs, ...sockets];
}

const command = (): SandboxCommand =>
  sample(['true'], {
    world: USUAL_WORLD,
    allowedHosts: ['api.example'],
    proxyForTests: { resolve: () => Promise.resolve([]) },
    trace: true,
    mounts: [{ source: '/usr/share', target: '/target' }],
  });

/** Where it fails, as the nth read of a property: with the sinkhole open, as the sandbox is described, as it begins. */
const SPOTS = [
  ['command.world.network', 2],
  ['command.limits.openFiles', 1],
  ['command.limits.wallMs', 1],
] as const;

for (const id of ['native', 'bubblewrap', 'docker'] satisfies readonly BackendId[]) {
  await describeWith(id, `a step that fails in ${id}`, () => {
    it('leaves no process, socket, folder or container', { timeout: 200_000 }, async () => {
      const backend = await loadBackend(id);
      const { seen, of } = observed();
      expect(await backend.run(of(command()), signal)).toMatchObject({ exit: 0 });
      // After a container has begun, nobody may ask for it any more for three seconds.
      for (const [spot, nth] of id === 'docker' ? SPOTS.slice(0, 2) : SPOTS) {
        const reads = seen.flatMap((name, index) => (name === spot ? [index] : []));
        expect(reads.length).toBeGreaterThanOrEqual(nth);
        const running = backend.run(observed(reads[nth - 1]).of(command()), signal);
        await expect(running).rejects.toThrow(`made to fail at ${spot}`);
        await eventually(() => leftOpen().length === 0, GONE_MS);
        expect([spot, ...leftOpen(), ...foldersOf(process.pid)]).toEqual([spot]);
        if (id === 'docker') expect(containersOf(process.pid)).toEqual([]);
      }
    });
  });
}

describe('a look at the limits that fails', () => {
  it('ends what it was to bound, with an error', { timeout: 60_000 }, async () => {
    const seconds = `${randomInt(800_000, 899_999)}`;
    const running = supervise({
      command: '/bin/sleep',
      arguments: [seconds],
      environment: {},
      stdin: null,
      descriptors: [],
      limits: { ...DEFAULT_LIMITS, wallMs: 50_000 },
      signal,
      onStart: () => undefined,
      watch: () => Promise.reject(new Error('too many open files')),
    });
    await expect(running).rejects.toMatchObject({ kind: 'sandbox', code: 'watch-failed' });
    expect(processesWith(`sleep ${seconds}`)).toEqual([]);
  });
});
