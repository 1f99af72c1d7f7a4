import { describe, expect, it } from 'vitest';
import { encodedTokens } from '../../../../src/static/decode/hidden/tokens.ts';

const LINE = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xt';

describe('encodedTokens', () => {
  it('finds a long run, padding included, at its place', () => {
    const text = `look: ${LINE}bg== end`;
    expect([...encodedTokens(text)]).toEqual([
      { text: `${LINE}bg`, span: { start: 6, end: 6 + LINE.length + 4 } },
    ]);
  });

  it.each([
    ['plain lines', `${LINE}\n${LINE}\nQUJD\nNext words stand here.\n`],
    ['quoted lines', `x = ("${LINE}"\n     "${LINE}"\n     "QUJD")\n`],
    ['a list', `["${LINE}",\n "${LINE}",\n "QUJD"]\n`],
    ['a comment', `# ${LINE}\r\n# ${LINE}\r\n# QUJD\r\n`],
    ['a quotation', `> ${LINE}\n> ${LINE}\n> QUJD\n`],
  ])('joins %s of one width', (_what, text) => {
    expect([...encodedTokens(text)].map((token) => token.text)).toEqual([`${LINE}${LINE}QUJD`]);
  });

  it('finds lists of numbers and rows of escapes', () => {
    const numbers = Array.from({ length: 20 }, (_, at) => at + 90).join(', ');
    const escapes = '\\x41'.repeat(20);
    expect([...encodedTokens(`a = [${numbers}]; b = '${escapes}'`)].map(({ text }) => text)).toEqual([
      numbers,
      escapes,
    ]);
  });

  it('passes over words, short lists and digests of forty', () => {
    expect([...encodedTokens('Some words, and [1, 2, 3] and a-name_with/many/parts and so on.')]).toEqual([]);
  });

  it.each([
    'A'.repeat(3_000_000),
    'A '.repeat(1_500_000),
    '1 ,'.repeat(1_000_000),
    `${LINE}\n`.repeat(60_000),
  ])('is linear', (text) => {
    const started = process.cpuUsage();
    Array.from(encodedTokens(text));
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
  });
});
