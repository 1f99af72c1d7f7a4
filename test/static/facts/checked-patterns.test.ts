import { describe, expect, it } from 'vitest';
import { takesPlainText } from '../../../src/static/facts/guards/checked-patterns.ts';

describe('a pattern takes plain text alone', () => {
  it.each([
    '[a-z0-9.-]+',
    '[\\w./-]+',
    '\\d{1,5}',
    '(?:main|next)',
    'v\\d+\\.\\d+(\\.\\d+)?',
    '[A-Z]{2}-[0-9]{4,}',
    'refs\\/heads\\/[\\w-]+',
  ])('%s', (pattern) => {
    expect(takesPlainText(pattern)).toBe(true);
  });
});

describe('a pattern takes what a shell reads as its own', () => {
  it.each([
    ['.*', 'any letter'],
    ['[^ ]+', 'all but one letter'],
    ['\\S+', 'all that is no space'],
    ['[\\W]+', 'what is no letter, in a class'],
    ['[\\w;]+', 'a semicolon'],
    ['\\w+\\$', 'a dollar sign'],
    ['a|b', 'anchors that hold for one side each'],
    ['(?=a)\\w+', 'a look ahead'],
    ['[a-z', 'a class without an end'],
    ['\\w{x}', 'braces that are no count'],
    ['a'.repeat(500), 'more than is read'],
  ])('%s: %s', (pattern) => {
    expect(takesPlainText(pattern)).toBe(false);
  });
});
