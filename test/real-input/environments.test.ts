import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTree } from '../support/temporary.ts';
import { backends, isIndexUnknown } from './backends.ts';
import { setUp, stepsOf, unfinishedStages, vet } from './vetting.ts';
import { wheelOf } from './wheels.ts';

const folder = mkdtempSync(join(tmpdir(), 'sbx-test-real-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A package of one module that brings a library's environment along, as somebody's training set-up does. */
function around(library: string, environment: string, requirements: readonly string[]): string {
  return writeTree(
    {
      'training.py': `import gymnasium\nimport ${library}\n\n\ndef make():\n    return gymnasium.make("${environment}")\n`,
      'requirements.txt': `${requirements.join('\n')}\n`,
      'sbx.manifest.yaml': `schema: sbx.manifest/1\nkind: gym-env\nenvironment:\n  ids: [${environment}]\n`,
    },
    join(folder, environment),
  );
}

/** Each with the target, and what its step phase has to say. */
const CASES: readonly { name: string; steps: string; target: () => Promise<string> | string }[] = [
  {
    name: 'CartPole-v1 of gymnasium',
    steps: 'CartPole-v1: 1000 steps',
    target: () => around('gymnasium', 'CartPole-v1', ['gymnasium==1.4.0', 'pygame-ce==2.5.7']),
  },
  {
    name: 'MiniGrid-Empty-5x5-v0 of minigrid',
    steps: 'MiniGrid-Empty-5x5-v0: 1000 steps',
    target: () => around('minigrid', 'MiniGrid-Empty-5x5-v0', ['minigrid==3.2.0']),
  },
  {
    name: 'the wheel of gym-anytrading',
    steps: '2 environments: 2000 steps',
    target: () => wheelOf('gym-anytrading', '2.0.0'),
  },
  {
    name: 'the wheel of gymnasium-2048',
    steps: 'gymnasium_2048/TwentyFortyEight-v0: 1000 steps',
    target: () => wheelOf('gymnasium-2048', '0.1.2'),
  },
];

describe.skipIf(isIndexUnknown).each(CASES)(
  '$name [needs the package index]',
  ({ steps, target: targetOf }) => {
    let target = '';
    beforeAll(async () => {
      target = await targetOf();
      await setUp(target);
    }, 300_000);

    for (const { id, isSkipped } of backends) {
      it.skipIf(isSkipped)(
        `runs 1,000 steps of each environment, phase by phase, and is approved, in ${id}`,
        async () => {
          const { status, report } = await vet(target, '--backend', id);
          expect(unfinishedStages(report)).toEqual([]);
          expect(report.verdict).toEqual({ decision: 'approve', reasons: [] });
          expect(status).toBe(0);
          expect(report.observations.backend).toBe(id);
          expect(stepsOf(report)).toBe(steps);
          const probe = report.observations.runs.filter(({ command }) => command[0] === 'probe');
          const phases = probe.map(({ phase }) => phase);
          expect(phases.filter((phase) => phase !== 'render')).toEqual([
            'import',
            'make',
            'reset',
            'step',
            'close',
          ]);
          expect(probe.every(({ exit, lost }) => exit === 0 && lost === 0)).toBe(true);
        },
        180_000,
      );
    }
  },
);
