import { describe, expect, it } from 'vitest';
import { createJavascriptFrontend } from '../../../../src/static/frontends/javascript/frontend.ts';
import { outlineOfProgram } from '../outline.ts';

const frontend = await createJavascriptFrontend();

/** Code that Node runs and that parsers made for modules or for strict mode refuse or misread. */
const EVASIONS: readonly (readonly [string, string])[] = [
  ['an octal literal', 'var x = 017; eval(x)'],
  ['an octal escape in a string', 'var x = "\\07"; eval(x)'],
  ['a decimal with a leading zero', 'var x = 08.5; eval(x)'],
  ['an HTML-like comment at the start', '<!-- hello\neval(x)'],
  ['an HTML-like comment after code', 'x <!-- hello (\neval(x)'],
  ['an HTML-like comment at the end of a line', 'x\n --> hello (\neval(x)'],
  ['a closing mark after a comment', 'x\n/* a */ /* b */ --> hello (\neval(x)'],
  ['a comment that only the other reading sees', 'a <!--b /*\neval(x)\n// */'],
  ['a comment behind which the other reading sees a module', 'a <!--b; export {}; /*\neval(x)\n// */'],
  ['one HTML-like comment behind another', 'a <!--b /*\nc <!--d /*\neval(x)\n// */'],
  ['with', 'with (a) eval(x)'],
  ['return outside of a function', 'return eval(x)'],
  ['a function named like a keyword', 'var await = 1, yield = 2, let; eval(x)'],
  ['for-in with an initializer', 'for (var i = 0 in {}) eval(x)'],
  ['duplicate parameters', 'function f(a, a) { eval(x) }'],
  ['an escaped name', '\\u{65}v\\u0061l(x)'],
  ['a line separator that ends a comment', '// hello \u2028eval(x)'],
  ['a byte order mark and a hashbang', '\ufeff#!/usr/bin/env node\neval(x)'],
];

describe('evasions', () => {
  it.each(EVASIONS)('sees through %s', (_, code) => {
    expect(outlineOfProgram(frontend.parse(code, 'javascript', 'a.js'))).toContain('eval(x)');
  });

  it('cooks octal numbers and escapes as Node does', () => {
    const parsed = frontend.parse('f(017, "\\141\\07")', 'javascript', 'a.js');
    expect(outlineOfProgram(parsed)).toBe('f(15, "a\\u0007")');
    expect(parsed.status).toBe('complete');
  });

  it('leaves such marks alone inside strings, templates and comments', () => {
    const parsed = frontend.parse('f("<!-- a", `\n--> b`, /<!--/) // <!-- c', 'javascript', 'a.js');
    expect(outlineOfProgram(parsed)).toBe('f("<!-- a", "\\n--> b", other())');
    expect(parsed.status).toBe('complete');
  });

  it('reads them as operators in a module', () => {
    const parsed = frontend.parse('f(a <!--b)\nexport {}', 'javascript', 'a.mjs');
    expect(outlineOfProgram(parsed)).toBe('f((a < !(--(b))))');
  });

  it('keeps the code around a syntax error and says where it is', () => {
    const parsed = frontend.parse('f(1);\nlet = = 2;\neval(x)', 'javascript', 'a.js');
    expect(outlineOfProgram(parsed)).toMatch(/^f\(1\).*eval\(x\)$/);
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toMatch(/^line 2, column \d+: /);
  });
});

describe('comments', () => {
  it('finds them between literals that look like them', () => {
    const code = '#!/x // y\nf("// a", `/* ${b /* c */} */`, /\\/\\*/) // d\n/* e\n*/';
    const { program } = frontend.parse(code, 'javascript', 'a.js');
    expect(program?.comments.map(({ start, end }) => code.slice(start, end))).toEqual([
      '/* c */',
      '// d',
      '/* e\n*/',
    ]);
  });
});

describe('texts made to hurt', () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ['a chain of members', `x${'.a'.repeat(100_000)}; eval(x)`],
    ['a chain of calls', `x${'()'.repeat(50_000)}; eval(x)`],
    ['a sum of strings', `x = "a"${' + "b"'.repeat(50_000)}; eval(x)`],
    ['a sum of names', `x = a${' + b'.repeat(50_000)}; eval(x)`],
    ['a sequence', `${'a, '.repeat(50_000)} eval(x)`],
    ['or after or', `${'a || '.repeat(50_000)} eval(x)`],
    ['open comments', `eval(x); ${'/* '.repeat(100_000)}`],
    ['open HTML-like comments', `eval(x);\n${'/**/<!--'.repeat(50_000)}`],
    ['closing marks', `eval(x);\n${'a-->/**/'.repeat(50_000)}`],
  ];

  it.each(HOSTILE)('%s', (_, code) => {
    const parsed = frontend.parse(code, 'javascript', 'a.js');
    expect(parsed.status).not.toBe('unparsed');
    expect(callsOf(parsed.program)).toContain('eval');
  });

  it('lowers what nests deeper than the limit on its own and says so', () => {
    const depth = 900;
    const parsed = frontend.parse(`${'!'.repeat(depth)}eval(x)`, 'javascript', 'a.js');
    expect(parsed.status).toBe('recovered');
    expect(callsOf(parsed.program)).toContain('eval');
  });

  it.each([
    ['brackets', (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`, 401],
    ['negations', (depth: number) => `${'!'.repeat(depth)}1`, 1_600],
    ['choices', (depth: number) => `${'a?b:'.repeat(depth)}1`, 1_600],
    ['conditions', (depth: number) => `${'if(x)'.repeat(depth)};`, 1_600],
    ['lists behind async', (depth: number) => 'f(async ({ a }, '.repeat(depth), 60],
  ])('gives up on %s before it depends on the stack', (_what, nested, depth) => {
    expect(frontend.parse(nested(depth), 'javascript', 'a.js').problem).toBe('nests too deep to parse');
  });

  it('reads asynchronous functions in each other, and any number beside each other', () => {
    const inside = `${'f(async (a, { b }) => { '.repeat(60)}${'});'.repeat(60)}`;
    const beside = "g('(', async (a) => { await h(a); });\n".repeat(60);
    expect(frontend.parse(inside + beside, 'javascript', 'a.js').problem).toBeNull();
  });

  it('reads long sums and chains, which are no nesting', () => {
    const text = `a${'+a'.repeat(5_000)};b${'.b'.repeat(5_000)}`;
    expect(frontend.parse(text, 'javascript', 'a.js').problem ?? '').not.toContain('too deep to parse');
  });

  it('gives up on what overflows the parser, without throwing', () => {
    const depth = 200_000;
    const parsed = frontend.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`, 'javascript', 'a.js');
    expect(parsed).toMatchObject({ status: 'unparsed', program: null });
    expect(parsed.problem).toBe('nests too deep to parse');
  });

  it('does not parse more than eight million characters', () => {
    const parsed = frontend.parse('a;'.repeat(4_400_000), 'javascript', 'a.js');
    expect(parsed.status).toBe('unparsed');
    expect(parsed.problem).toContain('longer than');
  });
});

/** The names that are called anywhere in a tree, without recursion. */
function callsOf(tree: unknown): string[] {
  const names: string[] = [];
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { kind, callee } = node as { kind?: string; callee?: { kind: string; name?: string } };
    if (kind === 'call' && callee?.kind === 'name') names.push(callee.name ?? '');
    for (const child of Object.values(node)) pending.push(child);
  }
  return names;
}
