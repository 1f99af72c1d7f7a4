import { describe, expect, it } from 'vitest';
import { catastrophicPart, regexProblem, ruleRegex } from '../../src/rules/safe-regex.ts';

describe('catastrophicPart', () => {
  it.each(['(a+)+', '(?:\\w*,?)*', '((ab*)c)+', '(a{2,})+'])('refuses %s', (pattern) => {
    expect(catastrophicPart(pattern)).not.toBeNull();
  });

  it.each(['(ab)+', 'a+b+', '[(+]+(x)', '\\(a+\\)+', '(a+)?', '(?:a{1,3}b)+', 'a{,x}+'])(
    'accepts %s',
    (pattern) => {
      expect(catastrophicPart(pattern)).toBeNull();
    },
  );
});

describe('ruleRegex', () => {
  it('takes a leading (?i) as case-insensitive', () => {
    expect(ruleRegex('(?i)abc').test('xABC')).toBe(true);
    expect(ruleRegex('abc').test('xABC')).toBe(false);
  });

  it('says what is wrong with a pattern', () => {
    expect(regexProblem('a(')).toMatch(/regular expression|Unterminated/i);
    expect(regexProblem('abc')).toBeNull();
  });
});
