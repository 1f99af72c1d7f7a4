import { describe, expect, it } from 'vitest';
import { createPythonFrontend } from '../../../src/static/frontends/python/frontend.ts';
import { callsIn, calleeText } from './shape.ts';

const frontend = createPythonFrontend();

function calleesOf(text: string): string[] {
  return callsIn(frontend.parse(text, 'python', 'module.py').program?.body ?? []).map((call) =>
    calleeText(call.callee),
  );
}

/** Text that CPython refuses; each calls `hidden` where a reader, or another version of Python, would find it. */
const DAMAGED: readonly string[] = [
  // Brackets.
  'a(\nhidden(x)\n',
  'a(b, c\nhidden(x)\ny = 1\n',
  'a = [1, 2\nhidden(x)',
  'a = {1: 2,\nhidden(x)',
  'a(b]\nhidden(x)',
  'a = (b]\nhidden(x)',
  'a = b)\nhidden(x)',
  'a = ]]]\nhidden(x)',
  'def f(a, b\n  return a\nhidden(x)',
  'def f(:\n  pass\nhidden(x)',
  'def f(a, b:\n  hidden(x)',
  'class A(:\n  hidden(x)',
  'class A(B\n  def f(self):\n    hidden(x)',
  'a((((\nimport os\nhidden(x)',
  'a(b c hidden(x))',
  'a(b=, c=hidden(x))',
  'a(if hidden(x))',
  'a([b, {c: (d, hidden(x)',
  'x[1:hidden(x)',
  'x[hidden(x) 2]',
  '{a: , b: hidden(x)}',
  '{a: b, hidden(x)}',
  '[a for b in]\nhidden(x)',
  '[a for in hidden(x)]',
  '(a, , hidden(x))',
  // Strings.
  "a = 'b\nhidden(x)",
  "a('b)\nhidden(x)",
  "a = '''b\nhidden(x)",
  "'''doc\nhidden(x)\nb = 'c'",
  'a = """b\'\'\'\nhidden(x)',
  'a = f"{b\nhidden(x)',
  'a = f"{b"\nhidden(x)',
  'a = f"{"\nhidden(x)',
  'a = f"}" + hidden(x)',
  'a = f"{}{hidden(x)}"',
  'a = f"{b!}{hidden(x)}"',
  'a = f"{b c hidden(x)}"',
  'a = f"""{b\nhidden(x)',
  'a = f"{b:{hidden(x)}',
  // Statements.
  'a b hidden(x)',
  'a = = hidden(x)',
  'a = \nhidden(x)',
  'a +\nhidden(x)',
  'a. \nhidden(x)',
  'a.1\nhidden(x)',
  'import\nhidden(x)',
  'from a\nhidden(x)',
  'from a import (b,\nhidden(x)',
  'from . import\nhidden(x)',
  'return return hidden(x)',
  'del\nhidden(x)',
  'lambda: \nhidden(x)',
  'lambda a b: hidden(x)',
  'a if b\nhidden(x)',
  'a if hidden(x)',
  'not\nhidden(x)',
  'a = yield from\nhidden(x)',
  'global; hidden(x)',
  'a $ b ? hidden(x)',
  '!ls\nhidden(x)',
  'a \\ b\nhidden(x)',
  '<<<<<<< HEAD\na()\n=======\nhidden(x)\n>>>>>>> other',
  // Headers and blocks.
  'if a\n  hidden(x)',
  'if\n  hidden(x)',
  'if a b c:\n  hidden(x)',
  'while a hidden(x):\n  pass',
  'for a hidden(x):\n  pass',
  'for a in\n  hidden(x)',
  'for a in b\n  hidden(x)',
  'with\n  hidden(x)',
  'with a as:\n  hidden(x)',
  'with (a as b, hidden(x) c):\n  pass',
  'try:\n  a()\nhidden(x)',
  'try\n  hidden(x)',
  'try:\n  a()\nexcept b as:\n  hidden(x)',
  'else:\n  hidden(x)',
  'elif a:\n  hidden(x)',
  'except:\n  hidden(x)',
  'def f\n  hidden(x)',
  'def (a):\n  hidden(x)',
  'def f(a, 1, b=hidden(x)): pass',
  'def f(a) -> : hidden(x)',
  'class\n  hidden(x)',
  '@\ndef f(): hidden(x)',
  '@a\nhidden(x)',
  '@a b\ndef f(): hidden(x)',
  'if a: for b in c: hidden(x)',
  'if a:\nhidden(x)',
  'if a:\n    b()\n  hidden(x)',
  'a()\n    hidden(x)',
  'a()\n        b()\n    hidden(x)\nc()',
  'match a:\n  b()\n  case c: hidden(x)',
  'match a:\n  case [b: hidden(x)',
  'match a:\n  case b if: hidden(x)',
  'x = def f(): hidden(x)',
];

describe('damaged Python', () => {
  it.each(DAMAGED)('still shows the call, and tells of the damage: %j', (text) => {
    expect(calleesOf(text).filter((callee) => callee === 'hidden')).toEqual(['hidden']);
    expect(frontend.parse(text, 'python', 'x.py')).toMatchObject({
      status: 'recovered',
      problem: expect.stringMatching(/^syntax error at line \d+$/) as unknown,
    });
  });

  it('keeps assignments behind an open bracket apart, so that they fold', () => {
    const body = frontend.parse('a(b,\nc = "d"\nhidden(c)\n', 'python', 'x.py').program?.body ?? [];
    expect(body.map(({ kind }) => kind)).toEqual(['expression', 'assign', 'expression']);
  });
});

/** What CPython reads in a way one might not expect, with the calls in it. */
const ODD: readonly (readonly [text: string, callees: readonly string[]])[] = [
  ['\ufeffa()', ['a']],
  ['if a:\n\x0c  b()\n\x0cc()', ['b', 'c']],
  ['\n'.repeat(100_000) + 'a()', ['a']],
  ['if a:\n\tb()\n        c()', ['b', 'c']],
  ['if a:\r\n  b()\r\nc()\rd()', ['b', 'c', 'd']],
  ['a(\\\r\n  b())', ['a', 'b']],
  ['if a: \\\n  b()\nc()', ['b', 'c']],
  ['x = 1_000; a(0x_ff, 0b1, 1.e5, .5j, 1if b else 2)', ['a']],
  ['match = a(); match[b()]; match(c()); match * d(); match, e()', ['a', 'b', 'c', 'd', 'e', 'match']],
  ['type = a(); type(b()); type[c()]; type.d()', ['a', 'b', 'c', 'type', 'type.d']],
  ['case = a(); _ = b(); print = c(); exec = d()', ['a', 'b', 'c', 'd']],
  ['type A[T: (int, str)] = a\ntype B = b[c()]', ['c']],
  ['def f[T: a(), *U, **V](x: T) -> T: b()', ['a', 'b']],
  ['class A[T](B, c=d()): e()', ['d', 'e']],
  ['try: a()\nexcept* b: c()', ['a', 'c']],
  ['f"{a(f"{b("c")}")}" f\'{d["e"]()}\'', ['?', 'a', 'b']],
  ['f"{a()=} {b()!r:>{c()}} {{d()}} {e():%H:%M}"', ['a', 'b', 'c', 'e']],
  ['f"{lambda x: a()}" f"{(lambda x: b())}"', ['b']],
  ['f"{\n  a()  # comment }\n}"', ['a']],
  ['f"\\N{LEFT CURLY BRACKET}{a()}" rf"\\{b()}"', ['a', 'b']],
  ['t"{a()}" tr"{b()}"', ['a', 'b']],
  ["f'''{\na('''b''')\n}'''", ['a']],
  [
    'print >>a(), b()\nprint "c" % d()\nprint\nprint -e()\nprint not in f()',
    ['a', 'b', 'd', 'e', 'f', 'print', 'print'],
  ],
  ['exec a() in b(), c()\nexec(d())', ['a', 'b', 'c', 'd', 'exec', 'exec']],
  ['raise a, b(), c()\nx = `d()`\nif a <> e(): pass', ['b', 'c', 'd', 'e', 'repr']],
  ['def f((a, b), c=d()): pass\nlambda (a, b): e()', ['d', 'e']],
  ['x = ur"a" + a(0777L, 10l)', ['a']],
  ['a = [b for b in c(), d()]', ['c', 'd']],
  ['async = a(async=b()); await = c', ['a', 'b']],
  ['x = ( # c )\n a() # (\n)', ['a']],
  [
    'with (a()) as b, (c(), d()): e()\nwith (f() as g, h(),): i()\nwith (j() for k in l): m()',
    [...'acdefhijm'],
  ],
  ['x: a() = b()\n(y): c()\nz[d()]: int', ['a', 'b', 'c', 'd']],
  ['a(*b(), **c(), d=e(), *f())(g() for h in i())', ['?', 'a', 'b', 'c', 'e', 'f', 'g', 'i']],
  ['x[a():b():c(), ..., ::d(), *e()]', ['a', 'b', 'c', 'd', 'e']],
  ['lambda *a, b=c(), **d: e(); lambda: (yield f())', ['c', 'e', 'f']],
  [
    'match a(), b():\n case {"k": c, **d} | E(f, g=h) as i if j(): k()\n case -1 | 1+2j | "s" "t" | None: l()',
    [...'abjkl'],
  ],
  ['@a\n# b\n\n@c.d(e())\nasync def f(): await g()', ['c.d', 'e', 'g']],
  ['if 1:\n  pass\n  # c\n# d\n  a()\nelse: b()', ['a', 'b']],
  ['ｐｒｉｎｔ(ａ.ｂ()); ｉｆ = c()', ['a.b', 'c', 'print']],
  ['x = """a" b()""" "\\\n" + c()', ['c']],
  ['a()\0; b()', ['a', 'b']],
];

describe('Python as the interpreter reads it', () => {
  it.each(ODD)('sees the calls in %j', (text, callees) => {
    const parsed = frontend.parse(text, 'python', 'x.py');
    if (!text.includes('lambda x: a()}')) expect(parsed.problem).toBeNull();
    expect(calleesOf(text).sort()).toEqual([...callees].sort());
  });
});

describe('text made to be slow', () => {
  const many = (text: string, times = 200_000) => text.repeat(times);
  /** All end with a call that a recursive parser would not get to, and a backtracking one not in time. */
  const hostile: readonly (readonly [name: string, text: string])[] = [
    ['2 MB of parentheses', `${many('(', 2_000_000)}\nhidden(x)`],
    ['closed parentheses', `${many('(')}hidden(x)${many(')')}`],
    ['calls never closed', `${many('f(\n')}hidden(x)`],
    ['mixed brackets', `${many('([{')}\nhidden(x)`],
    ['stray closing brackets', `${many(')]}')}\nhidden(x)`],
    ['brackets closed by others', `${many('(')}${many('}')}\nhidden(x)`],
    ['prefixes', `${many('not - ')}hidden(x)`],
    ['lambdas', `${many('lambda: ')}hidden(x)`],
    ['conditions', `${many('a if b else ')}hidden(x)`],
    ['powers', `${many('a ** ')}hidden(x)`],
    ['sums', `x = ${many('a + ')}hidden(x)`],
    ['mixed sums', `x = ${many('a + b - ')}hidden(x)`],
    ['comparisons', `x = ${many('a < ')}hidden(x)`],
    ['members', `a${many('.b')}.hidden(x)`],
    ['indexes', `a${many('[0]')}.hidden(x)`],
    ['targets', `${many('a = ')}hidden(x)`],
    ['comprehensions', `${many('[a for b in ')}hidden(x)`],
    ['slices', `${many('a[b:')}hidden(x)`],
    ['keyword arguments', `${many('f(a=')}hidden(x)`],
    ['elif clauses', `if a: b\n${many('elif a: b\n')}else: hidden(x)`],
    ['decorators', `${many('@a\n')}def f(): hidden(x)`],
    ['with items', `with ${many('a, ')}hidden(x): pass`],
    ['blocks on one line', `${many('try: ')}hidden(x)`],
    ['defaults', `def f(${many('a=lambda b=')}hidden(x)`],
    ['type parameters', `def f[${many('T:')}](): hidden(x)`],
    ['nested f-strings', `${many('f"{')}hidden(x)${many('}"')}`],
    ['open f-strings', `${many('f"""{')}hidden(x)`],
    ['formats', `f"${many('{a:')}{hidden(x)}${many('}')}"`],
    ['triple quotes', `${many('"""', 200_001)}\nhidden(x)`],
    ['lines with an open quote', `${many("'\n")}hidden(x)`],
    ['damaged indentation', `${many('    if a:\n  if b:\n')}hidden(x)`],
    ['a dictionary of 14,000 entries', `x = {${many('"a": [1, b(c)], ', 14_000)}"z": hidden(x)}`],
    ['a million names', `${many('a b ', 500_000)}hidden(x)`],
    ['match', `${many('match (a):\n')}hidden(x)`],
    ['joined lines', `${many('\\\n')}hidden(x)`],
  ];

  it.each(hostile)('%s: read to the end, no deeper than bounded', (_, text) => {
    const { program } = frontend.parse(text, 'python', 'x.py');
    expect(calleesOf(text)).toContainEqual(expect.stringMatching(/(^|\.)hidden$/));
    expect(depthOf(program?.body)).toBeLessThan(450);
  });
});

/** Levels of nodes within nodes. */
function depthOf(root: unknown): number {
  let deepest = 0;
  const pending: { node: unknown; depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    if (node === null || typeof node !== 'object') continue;
    deepest = Math.max(deepest, depth);
    const inner = 'kind' in node ? depth + 1 : depth;
    for (const value of Object.values(node)) pending.push({ node: value, depth: inner });
  }
  return deepest;
}
