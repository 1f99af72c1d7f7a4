import { describe, expect, it } from 'vitest';
import { matchesDetail } from '../src/detail-pattern.ts';

describe('matchesDetail', () => {
  it.each([
    ['*', 'anything/at/all', true],
    ['**', '', true],
    ['api.example', 'api.example', true],
    ['api.example', 'evil.api.example', false],
    ['*.example', 'api.example', true],
    ['~/.cache/', '~/.cache/x/y', true],
    ['~/.cache/*', '~/.cache/x/y', false],
    ['~/.cache/**', '~/.cache/x/y', true],
    ['file?.txt', 'file1.txt', true],
    ['file?.txt', 'file.txt', false],
    ['a*b*c', 'aXXbYYc', true],
    ['a*b*c', 'aXXbYY', false],
    ['', '', true],
    ['', 'x', false],
  ])('%j against %j is %j', (pattern, detail, expected) => {
    expect(matchesDetail(pattern, detail)).toBe(expected);
  });

  it('is not brought to its knees by a hostile pattern', () => {
    expect(matchesDetail('a*'.repeat(2000) + 'b', 'a'.repeat(4000))).toBe(false);
  });
});
