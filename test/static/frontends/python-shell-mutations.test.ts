import { expect, it } from 'vitest';
import type { Frontend, Language, Span } from '../../../src/model/program.ts';
import { createPythonFrontend } from '../../../src/static/frontends/python/frontend.ts';
import { createShellFrontend } from '../../../src/static/frontends/shell/frontend.ts';

const PYTHON =
  'import os\n@d(1)\nclass A(B):\n  def f(self, a: int = g(), *b) -> c:\n    """doc"""\n    x = [y async for y in z() if y] + {1: f"{y!r:>{w}}"}[0][1:2]\n    with open(p) as h, i: return lambda q: h.read()\n  match m:\n    case {"k": v, **r} if t(v): pass\ntry: a = b = yield\nexcept E as e: raise F() from e\nprint >>s, "x"\n';
const SHELL =
  'X=1 c"ur"l -d "$X" $(id) `pwd` > f 2>&1 <<E | sh && d || e\n a $b $(c)\nE\nif [ -f "$x" ]; then { a; b; } > f; fi\nwhile read l; do case $l in a|b) c;; esac; done < g\nf() { echo "${x:-$(y)}" $((1 + z)); }\nexport A=$\'\\x41\' B=(1 2); ! [[ -n $x && $y =~ ^a ]]\n';
const PIECES =
  '( ) [ { } " \' """ : $( ` <<E | && if def class lambda \\ f"{ \0 \r \ud800 match case done ${ (( async @ = , ** ; #'
    .split(' ')
    .concat('\n', '  ', '\t');

/** The same sequence on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
}

function mutate(text: string, next: (below: number) => number): string {
  let mutant = text;
  for (let times = 1 + next(6); times > 0; times--) {
    const at = next(mutant.length + 1);
    const inserted =
      next(2) === 0 ? PIECES[next(PIECES.length)]! : text.slice(next(text.length)).slice(0, 40);
    mutant = mutant.slice(0, at) + inserted + mutant.slice(at + next(20));
  }
  return mutant;
}

it.each<[Language, () => Frontend | Promise<Frontend>, string]>([
  ['python', createPythonFrontend, PYTHON],
  ['shell', createShellFrontend, SHELL],
])('never throws on broken %s, and every span lies in the text', async (language, create, text) => {
  const frontend = await create();
  const next = numbers(7);
  const statuses = new Set<string>();
  for (let round = 0; round < 400; round++) {
    const mutant = mutate(text, next);
    const parsed = frontend.parse(mutant, language, 'x');
    statuses.add(parsed.status);
    JSON.stringify(parsed.program, (key, value: unknown) => {
      const { start, end } = key === 'span' ? (value as Span) : { start: 0, end: 0 };
      if (!(start >= 0 && end >= start && end <= mutant.length)) {
        expect.fail(`span ${start}-${end} in ${JSON.stringify(mutant)}`);
      }
      return value;
    });
  }
  expect(statuses).toEqual(new Set(['complete', 'recovered']));
});
