import { describe, expect, it } from 'vitest';
import { WORDINGS } from '../../../src/static/prose/deeds/wordings.ts';
import { matchingTexts } from '../../support/matching-texts.ts';

describe('the wordings of silence', () => {
  const all = WORDINGS.flatMap(([silence, wordings]) =>
    wordings.map(([needs, source]) => ({ silence, needs: needs.split(' '), source })),
  );

  it.each(all)(
    'hold one of the words by which they are asked for: $silence, $source',
    ({ needs, source }) => {
      const texts = matchingTexts(source, 2000);
      expect(texts.length).toBeGreaterThan(200);
      const missed = texts.filter((text) => {
        const words = new Set(text.toLowerCase().match(/[a-z]+/g));
        return !needs.some((word) => words.has(word));
      });
      expect(missed).toEqual([]);
    },
  );
});
