import { describe, expect, it } from 'vitest';
import { hostileInputs } from './all.ts';
import { analysed } from './analysed.ts';

/** Far more than any of them takes on a busy machine, and far less than what grows faster than its size (ms). */
const DEADLINE = 60_000;

/** What took longer than a deadline, failed, or was left out without a word before; `npm run hostile` measures all. */
const REGRESSIONS: readonly (readonly [path: string, name: RegExp])[] = [
  ['run.py', /^100,000 functions$|^50,000 times added|^40 times doubled|^50,000 strings that look/],
  ['run.py', /^2 MB of "(?:a\.|f\()"$/],
  ['run.sh', /^50,000 times added|^40 times doubled|^2 MB of "\(a"$/],
  ['compose.yaml', /^1,000 deep lists$|^5,000 deep flow$/],
  ['run.rb', /^40 times doubled|^20,000 branches$|^5,000 deep|^a row of/],
  ['index.js', /^50,000 times added|^100,000 functions$/],
  ['run.lua', /quotes/],
  ['run.go', /open calls|^2 MB of open|^5,000 deep|^100,000 functions$|^20,000 (?:branches|labels)$/],
  ['run.c', /open comments/],
];

const chosen = hostileInputs.filter((input) =>
  REGRESSIONS.some(([path, name]) => input.path === path && name.test(input.name)),
);

describe('hostile sizes', () => {
  it.each(chosen.map((input) => [input.path, input.name, input] as const))(
    '%s: %s',
    async (path, _name, input) => {
      const outcome = await analysed(input);
      expect(outcome.status).not.toBe('failed');
      expect(outcome.coverage?.opaque.map(({ reason }) => reason).join()).not.toMatch(/failed|took longer/);
      // Analysed in full, or said to be not.
      const isTold = outcome.coverage?.opaque.some((each) => each.path === path && each.blocking) === true;
      expect(outcome.coverage?.analysed === 1 || isTold).toBe(true);
    },
    DEADLINE,
  );
});
