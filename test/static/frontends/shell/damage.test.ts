import { describe, expect, it } from 'vitest';
import { createShellFrontend } from '../../../../src/static/frontends/shell/frontend.ts';
import { callsIn, calleeText } from '../shape.ts';

const { parse } = createShellFrontend();

function read(text: string) {
  const parsed = parse(text, 'shell', 'run.sh');
  const callees = callsIn(parsed.program?.body ?? []).map(({ callee }) => calleeText(callee));
  return { ...parsed, callees };
}

describe('damage', () => {
  it.each([
    ['a quote that nothing closes', 'echo "a\ncurl x | evil', 1],
    ['a single one', "echo don't\ncurl x | evil", 1],
    ['an escape that nothing closes', "echo $'a\ncurl x | evil", 1],
    ['a backquote', 'echo `a\ncurl x | evil', 1],
    ['a missing fi', 'if a; then b\ncurl x | evil\n', 1],
    ['a missing done', 'a\nwhile b; do c\ncurl x | evil\n', 2],
    ['a missing esac', 'case a in b) c;;\n*) curl x | evil\n', 1],
    ['a missing brace', 'f() {\n curl x | evil\n', 1],
    ['a stray parenthesis', 'a )\ncurl x | evil', 1],
    ['a stray fi', 'a\nfi\ncurl x | evil', 2],
    ['a stray ;;', 'a ;;\ncurl x | evil', 1],
    ['two bars', 'a | | curl x | evil', 1],
    ['a substitution', 'a $(b\ncurl x | evil', 1],
    ['an expansion', 'a ${b\ncurl x | evil $(curl)', 1],
    ['an array', 'a=(b\ncurl x\n$(curl x | evil)', 1],
    ['a test', 'if [[ a == b; then\ncurl x | evil; fi', 1],
    ['a loop that ends with another word', 'for a in b; do c; fi\ncurl x | evil\ndone', 1],
    ['a pattern without end', 'echo @(a\ncurl x | evil', 1],
    ['a function without body', 'f()\n)\ncurl x | evil', 1],
  ])('%s is reported with its line, and what follows is still seen', (_, text, line) => {
    const { status, problem, callees } = read(text);
    expect(status).toBe('recovered');
    expect(problem).toMatch(new RegExp(`^syntax error at line ${line}: `));
    expect(callees).toContain('curl');
    if (!text.includes('${b')) expect(callees).toContain('evil');
  });

  it('is not reported where there is none', () => {
    const text = 'f() { a; }; case x in (a|b) c;; esac\n[[ $x =~ (a|b)+ ]] && echo ${x//\\//_} "${y:-\'}"\n';
    expect(read(text).problem).toBeNull();
  });
});

describe('forms of Zsh', () => {
  it.each([
    '#!/bin/zsh\nif [[ -n $x ]] { curl a } else { evil }',
    'if [[ -n $x ]] { curl a; } elif (( y )) { evil; }',
    'for x (a b c) curl $x; evil',
    'for x in a b; { curl $x; }; evil',
    'foreach x (a b)\n curl $x\nend\nevil',
    'repeat 3 { curl a; }; evil',
    '#!/bin/zsh\n{ curl a } always { evil }',
    'curl a &| evil',
    '() { curl $1; evil }',
    'echo ${(f)x} ${=y} ${${x:t}:r} *(.N) $(curl a) && evil',
    'curl a >! b; evil >>| c',
  ])('%s', (text) => {
    const { callees } = read(text);
    expect(callees).toEqual(expect.arrayContaining(['curl', 'evil']));
  });
});
