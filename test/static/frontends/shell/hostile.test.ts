import { describe, expect, it } from 'vitest';
import { createShellFrontend } from '../../../../src/static/frontends/shell/frontend.ts';
import { callsIn, calleeText } from '../shape.ts';

const { parse } = createShellFrontend();

/** Far more than linear reading takes on a slow machine, far less than quadratic reading takes on a fast one. */
const LIMIT_MS = 20_000;

function read(text: string) {
  const start = performance.now();
  const parsed = parse(text, 'shell', 'run.sh');
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  return parsed;
}

function callees(text: string): Set<string> {
  return new Set(callsIn(read(text).program?.body ?? []).map(({ callee }) => calleeText(callee)));
}

describe('what nests without end', () => {
  it.each([
    ['$('],
    ['"$('],
    ['"${x:-'],
    ['${x:-$('],
    ['$(( $('],
    ['(( '],
    ['{ '],
    ['<('],
    ['f() { '],
    ['if '],
    ['while a; do '],
    ['case a in b) '],
    ['[[ ( '],
    ['a=('],
    ['cat <<E\n$('],
  ])('%j many times over is reported', (opening) => {
    const parsed = read(`${opening.repeat(20_000)}a`);
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toMatch(/nested deeper than 100 levels|syntax error/);
  });

  it.each([
    ['$( )', '$('.repeat(3_000) + 'evil' + ')'.repeat(3_000)],
    ['{ }', '{ '.repeat(3_000) + 'evil; ' + '}; '.repeat(3_000)],
    ['if fi', 'if a; then '.repeat(3_000) + 'evil; ' + 'fi; '.repeat(3_000)],
    ['case esac', 'case a in b) '.repeat(3_000) + 'evil;; ' + 'esac;; '.repeat(3_000)],
    ['while done', 'while a; do '.repeat(3_000) + 'evil; ' + 'done; '.repeat(3_000)],
    ['"$( )"', '"$('.repeat(3_000) + 'evil' + ')"'.repeat(3_000)],
    ['${x:-$( )}', '${x:-$('.repeat(3_000) + 'evil' + ')}'.repeat(3_000)],
    ['$(( ))', '$(('.repeat(3_000) + '$(evil)' + '))'.repeat(3_000)],
  ])('%s has its innermost command, and the one behind it', (_, text) => {
    const parsed = read(`${text}\nbehind`);
    expect(parsed.problem).toContain('nested deeper than 100 levels at line 1');
    expect(parsed.isCutOff).toBe(true);
    const found = callees(`${text}\nbehind`);
    expect(found).toContain('evil');
    expect(found).toContain('behind');
  });
});

describe('what is long', () => {
  it.each([
    ['parentheses', '('.repeat(500_000)],
    ['one line', 'echo ' + 'abc '.repeat(250_000)],
    ['one word', 'a'.repeat(2_000_000)],
    ['here-documents', 'cat <<E\nx\nE\n'.repeat(30_000)],
    ['here-documents on one line', 'cat ' + '<<E '.repeat(30_000) + '\n' + 'E\n'.repeat(30_000)],
    ['a here-document without end', 'cat <<E\n' + 'x y\n'.repeat(100_000)],
    ['quotes', `"a" 'b' `.repeat(50_000) + '"'],
    ['backquotes', '`\\`'.repeat(50_000)],
    ['subscripts', 'a[1\n'.repeat(50_000)],
    ['sums', `echo $((${'1+'.repeat(100_000)}1))`],
    ['assignments', 'a=1 '.repeat(50_000)],
    ['elif', `if a; then b; ${'elif a; then b; '.repeat(20_000)}fi`],
    ['pipes', 'a | '.repeat(30_000) + 'b'],
    ['negations', '! '.repeat(100_000) + 'a'],
  ])('%s are read in linear time', (_, text) => {
    expect(read(text).program).not.toBeNull();
  });
});

describe('braces that stand for too many words', () => {
  it.each([
    ['{curl,-s}' + '{,}'.repeat(20), ['curl']],
    ['{a,b}'.repeat(30_000), ['a']],
    ['{1..9}'.repeat(30_000), ['1']],
    ['{curl,b,'.repeat(1_000) + 'c' + '}'.repeat(1_000), ['curl']],
  ])('are cut and reported (%#)', (text, names) => {
    const parsed = read(text);
    expect(parsed.problem).toBe('braces that stand for too many words at line 1');
    expect(parsed.isCutOff).toBe(true);
    expect([...callees(text)]).toEqual(names);
  });

  it('are expanded as far as they are few', () => {
    expect([...callees('{{curl,x},y}')]).toEqual(['curl']);
    expect(read('for i in {1..100000}; do a; done').problem).toBeNull();
  });
});
