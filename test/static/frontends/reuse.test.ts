import { describe, expect, it } from 'vitest';
import type { Frontend, Language } from '../../../src/model/program.ts';
import { createBatchFrontend } from '../../../src/static/frontends/batch/frontend.ts';
import { createConfigFrontend } from '../../../src/static/frontends/config/frontend.ts';
import { createHtmlFrontend } from '../../../src/static/frontends/html/frontend.ts';
import { createJavascriptFrontend } from '../../../src/static/frontends/javascript/frontend.ts';
import { createMarkdownFrontend } from '../../../src/static/frontends/markdown/frontend.ts';
import { createPowershellFrontend } from '../../../src/static/frontends/powershell/frontend.ts';
import { createPythonFrontend } from '../../../src/static/frontends/python/frontend.ts';
import { createShellFrontend } from '../../../src/static/frontends/shell/frontend.ts';
import { corpus } from '../../fuzz/corpus.ts';
import { MUTATORS } from '../../fuzz/mutators/index.ts';
import { Random } from '../../fuzz/random.ts';

/** The languages whose frontends are ours, with the endings of their files in the corpus. */
const FRONTENDS: readonly (readonly [
  Exclude<Language, 'text'>,
  RegExp,
  () => Frontend | Promise<Frontend>,
])[] = [
  ['python', /\.py$/, createPythonFrontend],
  ['shell', /\.sh$/, createShellFrontend],
  ['javascript', /\.[cm]?js$/, createJavascriptFrontend],
  ['powershell', /\.ps1$/, createPowershellFrontend],
  ['batch', /\.(?:bat|cmd)$/, createBatchFrontend],
  ['markdown', /\.md$/, createMarkdownFrontend],
  ['html', /\.html?$/, createHtmlFrontend],
  ['json', /\.json$/, createConfigFrontend],
  ['yaml', /\.ya?ml$/, createConfigFrontend],
];

const CASES = 300;

describe('a frontend that has read other texts before', () => {
  // What an unclosed bracket left behind once decided where the brackets of the next file end.
  it('reads brackets that no earlier line was open in', () => {
    const used = createPythonFrontend();
    const nested = `import os\n${'getattr(os, (1).decode'.repeat(40)}())("x")`;
    const alone = JSON.stringify(createPythonFrontend().parse(nested, 'python', 'a.py'));
    for (let tokens = 0; tokens < 60; tokens++) {
      used.parse(`# ${'-'.repeat(2_000)}\nf(${'1 '.repeat(tokens)}\n)`, 'python', 'before.py');
      expect(JSON.stringify(used.parse(nested, 'python', 'a.py')), `after ${tokens} tokens`).toBe(alone);
    }
  });

  it.each(FRONTENDS)('reads damaged %s as a new one does', async (language, ending, create) => {
    const seeds = corpus(8 * 1024);
    const texts = seeds.filter(({ path }) => ending.test(path));
    expect(texts.length).toBeGreaterThan(0);
    const used = await create();
    const random = new Random(1);
    for (let number = 0; number < CASES; number++) {
      let file = random.pick(texts);
      for (let count = random.below(3); count > 0; count--)
        file = MUTATORS[random.pick(Object.keys(MUTATORS))]!(file, random, seeds);
      const text = Buffer.from(file.bytes).toString('utf8');
      const said = JSON.stringify(used.parse(text, language, file.path));
      expect(said, `case ${number}, ${file.path}`).toBe(
        JSON.stringify((await create()).parse(text, language, file.path)),
      );
    }
  });
});
