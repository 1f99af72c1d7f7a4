import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BackendId } from '../../src/model/observation.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { sandboxStage } from '../../src/sandbox/stage.ts';
import { openTarget } from '../../src/target/open.ts';
import { stageContext } from '../support/stage-context.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/envs/', import.meta.url));
const never = new AbortController().signal;
const isRequired = process.env['CI'] === 'true';
const isAvailable = async (id: BackendId): Promise<boolean> =>
  isRequired || (await (await loadBackend(id)).probe()).available;
const available = { native: await isAvailable('native'), bubblewrap: await isAvailable('bubblewrap') };

/** All the time that a slow machine may want. */
const manifest = {
  path: 'limits.yaml',
  manifest: { schema: 'sbx.manifest/1', resources: { wallSeconds: 40 } },
} as const;

async function probe(fixture: string, backend: BackendId): Promise<Outcome> {
  const target = await openTarget(`${FIXTURES}${fixture}`, never);
  return sandboxStage.run(target, stageContext({ backend, signal: never, manifest }));
}

const said = ({ findings }: Outcome): string[] => [
  ...new Set(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`).sort()),
];

/** Each fixture, the backend it is seen in, everything that is said about it, and how many rollouts or steps it made. */
const CASES: readonly [string, keyof typeof available, readonly string[], string][] = [
  [
    'llm-rubric-eval',
    'native',
    [
      'run-injection-executed: sums_env: text that the model answered was executed as Python, by a reward function',
    ],
    'sums_env: 11 steps',
  ],
  ['llm-rubric-parse-benign', 'bubblewrap', [], 'tally_env: 11 steps'],
  [
    'llm-taskset-eval',
    'bubblewrap',
    [
      'run-injection-executed: products_env.ProductTaskset: text that the model answered was executed as Python, by a reward function',
    ],
    'products_env.ProductTaskset: 11 steps',
  ],
  ['llm-taskset-parse-benign', 'native', [], 'quotients_env.QuotientTaskset: 11 steps'],
  [
    'llm-conversation-sent',
    'bubblewrap',
    ['run-env-network: It tried to reach collector.example:443 in phase step'],
    'riddle_env: 11 steps',
  ],
  ['llm-conversation-kept-benign', 'native', [], 'proverb_env: 11 steps'],
  [
    'llm-served-shell',
    'bubblewrap',
    [
      'run-gym-contract: served_env.server.ServedEnvironment: it fails when it is given control characters: ValueError: embedded null byte',
      'run-injection-executed: served_env.server.ServedEnvironment: text that it was given as an action was executed as a command of a shell',
      'run-process: It started `/bin/sh -c hello`',
      'run-process: It started `touch /tmp/sbx-canary-*-shell`',
    ],
    'served_env.server.ServedEnvironment: 50 steps',
  ],
  ['llm-served-echo-benign', 'native', [], 'echo_env.server.EchoEnvironment: 50 steps'],
];

describe('the probe of environments for language models', () => {
  for (const [fixture, backend, expected, steps] of CASES) {
    it.skipIf(!available[backend])(
      `says what there is to say about ${fixture}, on ${backend}`,
      async () => {
        const outcome = await probe(fixture, backend);
        expect(said(outcome)).toEqual([...expected].sort());
        expect(outcome).toMatchObject({ status: 'done', gaps: [] });
        const runs = outcome.observations?.runs ?? [];
        expect(runs.map(({ phase }) => phase).slice(0, 5)).toEqual([
          'import',
          'make',
          'reset',
          'step',
          'close',
        ]);
        expect(runs.find(({ phase }) => phase === 'step')?.command.at(-1)).toBe(steps);
      },
      60_000,
    );
  }

  it.skipIf(!available.native)(
    'drives a task set and says which parts of it nobody can drive',
    async () => {
      const outcome = await probe('llm-taskset-partly', 'native');
      const id = 'chores_env.ChoreTaskset';
      expect(outcome.status).toBe('partial');
      expect(outcome.gaps.map(({ reason }) => reason).sort()).toEqual([
        'not seen: chores_env.BroomToolset serves tools to agents, of which there are none',
        'not seen: chores_env.ChoreEnv has episodes of its own, for which there are no agents',
        `not seen: ${id}: finalize() was not seen to its end: NotImplementedError: a runtime's expose is not there`,
        `not seen: ${id}: its tasks want an image of their own (chores:1): they were run where it is not`,
        `not seen: ${id}: over() wants request, which is not to be had`,
      ]);
      const runs = outcome.observations?.runs ?? [];
      expect(runs.find(({ phase }) => phase === 'step')?.command.at(-1)).toBe(`${id}: 10 steps`);
      const events = runs.flatMap((run) => run.events);
      expect(events.some(({ kind, detail }) => kind === 'exec' && detail.includes('cat rooms.txt'))).toBe(
        true,
      );
    },
    60_000,
  );

  it.skipIf(!available.native)(
    'says in one sentence which library is missing, and the command that cures it',
    async () => {
      const outcome = await probe('llm-library-missing', 'native');
      expect(said(outcome)).toEqual([]);
      expect(outcome.status).toBe('partial');
      expect(outcome.gaps.map(({ reason }) => reason)).toEqual([
        `verifiers is not installed in the sandbox's environment, so chess_env could not be run: run \`sbx setup ${FIXTURES}llm-library-missing\``,
      ]);
    },
    60_000,
  );
});
