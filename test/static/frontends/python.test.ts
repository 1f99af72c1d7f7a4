import { describe, expect, it } from 'vitest';
import type { Expression, ParsedText, Statement } from '../../../src/model/program.ts';
import { createPythonFrontend } from '../../../src/static/frontends/python/frontend.ts';
import { callsIn, calleeText, withoutSpans } from './shape.ts';

const frontend = createPythonFrontend();

function parse(text: string): ParsedText {
  return frontend.parse(text, 'python', 'module.py');
}

function statements(text: string): readonly Statement[] {
  const parsed = parse(text);
  expect(parsed.problem).toBeNull();
  return parsed.program?.body ?? [];
}

function expression(text: string): Expression {
  const [statement] = statements(text);
  if (statement?.kind !== 'expression') {
    throw new Error(`not an expression statement: ${statement?.kind}`);
  }
  return statement.expression;
}

function callees(text: string): string[] {
  return callsIn(parse(text).program?.body ?? [])
    .map((call) => calleeText(call.callee))
    .sort();
}

const name = (text: string) => ({ kind: 'name', name: text });
const literal = (value: string | number | boolean | null) => ({ kind: 'literal', value });

describe('expressions', () => {
  it('keeps callee, positions, keywords and spreads of a call', () => {
    expect(withoutSpans(expression('a.b(1, *c, d="e", **f)'))).toEqual({
      kind: 'call',
      callee: { kind: 'member', object: name('a'), property: 'b' },
      args: [
        { name: null, value: literal(1) },
        { name: '*', value: name('c') },
        { name: 'd', value: literal('e') },
        { name: '**', value: name('f') },
      ],
    });
  });

  it.each([
    [
      String.raw`'\x41\u0042\103\n\
d'`,
      'ABC\nd',
    ],
    [String.raw`r'\x41'`, String.raw`\x41`],
    [String.raw`'\N{LATIN SMALL LETTER E}val\q'`, String.raw`eval\q`],
    [`'a' "b" '''c'''`, 'abc'],
    ['"""a\r\nb"""', 'a\nb'],
  ])('decodes the string %s', (source, value) => {
    expect(withoutSpans(expression(`f(${source})`))).toMatchObject({ args: [{ value: literal(value) }] });
  });

  it('marks bytes and leaves their \\u alone', () => {
    expect(withoutSpans(expression(String.raw`f(b'\x41\u0042')`))).toMatchObject({
      args: [{ value: { kind: 'literal', value: String.raw`A\u0042`, bytes: true } }],
    });
  });

  it('makes a template of an f-string, braces and neighbours included', () => {
    expect(withoutSpans(expression(`f'a{b()}{{c' 'd'`))).toEqual({
      kind: 'template',
      parts: [literal('a'), { kind: 'call', callee: name('b'), args: [] }, literal('{c'), literal('d')],
    });
  });

  it.each([
    ['0x1F', 31],
    ['1_000', 1000],
    ['0o17', 15],
    ['017', 15],
    ['10L', 10],
    ['1.5e3', 1500],
  ])('reads the number %s', (source, value) => {
    expect(withoutSpans(expression(`f(${source})`))).toMatchObject({ args: [{ value: literal(value) }] });
  });

  it('does not claim a value for a number it cannot hold', () => {
    expect(withoutSpans(expression('f(123456789012345678901)'))).toMatchObject({
      args: [{ value: { kind: 'other' } }],
    });
  });

  it('nests comprehension clauses from the outside in', () => {
    expect(withoutSpans(expression('[a for b in c if d for e in f]'))).toEqual({
      kind: 'comprehension',
      element: {
        kind: 'comprehension',
        element: name('a'),
        binding: name('e'),
        iterable: name('f'),
        conditions: [],
      },
      binding: name('b'),
      iterable: name('c'),
      conditions: [name('d')],
    });
  });

  it('reads slices with parts left out', () => {
    expect(withoutSpans(expression('a[::-1]'))).toEqual({
      kind: 'slice',
      object: name('a'),
      start: null,
      stop: null,
      step: { kind: 'unary', operator: '-', operand: literal(1) },
    });
  });

  it('sees identifiers as CPython compares them', () => {
    expect(callees('ｅｖａｌ(x)')).toEqual(['eval']);
  });

  it('gives spans that point into the text', () => {
    const text = '# é\nfoo(a)';
    const [call] = callsIn(statements(text));
    expect(text.slice(call!.span.start, call!.span.end)).toBe('foo(a)');
  });
});

describe('statements', () => {
  it('lowers imports to module, level and bindings', () => {
    expect(withoutSpans(statements('import a.b, c as d\nfrom ..e import f as g\nfrom h import *'))).toEqual([
      { kind: 'import', module: 'a.b', level: 0, bindings: [{ imported: null, local: 'a' }] },
      { kind: 'import', module: 'c', level: 0, bindings: [{ imported: null, local: 'd' }] },
      { kind: 'import', module: 'e', level: 2, bindings: [{ imported: 'f', local: 'g' }] },
      { kind: 'import', module: 'h', level: 0, bindings: [{ imported: '*', local: '*' }] },
    ]);
  });

  it('lowers classes and functions with decorators, defaults and docstrings', () => {
    const [statement] = statements(
      '@d(1)\nclass A(B, metaclass=M):\n  "what it is"\n  async def f(self, a=g(), *b, **c): return a',
    );
    expect(withoutSpans(statement)).toMatchObject({
      kind: 'class',
      name: 'A',
      bases: [name('B'), { kind: 'other', children: [name('M')] }],
      decorators: [{ kind: 'call' }],
      documentation: 'what it is',
      body: [
        {
          kind: 'function',
          definition: {
            name: 'f',
            parameters: [
              { name: 'self', default: null, rest: null },
              { name: 'a', default: { kind: 'call' }, rest: null },
              { name: 'b', default: null, rest: '*' },
              { name: 'c', default: null, rest: '**' },
            ],
            body: [{ kind: 'return', value: name('a') }],
          },
        },
      ],
    });
  });

  it('nests elif under the test before it', () => {
    expect(withoutSpans(statements('if a: b()\nelif c: d()\nelse: e()'))).toMatchObject([
      {
        kind: 'branch',
        test: name('a'),
        branches: [
          [{ kind: 'expression' }],
          [
            {
              kind: 'branch',
              test: name('c'),
              branches: [[{ kind: 'expression' }], [{ kind: 'expression' }]],
            },
          ],
        ],
      },
    ]);
  });

  it('nests the items of a with statement', () => {
    expect(withoutSpans(statements('with a() as b, c: d'))).toMatchObject([
      {
        kind: 'with',
        value: { kind: 'call' },
        binding: name('b'),
        body: [{ kind: 'with', value: name('c'), binding: null, body: [{ kind: 'expression' }] }],
      },
    ]);
  });

  it('binds what a pattern captures to what is matched', () => {
    expect(withoutSpans(statements('match m:\n  case {"k": v, **r} if g(v): s()'))).toEqual([
      {
        kind: 'branch',
        test: name('m'),
        branches: [
          [
            { kind: 'assign', target: name('v'), value: name('m'), operator: '=' },
            { kind: 'assign', target: name('r'), value: name('m'), operator: '=' },
            expect.objectContaining({ kind: 'branch' }),
          ],
        ],
      },
    ]);
  });

  it('reads Python 2', () => {
    expect(callees('print >>f, g(x)\nexec "code" in h()\ntry: i()\nexcept A, e: j()')).toEqual([
      'exec',
      'g',
      'h',
      'i',
      'j',
      'print',
    ]);
  });

  it.each([
    'try:\n  a()\nexcept b() as c: d()\nelse: e()\nfinally: f(g)(h)',
    'for x in a():\n  b()\nelse: c(d(e()))\nf()',
    'while a(): b()\nassert c(), d()\nraise e() from f()',
    'x: a() = b()\ndef g(y: c() = d()) -> e(): f()',
    'x = y = a()\nx += b(lambda: c())\ndel d()[e()]\ny = (z := f())',
    'async def q():\n  async with a() as b[c()]: await d()\n  yield e()\n  yield from f()(g)',
  ])('loses no call in %j', (text) => {
    expect(callees(text)).toHaveLength(6);
  });

  it('collects comments as spans', () => {
    const text = 'a # one\n# two\n"# no"';
    const spans = parse(text).program?.comments ?? [];
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['# one', '# two']);
  });
});

describe('hostile text', () => {
  it('ends a comment at a lone carriage return, as CPython does', () => {
    expect(callees('# comment\reval(x)')).toEqual(['eval']);
  });

  it('keeps what stands around a syntax error, and says where it is', () => {
    const parsed = parse('a()\nb(\ndef f(:\n  pass\nos.system(x)\n');
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toMatch(/^syntax error at line \d/);
    expect(callsIn(parsed.program?.body ?? []).map((call) => calleeText(call.callee))).toEqual(
      expect.arrayContaining(['a', 'os.system']),
    );
  });

  it('takes a name before an unclosed parenthesis for a call', () => {
    expect(callees('os.system("x"')).toEqual(['os.system']);
  });

  it.each([
    ['parentheses', '('.repeat(20_000) + 'eval(x)' + ')'.repeat(20_000)],
    ['calls', 'f('.repeat(5_000) + 'eval(x)' + ')'.repeat(5_000)],
    [
      'blocks',
      Array.from({ length: 1_000 }, (_, at) => ' '.repeat(at) + 'if a:\n').join('') +
        ' '.repeat(1_000) +
        'eval(x)',
    ],
    ['methods', 'a' + '.b()'.repeat(5_000) + '.eval(x)'],
    ['unclosed brackets', 'eval(x)\n' + '['.repeat(50_000)],
    ['lambdas', 'lambda: '.repeat(5_000) + 'eval(x)'],
    ['comparisons', 'a' + ' < b'.repeat(20_000) + ' < eval(x)'],
  ])('survives deeply nested %s and still sees the call inside', (_, text) => {
    const parsed = parse(text);
    const names = callsIn(parsed.program?.body ?? []).map((call) => calleeText(call.callee));
    expect(names.some((callee) => callee.endsWith('eval'))).toBe(true);
  });

  it('says so when the nesting is too deep', () => {
    const parsed = parse('f('.repeat(2_000) + ')'.repeat(2_000));
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toBe('nested deeper than 400 levels at line 1');
  });

  it('balances long sums, so that they are complete and can be folded', () => {
    const parsed = parse('x = ' + Array.from({ length: 10_000 }, () => '"a"').join(' + '));
    expect(parsed.status).toBe('complete');
    let depth = 0;
    let node = (parsed.program?.body[0] as { value: Expression }).value;
    while (node.kind === 'binary') {
      depth += 1;
      node = node.left;
    }
    expect(depth).toBeLessThan(20);
  });

  it('does not parse what is too long, and never calls it complete', () => {
    const parsed = parse('a = 1\n'.repeat(700_000));
    expect(parsed).toMatchObject({ status: 'unparsed', program: null });
  });
});
