import { describe, expect, it } from 'vitest';
import { readJavascriptImports } from '../../../src/deps/imports/javascript-imports.ts';

function told(text: string, path = 'a.ts'): string[] {
  return readJavascriptImports(text, path).imports.map(
    ({ module, line, scope }) => `${String(line)} ${module} ${scope}`,
  );
}

describe('imports of JavaScript and TypeScript', () => {
  it('reads every form', () => {
    expect(
      told(
        [
          "import a from 'a';",
          "import 'b'",
          'import {',
          '  x as y, // from "no"',
          "} from 'c/sub'",
          "export * from '@s/d'",
          "export { z } from 'e'",
          "const f = require('f'), g = await import(`g`)",
          "require.resolve('h')",
          "import type { T } from 'i'",
          "import j = require('j')",
          "import type from 'k'",
          "import def, * as l from 'l'",
          "import './own'",
          "export type { U } from 'm'",
          'export const from = 1',
        ].join('\n'),
      ),
    ).toEqual([
      '1 a runtime',
      '2 b runtime',
      '3 c/sub runtime',
      '6 @s/d runtime',
      '7 e runtime',
      '8 f runtime',
      '8 g runtime',
      '9 h runtime',
      '10 i typing',
      '11 j runtime',
      '12 k runtime',
      '13 l runtime',
      '15 m typing',
    ]);
  });

  it('is not fooled by strings, comments, templates, regular expressions and text', () => {
    expect(
      told(
        [
          `const a = "import x from 'no1'";`,
          "// import 'no2'",
          "/* require('no3') */",
          "const b = `require('no4') ${require('yes1')} require('no5')`;",
          `const c = /["'\`]/.test(d) ? 1 / 2 : "'";`,
          "const e = <p>Don't import this from here</p>;",
          "thing.require('no6'); import.meta.url;",
          "const f = `${`${1}`}`; require('yes2')",
        ].join('\n'),
      ),
    ).toEqual(['4 yes1 runtime', '8 yes2 runtime']);
  });

  it('takes what stands in a try for optional, and a declaration file for types', () => {
    expect(told("try { require('a') } catch {}\nrequire('b')")).toEqual(['1 a optional', '2 b runtime']);
    expect(told("import { A } from 'a'", 'a.d.ts')).toEqual(['1 a typing']);
  });

  it('says when it could not follow', () => {
    expect(readJavascriptImports('require(name)', 'a.js').isWhole).toBe(false);
    expect(readJavascriptImports("import('./' + name)", 'a.js').isWhole).toBe(false);
    expect(readJavascriptImports("import 'a'; const b = `never", 'a.js').isWhole).toBe(false);
    expect(readJavascriptImports("import 'a'", 'a.js').isWhole).toBe(true);
  });

  it('takes hostile texts in linear time', () => {
    const texts = [
      'import '.repeat(300_000),
      '/['.repeat(500_000) + " require('a')",
      '`${'.repeat(300_000),
      "'\\".repeat(500_000) + 'import',
    ];
    for (const text of texts) expect(readJavascriptImports(text, 'a.js').imports.length).toBeLessThan(2);
    const nested = `${'try{'.repeat(60_000)}${'require("a");'.repeat(60_000)}${'}'.repeat(60_000)}require("b")`;
    const { imports } = readJavascriptImports(nested, 'a.js');
    expect(imports).toHaveLength(60_001);
    expect([imports[0]?.scope, imports.at(-2)?.scope, imports.at(-1)?.scope]).toEqual([
      ...['optional', 'optional', 'runtime'],
    ]);
  });
});
