import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';
import { isIndexUnknown } from './backends.ts';
import { messagesOf, setUp, stepsOf, vet } from './vetting.ts';
import { wheelOf } from './wheels.ts';

/** A manifest of the operator's that gives a slow machine the time that it needs. */
const patience = (): string =>
  join(
    writeTree({ 'limits.yaml': 'schema: sbx.manifest/1\nresources:\n  wallSeconds: 240\n' }),
    'limits.yaml',
  );

describe.skipIf(isIndexUnknown)('sbx vet on published wheels [needs the package index]', () => {
  it('says of gymnasium which environments need an optional dependency, and how to get it', async () => {
    const wheel = await wheelOf('gymnasium', '1.4.0');
    await setUp(wheel);
    const { status, report } = await vet(wheel, '--backend', 'native', '--manifest', patience());
    expect(report.verdict.decision).toBe('incomplete');
    expect(status).toBe(4);
    for (const [module, name] of [
      ['mujoco', 'mujoco'],
      ['Box2D', 'box2d'],
      ['jax', 'jax'],
      ['pygame', 'pygame-ce'],
    ] as const) {
      const messages = messagesOf(report).filter((message) =>
        message.startsWith(`${module} is not installed`),
      );
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatch(/, so \S+ and \d+ more could not be run: it is an optional dependency; /);
      expect(messages[0]).toContain(`run \`sbx setup ${wheel} --with ${name}\``);
    }
    const steps = /^(\d+) environments: (\d+) steps$/.exec(stepsOf(report) ?? '');
    expect(Number(steps?.[1])).toBeGreaterThanOrEqual(10);
    expect(Number(steps?.[2])).toBeGreaterThanOrEqual(8_000);
  }, 300_000);

  it('runs every class of minigrid to the end, and names what its wheel leaves out', async () => {
    const wheel = await wheelOf('minigrid', '3.2.0');
    await setUp(wheel, '--with', 'networkx', '--with', 'imageio');
    const { status, report } = await vet(wheel, '--backend', 'native', '--manifest', patience());
    expect(report.verdict.decision).toBe('incomplete');
    expect(status).toBe(4);
    // The pictures that these environments are made from are not in the published wheel.
    expect(messagesOf(report)).toHaveLength(1);
    expect(messagesOf(report)[0]).toMatch(
      /^MiniGrid-WFC-\S+ and \d more failed in phase reset, .*FileNotFoundError/,
    );
    expect(stepsOf(report)).toMatch(/^1\d\d environments: [6-9]\d{4} steps$/);
  }, 300_000);

  it('runs of highway-env what the operator names, and says what it left out', async () => {
    const wheel = await wheelOf('highway-env', '1.12.1');
    await setUp(wheel);
    const folder = writeTree({
      'limits.yaml':
        'schema: sbx.manifest/1\nenvironment:\n  ids: [merge-v0]\nresources:\n  wallSeconds: 120\n',
    });
    const { status, report } = await vet(wheel, '--backend', 'native', '--manifest', `${folder}/limits.yaml`);
    expect(report.verdict).toEqual({ decision: 'approve', reasons: [] });
    expect(status).toBe(0);
    expect(stepsOf(report)).toBe('merge-v0: 1000 steps');
    expect(report.stages.find(({ id }) => id === 'sandbox')?.reason).toBe(
      "of the environments, only the 1 that the operator's manifest names were run, 30 others were not",
    );
  }, 300_000);

  it('installs no optional dependency that the target does not name', async () => {
    const wheel = await wheelOf('minigrid', '3.2.0');
    const { status, stderr } = await sbx(['setup', wheel, '--with', 'left-pad']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^sbx: the target declares no optional dependency left-pad/m);
  }, 300_000);
});
