import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import type typescript from 'typescript';
import { describe, expect, it } from 'vitest';

const ts = createRequire(import.meta.url)('typescript') as typeof typescript;
const place = new URL('../../scripts/indexed-loops.mjs', import.meta.url).href;
const { indexedLoops } = (await import(/* @vite-ignore */ place)) as {
  readonly indexedLoops: (
    program: typescript.Program,
  ) => typescript.TransformerFactory<typescript.SourceFile>;
};

/** A program as TypeScript alone compiles it, and as the build does. */
function compiled(source: string): { readonly plain: string; readonly counted: string } {
  const options = { target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts'], types: [], strict: true };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) =>
    name === 'source.ts' ? ts.createSourceFile(name, source, version) : getSourceFile(name, version);
  const program = ts.createProgram(['source.ts'], options, host);
  const written = (before: readonly typescript.TransformerFactory<typescript.SourceFile>[]): string => {
    let text = '';
    program.emit(undefined, (_name, content) => (text = content), undefined, false, { before: [...before] });
    return text;
  };
  return { plain: written([]), counted: written([indexedLoops(program)]) };
}

/** Bodies of functions that take a list of numbers and a log. */
const BODIES: Readonly<Record<string, string>> = {
  'goes on, ends and counts': `
    for (const n of list) { if (n === 2) continue; if (n === 5) break; log.push(n); }
    for (const [at, n] of list.entries()) log.push(at * n);`,
  'ends an outer loop': `
    outer: for (const a of list) for (const b of list) { if (b > a) continue outer; if (a > 4) break outer; log.push(a * b); }`,
  'sees what is added while it runs': `
    const grown = [...list];
    for (const n of grown) { if (grown.length < 12) grown.push(n + 10); log.push(n); }
    for (const n of grown) { grown.length = 2; log.push(n); }`,
  'gives every function its own item': `
    const later: (() => number)[] = [];
    for (const n of list) later.push(() => n);
    for (const [at, n] of list.entries()) later.push(() => at + n);
    for (const run of later) log.push(run());`,
  'asks for the list once': `
    let asked = 0;
    const made = (): number[] => { asked++; return list; };
    for (const n of made()) log.push(n);
    log.push(asked);`,
  'keeps names that the body hides': `
    for (const n of list) { const n = 7; log.push(n); }
    for (let n of list) { n++; log.push(n); }`,
  'takes pairs apart, with and without what is missing': `
    const pairs: (readonly [number, number?])[] = [[1, 2], [3]];
    for (const [a, b = 9] of pairs) log.push(a, b);
    const [first = 0, , third = 0] = list;
    log.push(first, third);
    log.push(...pairs.map(([a]) => a));
    const [head, ...tail] = list;
    log.push(head ?? 0, ...tail);`,
  'finds pieces of texts': `
    for (const [whole, digit = ''] of 'a1b2'.matchAll(/[a-z](\\d)/g)) log.push(whole + digit);
    for (const byte of new Uint8Array([1, 2])) log.push(byte);`,
  'leaves all else alone': `
    for (const [key, value] of new Map([[1, 'x']])) log.push(key, value);
    for (const letter of 'a\\u{1f600}b') log.push(letter);
    for (const one of new Set(list)) log.push(one);
    function* some() { yield 1; yield 2; }
    for (const one of some()) { log.push(one); break; }`,
};

function run(code: string): unknown {
  return runInNewContext(`${code}\nconst log = []; run([1, 2, 3, 4, 5, 6], log); JSON.stringify(log)`);
}

describe('loops that are compiled to numbers', () => {
  it.each(Object.entries(BODIES))('%s', (_name, body) => {
    const { plain, counted } = compiled(
      `function run(list: readonly number[], log: (number | string)[]): void {${body}\n}`,
    );
    expect(run(counted)).toBe(run(plain));
  });

  it('make no iterator for arrays', () => {
    const { counted } = compiled(
      'export function f(list: readonly [number, string][]) { for (const [a, b] of list) console.log(a, b); }',
    );
    expect(counted).not.toContain(' of ');
    expect(counted).toContain('{ 0: a, 1: b }');
  });
});
