import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filledTable } from '../../../src/static/prose/acts/gate.ts';
import { meaningOf, phrasesFrom } from '../../../src/static/prose/acts/lexicon.ts';
import { compileWordTables } from '../../../src/static/prose/acts/word-tables.ts';

const built = (name: string): URL => new URL(`../../../dist/static/prose/acts/${name}`, import.meta.url);

describe('the tables of words', () => {
  it('are those that the build left', () => {
    expect(JSON.parse(readFileSync(built('word-tables.json'), 'utf8'))).toEqual(compileWordTables());
    expect(readFileSync(built('gate.bin')).equals(filledTable())).toBe(true);
  });

  it('say nothing of names that every object has', () => {
    for (const word of ['constructor', '__proto__', 'tostring', 'hasOwnProperty', 'valueOf']) {
      expect(meaningOf(word)).toBeNull();
      expect(phrasesFrom(word)).toEqual([]);
    }
  });

  it('know words, stems and groups', () => {
    expect([...(meaningOf('disregard') ?? [])]).toContainEqual(['disregard', 1]);
    expect(phrasesFrom('pay').map(({ rest }) => rest.join(' '))).toContain('no attention to');
    expect(meaningOf('qqqzzz')).toBeNull();
  });
});
