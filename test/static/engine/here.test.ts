import { describe, expect, it } from 'vitest';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { analyseOrSay } from '../../../src/static/analyse-file.ts';
import { type FileResult, notAnalysed } from '../../../src/static/file-result.ts';
import type { Analyst } from '../../../src/static/analyst.ts';
import { type Bundle, bundleOf } from '../../../src/static/bundles.ts';
import { Here } from '../../../src/static/here.ts';
import { TookTooLong, watchFor } from '../../../src/static/watch.ts';
import { testKnowledge } from '../knowledge.ts';

describe('a watch', () => {
  const watch = watchFor(0.1);

  it.each([
    [
      'a loop',
      () => {
        for (let turn = 0; turn >= 0; turn = (turn + 1) % 1_000);
      },
    ],
    ['a regular expression', () => /^(?:a+)+$/.test(`${'a'.repeat(64)}b`)],
  ])('ends %s without end, and can be used again', (_what, run) => {
    expect(() => watch(run)).toThrow(TookTooLong);
    expect(watch(() => 7)).toBe(7);
  });

  it('hands on what is returned and what is thrown', () => {
    expect(watch(() => 'x')).toBe('x');
    expect(() =>
      watch(() => {
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
  });
});

const slow = Array.from({ length: 60_000 }, (_item, index) => `v${index} = f(${index}, g.h[${index}])`);
const bundles = [
  ['a.py', 'f()'],
  ['slow.py', slow.join('\n')],
  ['z.py', 'f()'],
].map(([path, text]): Bundle => bundleOf([{ path: path!, content: Buffer.from(text!), unit: '.' }]));
const rules = prepareRules(testKnowledge());

/** What became of each file. */
async function outcomes(analyst: Analyst): Promise<readonly string[]> {
  const results = await analyst.analyse(bundles);
  return results.map(({ path, opaque }) => `${path}: ${opaque?.reason ?? 'analysed'}`);
}

it('says what was lost when files can be analysed only one by one', async () => {
  const tasks = bundles.flatMap(({ files }) => files).filter(({ path }) => path !== 'slow.py');
  let runs = 0;
  const results = await analyseOrSay(tasks, rules, (run) => {
    if (runs++ === 0) throw new RangeError('too deep');
    return run();
  });
  expect(results.map(({ path, opaque }) => [path, opaque])).toEqual([
    [
      'a.py',
      {
        reason: 'what flows between it and 1 more file was not followed: together they could not be analysed',
        blocking: true,
      },
    ],
    ['z.py', null],
  ]);
  expect(results.map(({ isAnalysed }) => isAnalysed)).toEqual([false, true]);
});

describe('analysis in this thread', () => {
  const limits = { secondsPerFile: 0.4 };
  const { signal } = new AbortController();

  it('leaves what takes too long, and all after it, to workers', async () => {
    // The first text may take as long while nothing is compiled yet.
    await new Here(() => rules, signal, { secondsPerFile: 20 }, null).analyse(bundles.slice(0, 1));
    let isEnded = false;
    const workers: Analyst = {
      analyse: (given) =>
        Promise.resolve(
          given.flatMap(({ files }) =>
            files.map((file): FileResult => notAnalysed(file, 'given to workers')),
          ),
        ),
      end: () => {
        isEnded = true;
      },
    };
    const here = new Here(
      () => rules,
      signal,
      limits,
      () => Promise.resolve(workers),
    );
    expect(await outcomes(here)).toEqual([
      'a.py: analysed',
      'slow.py: given to workers',
      'z.py: given to workers',
    ]);
    expect(await outcomes(here)).toEqual(
      ['a.py', 'slow.py', 'z.py'].map((path) => `${path}: given to workers`),
    );
    here.end();
    expect(isEnded).toBe(true);
  });

  it('says what took too long when there are no workers', async () => {
    expect(await outcomes(new Here(() => rules, signal, limits, null))).toContain(
      'slow.py: took longer than 0.4 s',
    );
  });
});
