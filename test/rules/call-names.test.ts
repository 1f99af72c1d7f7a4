import { describe, expect, it } from 'vitest';
import { CallNames } from '../../src/rules/match/call-names.ts';
import type { CallFact } from '../../src/static/facts/facts.ts';

function calls(...names: readonly string[]): readonly CallFact[] {
  return names.map((name) => ({ name }) as CallFact);
}

describe('the names that matchers of calls ask for', () => {
  it.each([
    [['os.system'], 'os.system', 1],
    [['os.system'], 'os.popen', 0],
    [['os.popen', 'os.system'], 'os.system', 1],
    [['*.execute'], 'a.b.execute', 1],
    [['*.execute'], 'execute.a', 0],
    [['os.*'], 'os.system', 1],
    [['os.*'], 'posix.system', 0],
    [['*.raw.*'], 'anything', 1],
    [['?.execute'], '?.execute', 1],
    [['?.execute'], 'a.execute', 0],
  ])('%j in a file that calls %s: %i', (asked, called, expected) => {
    const names = new CallNames();
    const number = names.enter(asked);
    expect(names.askedIn(calls('print', called, ''))[number]).toBe(expected);
  });

  it('are kept apart by matcher', () => {
    const names = new CallNames();
    const [first, second, third] = [['eval'], ['exec', 'eval'], ['open']].map((asked) => names.enter(asked));
    const asked = names.askedIn(calls('eval'));
    expect([asked[first!], asked[second!], asked[third!]]).toEqual([1, 1, 0]);
  });
});
