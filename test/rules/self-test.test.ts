import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { loadRules } from '../../src/rules/load.ts';
import { testRules } from '../../src/rules/self-test.ts';
import { testKnowledge, testRule } from '../static/knowledge.ts';

describe('testRules', () => {
  it('tells what is found, missing and noisy', async () => {
    const { models, classes } = testKnowledge();
    const rule = {
      ...testRule('runs-text', { call: { names: ['eval'] } }),
      examples: {
        bad: [
          { language: 'python' as const, code: 'eval(x)' },
          { language: 'python' as const, code: 'x()' },
        ],
        good: [
          { language: 'python' as const, code: 'x()', why: 'nothing' },
          { language: 'python' as const, code: 'eval(x)', why: 'wrong' },
        ],
      },
    };
    const results = await testRules(
      {
        rules: [rule],
        models: Object.values(models).flat(),
        classes,
        problems: [],
        places: new Map(),
        examplePlaces: new Map(),
        operatorPatterns: [],
      },
      [],
      () => undefined,
    );
    expect(results.map(({ set, index, outcome }) => `${set} ${index} ${outcome}`)).toEqual([
      'bad 0 ok',
      'bad 1 missing',
      'good 0 ok',
      'good 1 noisy',
    ]);
  });

  // Some two thousand analyses: a busy machine takes minutes.
  it('finds every bad example of the rules that ship, and no good one', { timeout: 300_000 }, async () => {
    const loaded = loadRules(fileURLToPath(new URL('../../rules', import.meta.url)), 'built-in', 'rules');
    expect(loaded.problems).toEqual([]);
    expect(loaded.rules.length).toBeGreaterThanOrEqual(60);
    const results = await testRules(loaded, [], () => undefined);
    expect(results.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });
});
