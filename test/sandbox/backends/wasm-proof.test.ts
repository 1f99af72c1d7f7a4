import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src/sandbox/backend.ts';
import { wasmBackend } from '../../../src/sandbox/backends/wasm.ts';
import { layBait, type Bait } from '../../../src/sandbox/proof/bait.ts';
import { breaches, judge, shortfalls, type Check } from '../../../src/sandbox/proof/checks.ts';
import { WASM_ATTACKS } from '../../../src/sandbox/proof/wasm-attacks.ts';
import { WASM_CHECKS } from '../../../src/sandbox/proof/wasm-catalogue.ts';
import { provenOnPage } from '../proof-page.ts';

const { signal } = new AbortController();
const [attackBridge] = WASM_ATTACKS;

describe('the proof of Python in WebAssembly', () => {
  let bait: Bait;
  beforeAll(async () => {
    bait = await layBait();
  });
  afterAll(() => bait.remove());

  const answered: Check[] = [];
  for (const attack of WASM_ATTACKS) {
    it(`holds against ${attack.name}`, { timeout: 240_000 }, async () => {
      const checks = await attack({ backend: wasmBackend, bait, signal });
      answered.push(...checks);
      expect(checks.length).toBeGreaterThan(0);
      const failed = checks.filter(({ outcome }) => outcome === 'broken' || outcome === 'untried');
      expect(failed).toEqual([]);
    });
  }

  it('was asked everything, and what is not offered stays absent however it was answered', () => {
    expect(shortfalls(wasmBackend.offers, answered, WASM_CHECKS)).toEqual([]);
    const proven = judge(wasmBackend.offers, answered, WASM_CHECKS);
    expect(proven).toMatchObject({ network: 'absent', syscalls: 'absent', memory: 'proven', cpu: 'proven' });
    expect(provenOnPage().wasm).toEqual(proven);
  });

  it('is not made of the attacks of other sandboxes', () => {
    expect(judge(wasmBackend.offers, answered)).toMatchObject({ 'host-files': 'unproven', pids: 'unproven' });
  });

  it('notices files and variables of the host that are shown', { timeout: 120_000 }, async () => {
    const [canary] = bait.description.canaries;
    const leaky: Backend = {
      ...wasmBackend,
      run: (command, stop) =>
        wasmBackend.run(
          {
            ...command,
            mounts: [...command.mounts, { source: canary!, target: canary! }],
            environment: { ...command.environment, SHOWN: bait.description.token },
          },
          stop,
        ),
    };
    const checks = await attackBridge!({ backend: leaky, bait, signal });
    const broken = checks.filter(({ outcome }) => outcome === 'broken').map(({ name }) => name);
    expect(broken).toEqual(
      expect.arrayContaining(['read', 'names', 'through a link', 'environment of the caller']),
    );
    expect(judge(wasmBackend.offers, checks, WASM_CHECKS)['host-files']).toBe('unproven');
  });

  it('notices a target that can be changed', { timeout: 120_000 }, async () => {
    const writable: Backend = {
      ...wasmBackend,
      run: (command, stop) =>
        wasmBackend.run(
          { ...command, mounts: [], copies: command.mounts.map((each) => ({ ...each })) },
          stop,
        ),
    };
    const checks = await attackBridge!({ backend: writable, bait, signal });
    const broken = checks.filter(({ outcome }) => outcome === 'broken').map(({ name }) => name);
    expect(broken).toEqual(
      expect.arrayContaining(['the target', 'rights', 'rights of an open file', 'beside the target']),
    );
  });

  it('tells what gets through although it is not offered', () => {
    const through: Check = { guarantee: 'network', name: 'UDP', outcome: 'broken', note: '1 arrivals' };
    expect(breaches(wasmBackend.offers, [through])).toEqual([
      'got through, and is not offered: network: UDP (1 arrivals)',
    ]);
    expect(breaches(wasmBackend.offers, [{ ...through, guarantee: 'memory' }])).toEqual([]);
  });
});
