import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUARANTEES, type Guarantee } from '../../src/model/observation.ts';
import type { Backend, Limits, SandboxResult } from '../../src/sandbox/backend.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import {
  attackCollected,
  attackEnd,
  ATTACKS,
  attackOutput,
  attackWalls,
} from '../../src/sandbox/proof/attacks.ts';
import { timeToBegin } from '../../src/sandbox/proof/attack.ts';
import { layBait, type Bait } from '../../src/sandbox/proof/bait.ts';
import { CHECKS } from '../../src/sandbox/proof/catalogue.ts';
import { judge, shortfalls, type Check, type CheckOutcome } from '../../src/sandbox/proof/checks.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { remainsOf } from '../../src/sandbox/proof/remains.ts';
import { describeWith } from './backends/requirement.ts';

const NOTHING_DONE: SandboxResult = {
  exit: 0,
  signal: null,
  durationMs: 1,
  stdout: new Uint8Array(),
  stderr: new Uint8Array(),
  outputTruncated: false,
  limitsHit: [],
  events: [],
  tracer: null,
  lost: 0,
  traffic: null,
};

await describeWith('native', 'a proof', () => {
  it('notices files of the host that a sandbox shows', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    // The last lies where no sandbox has a folder of its own to hide it.
    const canary = bait.description.canaries.at(-1);
    const leaky: Backend = {
      ...native,
      run: (command, signal) =>
        native.run({ ...command, mounts: [...command.mounts, { source: canary!, target: canary! }] }, signal),
    };
    const checks = await attackWalls({ backend: leaky, bait, signal: new AbortController().signal });
    await bait.remove();
    const broken = checks.filter(({ outcome }) => outcome === 'broken');
    expect(broken.map(({ name }) => name)).toEqual(expect.arrayContaining(['read', 'names', 'mount table']));
    expect(broken.every(({ guarantee }) => guarantee === 'host-files')).toBe(true);
    expect(judge(native.offers, checks)).toMatchObject({ 'host-files': 'unproven', network: 'proven' });
  });

  it('notices a sandbox that shows a socket of the host', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    const [socket] = bait.description.unixSockets;
    const leaky: Backend = {
      ...native,
      run: (command, signal) =>
        native.run({ ...command, mounts: [...command.mounts, { source: socket!, target: socket! }] }, signal),
    };
    const checks = await attackWalls({ backend: leaky, bait, signal: new AbortController().signal });
    await bait.remove();
    const broken = checks.filter(({ outcome }) => outcome === 'broken');
    expect(broken.map(({ guarantee, name }) => `${guarantee}: ${name}`)).toEqual(
      expect.arrayContaining(['unix-sockets: by path', 'unix-sockets: seen by a listener outside']),
    );
  });

  it('notices a backend without limits of its own', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    const boundless: Backend = {
      ...native,
      run: (command, signal) =>
        native.run({ ...command, limits: { ...command.limits, outputBytes: 2 ** 30, wallMs: 1500 } }, signal),
    };
    const checks = await attackOutput({ backend: boundless, bait, signal: new AbortController().signal });
    await bait.remove();
    expect(checks).toMatchObject([
      { guarantee: 'output', outcome: 'broken' },
      { guarantee: 'output', outcome: 'broken' },
    ]);
  });
});

await describeWith('native', 'a proof of what is collected', () => {
  let bait: Bait;
  beforeAll(async () => {
    bait = await layBait();
  });
  afterAll(() => bait.remove());

  /** The attack's outcomes, with a collecting program that was changed. */
  async function attacked(
    change: (program: string) => string,
    limits: Partial<Limits> = {},
  ): Promise<Readonly<Record<string, string>>> {
    const native = await loadBackend('native');
    const guestFolder = temporaryFolder();
    chmodSync(guestFolder, 0o755);
    cpSync(bait.guestFolder, guestFolder, { recursive: true });
    const path = join(guestFolder, 'collect.py');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, change(before));
    const checks = await attackCollected({
      backend: {
        ...native,
        run: (command, signal) =>
          native.run({ ...command, limits: { ...command.limits, ...limits } }, signal),
      },
      bait: { ...bait, guestFolder },
      signal: new AbortController().signal,
    });
    return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
  }

  const [LINKS, PIPES, FILLED] = [
    'links in what is collected',
    'pipes in what is collected',
    'a filled folder that is collected',
  ] as const;

  it('holds with the program as it is', async () => {
    expect(await attacked((program) => program)).toEqual({
      [LINKS]: 'held',
      [PIPES]: 'held',
      [FILLED]: 'held',
    });
  });

  it('notices that links are followed', async () => {
    const following = (program: string): string =>
      program
        .replaceAll('os.lstat(', 'os.stat(')
        .replace('os.O_NOFOLLOW | ', '')
        .replace(
          'S_ISDIR(state.st_mode):\n                waiting',
          'S_ISDIR(state.st_mode) and not entry.is_symlink():\n                waiting',
        );
    expect(await attacked(following)).toMatchObject({ [LINKS]: 'broken', [PIPES]: 'held' });
  });

  it('notices that a pipe is waited for', { timeout: 120_000 }, async () => {
    const waiting = (program: string): string =>
      program
        .replace(' | os.O_NONBLOCK', '')
        .replace(
          'if not stat.S_ISREG(state.st_mode):\n            continue',
          'if stat.S_ISLNK(state.st_mode):\n            continue',
        )
        .replace('has_room = files', 'has_room = stat.S_ISFIFO(state.st_mode) or files');
    expect(await attacked(waiting, { wallMs: 5000 })).toMatchObject({ [PIPES]: 'broken' });
  });

  it('notices that it is not said what is left out', async () => {
    const silent = (program: string): string => program.replaceAll('left_out += 1', 'left_out += 0');
    expect(await attacked(silent)).toMatchObject({ [LINKS]: 'held', [FILLED]: 'broken' });
  });
});

describe.skipIf(process.platform !== 'linux')('what is left of runs [needs Linux]', () => {
  /** What a call of the C library comes to. */
  function sharedMemory(call: string): string {
    const program = `import ctypes; l = ctypes.CDLL(None); print(${call})`;
    return execFileSync('python3', ['-c', program], { encoding: 'utf8' }).trim();
  }

  it('has shared memory that outlived its makers among it', async () => {
    const native = await loadBackend('native');
    const before = await remainsOf(native);
    const id = sharedMemory('l.shmget(0, 4096, 0o1600)');
    const after = await remainsOf(native);
    sharedMemory(`l.shmctl(${id}, 0, None)`);
    expect(after.objects.filter((each) => !before.objects.includes(each))).toEqual([`shm 0 ${id}`]);
  });
});

describe('a backend that runs nothing', () => {
  it('proves nothing', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    const mute: Backend = {
      ...native,
      run: () => Promise.resolve(NOTHING_DONE),
    };
    const attack = { backend: mute, bait, signal: new AbortController().signal };
    expect(await attackWalls(attack)).toEqual([]);
    expect(await attackEnd(attack)).toEqual([]);
    expect(await attackCollected(attack)).toEqual([]);
    await bait.remove();
  });

  it('is given as much more time as its machine takes to begin', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    const given: Limits[] = [];
    const slow: Backend = {
      ...native,
      run: ({ limits }) => {
        given.push(limits);
        return Promise.resolve({ ...NOTHING_DONE, durationMs: 3000 });
      },
    };
    const signal = new AbortController().signal;
    const startMs = await timeToBegin({ backend: slow, bait, signal });
    expect(startMs).toBe(3000);
    for (const time of [0, startMs]) {
      given.length = 0;
      for (const attack of ATTACKS) await attack({ backend: slow, bait, signal, startMs: time });
      // A run that ends at its wall limit, and one that ends over its time of a CPU.
      expect(Math.min(...given.map(({ wallMs }) => wallMs))).toBe(2500 + 2 * time);
      expect(Math.min(...given.map(({ cpuSeconds }) => cpuSeconds))).toBe(1 + (2 * time) / 1000);
    }
    await bait.remove();
  });

  it('is not proven by a probe that could not be started, nor by one that answers garbage', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    const signal = new AbortController().signal;
    const saying = (stdout: string, exit: number): Backend => ({
      ...native,
      run: () => Promise.resolve({ ...NOTHING_DONE, exit, stdout: Buffer.from(stdout) }),
    });
    for (const backend of [
      saying('', 127),
      saying('begun\n', 1),
      saying('begun\nnot JSON', 0),
      saying('begun\n{"network: UDP": true, "network: TCP over IPv4": "fine", "made up: check": "held"}', 0),
    ]) {
      const checks: Check[] = [];
      for (const attack of ATTACKS) checks.push(...(await attack({ backend, bait, signal })));
      expect(Object.values(judge(native.offers, checks))).not.toContain('proven');
    }
    await bait.remove();
  });
});

describe('the outcome of a proof', () => {
  const answers = (
    guarantee: Guarantee,
    outcome: CheckOutcome,
    except?: [string, CheckOutcome | null],
  ): Check[] =>
    CHECKS[guarantee].flatMap((name) => {
      const own = except?.[0] === name ? except[1] : outcome;
      return own === null ? [] : [{ guarantee, name, outcome: own, note: '' }];
    });
  const offers = Object.fromEntries(GUARANTEES.map((name) => [name, 'unproven'])) as Backend['offers'];

  it('is proven only when everything was tried and held', () => {
    expect(judge(offers, answers('disk', 'held')).disk).toBe('proven');
    expect(judge(offers, answers('disk', 'held', ['bytes', 'moot'])).disk).toBe('proven');
    for (const outcome of ['broken', 'untried', null] as const)
      expect(judge(offers, answers('disk', 'held', ['bytes', outcome])).disk).toBe('unproven');
    expect(judge(offers, answers('disk', 'moot')).disk).toBe('unproven');
    expect(judge({ ...offers, disk: 'absent' }, answers('disk', 'held')).disk).toBe('absent');
  });

  it('names what broke and what could not be tried', () => {
    const checks = [
      ...GUARANTEES.flatMap((name) => answers(name, 'held', ['bytes', null])),
      { guarantee: 'disk', name: 'one large file', outcome: 'broken', note: '9 bytes' } as const,
    ];
    expect(shortfalls(offers, checks)).toEqual([
      'could not be tried: disk: bytes',
      'did not hold: disk: one large file (9 bytes)',
    ]);
  });
});
