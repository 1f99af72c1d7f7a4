import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeDecoys } from '../../src/sandbox/decoys/decoys.ts';
import { findMarkers } from '../../src/sandbox/decoys/markers.ts';

const { decoys } = makeDecoys();
const decoy = decoys.find(({ name }) => name === 'GITHUB_TOKEN')!;
const secret = `token=${decoy.marker};`;
const hex = Buffer.from(secret).toString('hex');

function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(
    /.{1,5}/g,
    (group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(group.padEnd(5, '0'), 2)]!,
  );
}

const DRESSED: readonly (readonly [disguise: string, content: string | Buffer])[] = [
  ['plain', secret],
  ['plain', secret.toUpperCase()],
  ['reversed', [...secret].reverse().join('')],
  ['rot13', secret.replace(/[a-z]/g, (c) => String.fromCharCode(((c.charCodeAt(0) - 84) % 26) + 97))],
  ['escapes', [...secret].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')],
  ['escapes', [...secret].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')],
  ['utf-16', Buffer.from(secret, 'utf16le')],
  ['xor', Buffer.from([...Buffer.from(secret)].map((byte) => byte ^ 0x5a))],
  ['hex', hex],
  ['hex', `a${hex}`],
  ['hex', hex.replace(/../g, '$&:')],
  ['hex', hex.toUpperCase()],
  ['base64', Buffer.from(secret).toString('base64')],
  ['base64', `/p/x${Buffer.from(secret).toString('base64url')}`],
  [
    'base64',
    Buffer.from(`a${'-'.repeat(60)}${secret}`)
      .toString('base64')
      .replace(/.{76}/g, '$&\n'),
  ],
  ['base64', Buffer.from(`ab${secret}`).toString('base64').slice(1)],
  ['base32', base32(secret)],
  ['base32', `x${base32(secret)}`.toLowerCase()],
  ['gzip', Buffer.concat([Buffer.from('POST / HTTP/1.1\r\n\r\n'), gzipSync(secret)])],
  ['zlib', deflateSync(secret)],
  ['deflate', Buffer.concat([Buffer.from('POST / HTTP/1.1\r\n\r\n'), deflateRawSync(secret)])],
  ['base64, gzip', gzipSync(secret).toString('base64')],
  ['hex, base64', Buffer.from(Buffer.from(secret).toString('base64')).toString('hex')],
  ['base64, reversed', Buffer.from([...secret].reverse().join('')).toString('base64')],
];

describe('markers', () => {
  it.each(DRESSED)('are found %s in %j', (disguise, content) => {
    expect(findMarkers(content, decoys)).toEqual([{ decoy, disguise }]);
  });

  it('are found anywhere in much, and nothing else is', () => {
    const noise = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 251));
    expect(findMarkers(noise, decoys)).toEqual([]);
    const some = Buffer.concat([noise, Buffer.from(` ${hex} `), noise]);
    expect(findMarkers(some, decoys)).toEqual([{ decoy, disguise: 'hex' }]);
  });

  it('of another run are nobody’s', () => {
    const other = makeDecoys();
    expect(findMarkers(Object.values(other.files).join('\n'), decoys)).toEqual([]);
  });

  it('are not looked for in a bomb without end', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(findMarkers(bomb, decoys)).toEqual([]);
  });
});
