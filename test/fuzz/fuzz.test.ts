import { expect, it } from 'vitest';
import { caseOf } from './cases.ts';
import { corpus } from './corpus.ts';
import { problemsOf } from './run-case.ts';

/** `npm run fuzz` runs more of them, with other seeds. */
const SEED = 1;
const CASES = 300;

it(`is never at a loss over a random change of a fixture (seed ${SEED}, ${CASES} cases)`, async () => {
  const seeds = corpus();
  expect(seeds.length).toBeGreaterThan(300);
  const wrong: string[] = [];
  for (let number = 0; number < CASES; number++) {
    const each = caseOf(SEED, number, seeds);
    for (const problem of await problemsOf(each, number % 4 === 0))
      wrong.push(`case ${number} (${each.made.join(', ')}): ${problem}`);
  }
  expect(wrong).toEqual([]);
}, 300_000);
