import { describe, expect, it } from 'vitest';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { type FileResult, notAnalysed } from '../../../src/static/analyse-file.ts';
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
