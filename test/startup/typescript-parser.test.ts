import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { Chunks } from '../../src/startup/chunks.ts';
import { read } from '../../src/static/frontends/javascript/reading.ts';
import { TYPESCRIPT_PARTS, type TypeScript } from '../../src/static/frontends/javascript/typescript-parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const whole = createRequire(import.meta.url)('typescript') as typeof ts & TypeScript;
const bundled = new Chunks(join(root, 'dist')).require('library-typescript.js') as TypeScript;

const folder = join(root, 'fixtures');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
  .map((path) => join(folder, path));

const WRITTEN = [
  'class A { #kept = 1; static { this.#kept; } get [Symbol.iterator]() { return `a${this.#kept}b`; } }',
  '<!-- a comment\nvar __name = "x", ___more = 017; label: for (const [a, { b = 2 }] of c?.d ?? []) continue label;',
  'enum Kind { First = 1, Second } namespace N.M { export const of = <T,>(x: T): x is T => x satisfies T; }',
  'const view = <div className={"a"} {...rest}>text &amp; {value}<></></div>;',
  '@decorated() export default abstract class B<T> extends C<T> { constructor(private readonly d: string) { super(); } }',
  'f(async a => b, async async => c, async (d) => e, async function g() { h(async () => i) }, async.j, async k => async l => m);',
  'async function f() { g(async await => 1, async yield => 2, async n\n=> 3); } async => 4; o = async\np => 5;',
  'f(async a, async b(c), async d.e => 1, async );',
  'const broken = "no end\nfunction (',
];

function kindOf(path: string): 'javascript' | 'typescript' {
  return /\.[cm]?tsx?$/.test(path) ? 'typescript' : 'javascript';
}

describe('the parser in the bundle', () => {
  it('has all that is asked of it', () => {
    for (const part of TYPESCRIPT_PARTS) expect(bundled, part).toHaveProperty(part);
  });

  it('reads programs as the whole package does', () => {
    expect(files.length).toBeGreaterThan(50);
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      expect(read(bundled, text, kindOf(path), path), path).toEqual(read(whole, text, kindOf(path), path));
    }
  });

  it.each(WRITTEN)('reads `%s` as the whole package does', (text) => {
    for (const language of ['javascript', 'typescript'] as const)
      for (const path of ['x.js', 'x.mjs', 'x.ts', 'x.tsx'])
        expect(read(bundled, text, language, path)).toEqual(read(whole, text, language, path));
  });
});
