import { expect } from 'vitest';
import type { ParsedText } from '../../../src/model/program.ts';

/** A generator of numbers below `bound`, the same every time. */
function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % bound;
  };
}

/** What is left of a text when something in it is cut out, put in or doubled. */
function damagedOnce(text: string, pieces: readonly string[], below: (bound: number) => number): string {
  const at = below(text.length);
  const end = at + below(40);
  switch (below(3)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + (pieces[below(pieces.length)] ?? '') + text.slice(at);
    default:
      return text.slice(0, end) + text.slice(at);
  }
}

/** A text damaged in one to six places, the same ones for a seed. @param pieces what may be put in */
function damaged(text: string, pieces: readonly string[], seed: number): string {
  const below = random(seed);
  let left = text;
  for (let times = below(6); times >= 0; times--) left = damagedOnce(left, pieces, below);
  return left;
}

/** No damage makes a parser fail; what it says of itself agrees, and every span lies within the text. */
export function survivesDamage(
  parse: (text: string) => ParsedText,
  source: string,
  pieces: readonly string[],
): void {
  for (let seed = 1; seed <= 600; seed++) {
    const text = damaged(source, pieces, seed);
    const parsed = parse(text);
    expect(parsed.problem ?? '', text).not.toContain('the parser failed');
    expect(parsed.problem === null, text).toBe(parsed.status === 'complete');
    const spans = JSON.stringify(parsed.program?.body ?? []).matchAll(
      /"span":\{"start":(\d+),"end":(\d+)\}/g,
    );
    const outside = [...spans].filter(
      ([, start, end]) => Number(start) > Number(end) || Number(end) > text.length,
    );
    expect(
      outside.map(([span]) => span),
      text,
    ).toEqual([]);
  }
}
