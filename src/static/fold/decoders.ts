import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Api } from '../../model/api-model.ts';
import { CONTROL_LETTERS } from '../decode/control-letters.ts';
import { MAX_FOLDED_LENGTH } from './constant.ts';

/** The decoders that API models name, and brotli. */
export type DecoderName = NonNullable<Api['decodes']> | 'brotli';

const BOUND = { maxOutputLength: MAX_FOLDED_LENGTH };

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function decodeBase32(text: string): string | null {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = 0;
  let held = 0;
  let decoded = '';
  for (const character of text.toUpperCase().replace(/=+$/, '')) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) return null;
    held = (held << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      decoded += String.fromCharCode((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return decoded;
}

/** RFC 1924 alphabet, as Python's `base64.b85decode` reads it. */
const BASE85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

function decodeBase85(text: string): string | null {
  const padding = (5 - (text.length % 5)) % 5;
  const padded = text + '~'.repeat(padding);
  let decoded = '';
  for (let at = 0; at < padded.length; at += 5) {
    let group = 0;
    for (let digit = 0; digit < 5; digit++) {
      const value = BASE85.indexOf(padded[at + digit] ?? ' ');
      if (value < 0) return null;
      group = group * 85 + value;
    }
    if (group > 0xffffffff) return null;
    decoded += String.fromCharCode(
      (group >>> 24) & 255,
      (group >>> 16) & 255,
      (group >>> 8) & 255,
      group & 255,
    );
  }
  return padding === 0 ? decoded : decoded.slice(0, -padding);
}

function rot13(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

function decodeBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact)) return null;
  return Buffer.from(compact, 'base64').toString('latin1');
}

/**
 * Undoes an encoding. Never throws; output is bounded, so a compression bomb comes back as null.
 * @param text one character a byte for the decoders of bytes
 * @returns the decoded text, one character a byte, or null when it is not encoded this way
 */
export function decode(decoder: DecoderName, text: string): string | null {
  if (text.length > 4 * MAX_FOLDED_LENGTH) return null;
  try {
    const bytes = (): Buffer => Buffer.from(text, 'latin1');
    switch (decoder) {
      case 'base64':
        return decodeBase64(text);
      case 'base32':
        return decodeBase32(text);
      case 'base85':
        return decodeBase85(text);
      case 'hex': {
        const compact = text.replace(/\s+/g, '');
        return /^([0-9a-fA-F]{2})*$/.test(compact) ? Buffer.from(compact, 'hex').toString('latin1') : null;
      }
      case 'rot13':
        return rot13(text);
      case 'zlib':
        try {
          return binary(inflateSync(bytes(), BOUND));
        } catch {
          return binary(inflateRawSync(bytes(), BOUND));
        }
      case 'gzip':
        return binary(gunzipSync(bytes(), BOUND));
      case 'brotli':
        return binary(brotliDecompressSync(bytes(), BOUND));
      case 'url':
        return decodeURIComponent(text);
      case 'reverse':
        return [...text].reverse().join('');
      case 'charcodes': {
        const codes = text.split(/[\s,;]+/).filter((code) => code !== '');
        if (codes.some((code) => !/^\d{1,7}$/.test(code))) return null;
        return String.fromCodePoint(...codes.slice(0, 65_536).map(Number));
      }
    }
  } catch {
    return null;
  }
}

/** Bytes (one character each) as text when they are UTF-8, otherwise as they are. */
export function asText(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? bytes : text;
}

/** `\\x41`, `\\u0041`, `\\101`, `\\n` as the characters they stand for. */
export function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|([abfnrtv\\'"]))/g,
    (
      _place,
      hex: string | undefined,
      unicode: string | undefined,
      octal: string | undefined,
      letter: string,
    ) => {
      if (hex !== undefined || unicode !== undefined)
        return String.fromCharCode(Number.parseInt(hex ?? unicode ?? '', 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return CONTROL_LETTERS[letter] ?? letter;
    },
  );
}
