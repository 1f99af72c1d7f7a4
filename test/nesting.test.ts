import { describe, expect, it } from 'vitest';
import { isNestedTooDeeply } from '../src/nesting.ts';

describe('isNestedTooDeeply', () => {
  it.each([
    ['unclosed brackets', '['.repeat(300)],
    ['brackets over lines', '{a:\n'.repeat(300)],
    ['dashes in a row', `${'- '.repeat(400)}x`],
    ['indentation', `${' '.repeat(600)}x: 1`],
  ])('refuses %s', (_name, text) => {
    expect(isNestedTooDeeply(text)).toBe(true);
  });

  it.each([
    ['ordinary YAML', 'a:\n  - b: [1, 2, {c: d}]\n'.repeat(1000)],
    ['many closed brackets', '[]{}'.repeat(10_000)],
    ['a long line of text', `x: ${'word '.repeat(5000)}`],
    ['a rule of dashes', `${'-'.repeat(80)}\n`.repeat(10)],
    ['nothing', ''],
  ])('lets %s pass', (_name, text) => {
    expect(isNestedTooDeeply(text)).toBe(false);
  });
});
