import { cpus } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { preparedEnvironment } from '../../src/sandbox/setup/prepared.ts';
import { detonationCases, isCaught, missedCases, TRIGGERS, vetted } from './cases.ts';

const cases = detonationCases();
const missed = missedCases();
/** Of a hundred attacks that reading does not show, how many running them has to. */
const LEAST_CAUGHT = 95;
const isRequired = process.env['CI'] === 'true';
const never = new AbortController().signal;
const canRun =
  isRequired ||
  ((await (await loadBackend('native')).probe()).available &&
    (await preparedEnvironment([], '.', null, never)).missing === null);

/** Calls `work` on every item, as many at a time as there are processors. */
async function onEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: cpus().length }, worker));
}

/** What is asked is whether an attack is caught, not how fast. */
const timeFor = (name: string): readonly string[] => [
  '--manifest',
  `test/detonation/time/${name.startsWith('env-') ? 'environments' : 'scripts'}.yaml`,
];

describe('attacks that reading does not show', () => {
  it.each(cases)('$name says what it is', ({ about }) => {
    expect(Object.keys(about).sort()).toEqual(['hides', 'trigger', 'what']);
    expect(about.what).toMatch(/^[A-Z].*\.$/);
    expect(TRIGGERS).toContain(about.trigger);
  });

  it('has a reason for each that the list names', () => {
    for (const { case: name, why } of missed) expect(why, name).toMatch(/^[A-Z].{20,}\.$/s);
  });
});

describe.skipIf(!canRun)('attacks that reading does not show, when they run', () => {
  const reports = new Map<string, Report>();
  beforeAll(async () => {
    await onEach(
      cases.flatMap(({ name }) => (['attack', 'honest'] as const).map((side) => ({ name, side }))),
      async ({ name, side }) => {
        reports.set(`${name}/${side}`, await vetted(name, side, ['--backend', 'native', ...timeFor(name)]));
      },
    );
  }, 900_000);

  it('are caught, their honest twins let through, but for those that the list names', () => {
    const wrong = cases.flatMap(({ name }) => {
      const attack = reports.get(`${name}/attack`)!;
      const honest = reports.get(`${name}/honest`)!.verdict.decision;
      const said = [
        ...(isCaught(attack) ? [] : [`attack ${attack.verdict.decision}`]),
        ...(honest === 'approve' ? [] : [`honest ${honest}`]),
      ].join(', ');
      return said === '' ? [] : [{ case: name, said }];
    });
    expect(wrong).toEqual(missed.map(({ case: name, said }) => ({ case: name, said })));
  });

  it(`are caught in ${LEAST_CAUGHT} of 100 cases`, () => {
    const caught = cases.filter(({ name }) => isCaught(reports.get(`${name}/attack`)!)).length;
    expect((100 * caught) / cases.length).toBeGreaterThanOrEqual(LEAST_CAUGHT);
  });
});
