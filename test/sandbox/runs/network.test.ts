import { describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { firedIn, lightBackends, runFixture } from './fixture.ts';

const backends: BackendId[] = [...lightBackends];
if (process.env['CI'] === 'true' || (await (await loadBackend('docker')).probe()).available)
  backends.push('docker');

describe.skipIf(backends.length === 0)('what a run sends', () => {
  it.each(backends)('is found when it goes in pieces of names, packed, on %s', async (backend) => {
    const outcome = await runFixture('exfil-in-names', backend);
    const theft = outcome.findings.find(({ ruleId }) => ruleId === 'decoy-left');
    expect(theft?.message).toBe(
      'The planted secret ~/.ssh/id_ed25519 turned up in a name below cache.example (base32, zlib, in parts), in phase run',
    );
  });

  it.each(backends)('is not theft when names only look like it, on %s', async (backend) => {
    const outcome = await runFixture('exfil-in-names-twin', backend);
    expect(outcome).toMatchObject({ status: 'done', gaps: [] });
    expect(firedIn(outcome)).toEqual(['run-network-attempt']);
  });

  it.each(backends)('shows code that it fetched and ran, on %s', async (backend) => {
    const outcome = await runFixture('download-and-run', backend);
    const found = outcome.findings.find(({ ruleId }) => ruleId === 'run-downloaded-code');
    expect(found?.message).toBe(
      'It ran what it had downloaded https://updates.example/stage.py, in phase run',
    );
    const events = outcome.observations?.runs.flatMap((run) => run.events) ?? [];
    expect(events.filter(({ kind }) => kind === 'http').map(({ detail }) => detail)).toContain(
      'GET https://updates.example/stage.py',
    );
  });

  it.each(backends)('does not take reading for running, on %s', async (backend) => {
    const outcome = await runFixture('download-and-run-twin', backend);
    expect(outcome).toMatchObject({ status: 'done', gaps: [] });
    expect(firedIn(outcome)).toEqual(['run-network-attempt']);
  });

  it.each(backends)('is compared with what is done without a network, on %s', async (backend) => {
    const outcome = await runFixture('hides-online', backend);
    const said = outcome.findings.filter(({ ruleId }) => ruleId === 'run-world-trigger');
    expect(said.map(({ message }) => message)).toEqual([
      'Only when it runs without a network: it reads ~/.ssh/id_ed25519 (run)',
    ]);
  });

  it.each(backends)('may be sought elsewhere where there is no network, on %s', async (backend) => {
    const outcome = await runFixture('hides-online-twin', backend);
    expect(outcome).toMatchObject({ status: 'done', gaps: [] });
    expect(firedIn(outcome)).toEqual(['run-network-attempt', 'run-process', 'run-world-difference']);
    expect(outcome.findings.find(({ ruleId }) => ruleId === 'run-world-difference')?.message).toMatch(
      /^Only when it runs without a network: it (?:tries to reach mirror\.words\.example\.invalid|starts `touch \/tmp\/words\.txt`)/,
    );
  });
});
