import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/rules/load.ts';
import { foldedText, mayMatch, requiredInLine, requiredWords } from '../../src/rules/match/required-words.ts';
import { ruleRegex } from '../../src/rules/safe-regex.ts';

describe('requiredWords', () => {
  it.each([
    ['\\bsend\\b', ['send']],
    ['\\b(?:a|b)\\b.{0,20}https?://', ['http']],
    ['\\b(?:send|upload)\\b', ['send', 'upload']],
    ['(?:send|[a-z]+)', null],
    ['(?:send)?', null],
    ['(?:token)+', ['token']],
    ['colou?r scheme', ['r scheme']],
    ['abc|de', null],
    ['(?!never)secret', ['secret']],
    ['\\u0041bc', null],
    ['(?i)Password', ['password']],
    ['[^]x]yz', null],
  ])('of %s', (pattern, words) => {
    const found = requiredWords(pattern);
    if (words === null) expect(found === null || found.every((word) => word.length > 2)).toBe(true);
    else expect(found).toEqual(words);
  });

  it('never rule out a text that the expression matches, over the rules and their examples', () => {
    const { rules } = loadRules(new URL('../../rules', import.meta.url).pathname, 'built-in');
    const patterns = new Set<string>();
    const texts = new Set<string>([readFileSync(new URL(import.meta.url), 'utf8')]);
    const collect = (value: unknown, key = ''): void => {
      if (typeof value === 'string' && (key === 'matches' || key === 'all' || key === 'none'))
        patterns.add(value);
      else if (Array.isArray(value)) for (const each of value) collect(each, key);
      else if (typeof value === 'object' && value !== null)
        for (const [name, each] of Object.entries(value)) collect(each, name);
    };
    for (const rule of rules) {
      collect(rule.match);
      for (const example of [...rule.examples.bad, ...rule.examples.good]) texts.add(example.code);
    }
    let matched = 0;
    for (const pattern of patterns) {
      const regex = ruleRegex(pattern, 'i');
      for (const text of texts) {
        if (!regex.test(text)) continue;
        matched++;
        expect(mayMatch(pattern, foldedText(text)), `${pattern} in ${text}`).toBe(true);
        const words = requiredInLine(pattern) ?? [''];
        expect(
          words.some((word) => foldedText(text).includes(word)),
          `${pattern} in a line of ${text}`,
        ).toBe(true);
      }
    }
    expect(matched).toBeGreaterThan(100);
  });
});

describe('mayMatch', () => {
  const KEPT =
    '\\b(?:never|do not) (?:list|show)\\b.{0,9}\\b(?:it|them)\\b|\\bout of sight of (?:users|owners)';

  it.each([
    ['never list it', true],
    ['do not show them', true],
    ['out of sight of owners', true],
    ['never list that', false],
    ['never read it', false],
    ['list and show it', false],
    ['out of sight of nobody', false],
    ['', false],
  ])('asks all parts of one alternative of "%s"', (text, isPossible) => {
    expect(mayMatch(KEPT, text)).toBe(isPossible);
  });

  it('asks long texts for the longest words alone', () => {
    expect(mayMatch('\\bnever .* unless', `${'a '.repeat(2_000)}unless`)).toBe(true);
    expect(mayMatch('\\bnever .* unless', 'a unless')).toBe(false);
    expect(mayMatch('\\bnever .* unless', 'a '.repeat(2_000))).toBe(false);
  });

  it('knows nothing of what needs no word', () => {
    for (const pattern of ['(?:never)?', '[a-z]+', 'never|\\d', '(?!never)', '\\p{L}'])
      expect(mayMatch(pattern, ''), pattern).toBe(true);
  });
});

describe('requiredInLine', () => {
  it.each([
    ['["\\x27]\\s*<(?:a|p)\\b', ['<']],
    ['\\bsend\\b.*<', ['send']],
    ['abc|de', ['abc', 'de']],
    ['[a-z]+', null],
    ['(?:<)?x*', null],
  ])('of %s', (pattern, words) => {
    expect(requiredInLine(pattern)).toEqual(words);
  });
});
