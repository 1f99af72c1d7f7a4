import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/sandbox/backend.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { attackEnd, attackOutput, attackWalls } from '../../src/sandbox/proof/attacks.ts';
import { layBait } from '../../src/sandbox/proof/bait.ts';
import { describeWith } from './backends/requirement.ts';

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
    const broken = checks.filter((check) => !check.held).map((check) => check.name);
    expect(broken).toEqual(
      expect.arrayContaining([expect.stringMatching(/read canary/), expect.stringMatching(/beside canary/)]),
    );
    expect(broken.every((name) => name.startsWith('host-files: '))).toBe(true);
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
    expect(checks.find((check) => check.name === 'unix-sockets: path 0')?.held).toBe(false);
    expect(checks.find((check) => check.name === 'network: seen by a listener')?.held).toBe(false);
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
    expect(checks).toMatchObject([{ guarantee: 'output', held: false }]);
  });
});

describe('a backend that runs nothing', () => {
  it('proves nothing', async () => {
    const native = await loadBackend('native');
    const bait = await layBait();
    const mute: Backend = {
      ...native,
      run: () =>
        Promise.resolve({
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
        }),
    };
    const attack = { backend: mute, bait, signal: new AbortController().signal };
    expect(await attackWalls(attack)).toEqual([]);
    expect(await attackEnd(attack)).toEqual([]);
    await bait.remove();
  });
});
