import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/static/fold/decoders.ts';

describe('decode', () => {
  it.each([
    ['base64', 'aGVsbG8=', 'hello'],
    ['base32', 'NBSWY3DP', 'hello'],
    ['base85', 'Xk~0{Zv', 'hello'],
    ['hex', '68656c6c6f', 'hello'],
    ['rot13', 'uryyb', 'hello'],
    ['url', '%68ello', 'hello'],
    ['reverse', 'olleh', 'hello'],
    ['charcodes', '104,101,108,108,111', 'hello'],
    ['zlib', deflateSync('hello').toString('latin1'), 'hello'],
    ['gzip', gzipSync('hello').toString('latin1'), 'hello'],
  ] as const)('undoes %s', (decoder, hidden, text) => {
    expect(decode(decoder, hidden)).toBe(text);
  });

  it.each([
    ['base64', 'no base64 at all!'],
    ['hex', '6'],
    ['zlib', 'not compressed'],
    ['url', '%'],
    ['charcodes', '1;x'],
  ] as const)('gives null for what is not %s', (decoder, text) => {
    expect(decode(decoder, text)).toBeNull();
  });

  it('does not blow up a compression bomb', () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024)).toString('latin1');
    expect(decode('zlib', bomb)).toBeNull();
  });
});
