import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { compileRules } from '../../../src/rules/compile.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { detailOf } from '../../../src/static/evidence/from-calls.ts';
import { flowsOf } from '../../../src/static/flow/flows.ts';
import { factsOf } from '../facts-of.ts';
import { JAVASCRIPT_CALLS } from './javascript-calls.ts';
import { PYTHON_CALLS } from './python-calls.ts';
import { SHELL_CALLS } from './shell-calls.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));

/** Puts a secret into `x`. */
const SECRET = {
  python: 'x = open("/root/.ssh/id_rsa").read()\n',
  javascript: 'const x = require("fs").readFileSync("/root/.ssh/id_rsa", "utf8");\n',
  shell: 'x=$(cat ~/.ssh/id_rsa)\n',
} as const;

/** All that the models say of a text, in the words of the tables. */
async function saidOf(code: string, language: keyof typeof SECRET & Language): Promise<readonly string[]> {
  const usesSecret = /\bx\b/.test(code);
  const text = (usesSecret ? SECRET[language] : '') + code;
  const { calls, graph } = await factsOf(text, language, 'a', rules);
  return [
    ...calls.flatMap((call) => (call.api?.capabilities ?? []).map((each) => `${each} ${detailOf(call)}`)),
    ...graph.sources.map(({ label }) => `source:${label}`),
    ...flowsOf(graph).map(({ from, to }) => `${from}>${to}`),
  ];
}

describe('what the models say', () => {
  it('is held to a table of at least 300 calls', () => {
    const codes = [PYTHON_CALLS, JAVASCRIPT_CALLS, SHELL_CALLS].flatMap((table) =>
      table.map(([code]) => code),
    );
    expect(new Set(codes).size).toBeGreaterThanOrEqual(300);
  });

  it.each(PYTHON_CALLS)('of %s', async (code, says) => {
    expect(await saidOf(code, 'python')).toContain(says);
  });

  it.each(JAVASCRIPT_CALLS)('of %s', async (code, says) => {
    expect(await saidOf(code, 'javascript')).toContain(says);
  });

  it.each(SHELL_CALLS)('of %s', async (code, says) => {
    expect(await saidOf(code, 'shell')).toContain(says);
  });
});
