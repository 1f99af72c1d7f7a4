import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeLine, escapeMarkdown, escapeXml } from '../../src/reporters/escape.ts';

describe('escapeLine', () => {
  it.each([
    ['plain ascii, ümlaut, 漢字, 🎉', 'plain ascii, ümlaut, 漢字, 🎉'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u009b31m', '\\u{9b}31m'],
    ['x\u202ey', 'x\\u{202e}y'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['lone\ud800', 'lone\\u{d800}'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeLine(text)).toBe(escaped);
  });
});

it('escapeHtml leaves no markup', () => {
  expect(escapeHtml(`<a href="x" on='y'>&\``)).toBe('&#60;a href=&#34;x&#34; on=&#39;y&#39;&#62;&#38;&#96;');
});

it('escapeMarkdown leaves nothing that Markdown acts on', () => {
  expect(escapeMarkdown('[x](http://y) `z` |<b>@a')).toBe(
    '\\[x\\]\\(http&#58;//y\\) \\`z\\` \\|&#60;b&#62;&#64;a',
  );
});

it('escapeXml leaves no character that XML forbids', () => {
  expect(escapeXml('a\u0000<b>&\uffff')).toBe('a\\u{0}&#60;b&#62;&#38;&#65535;');
});
