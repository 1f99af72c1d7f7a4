import { TextDecoder } from 'node:util';
import { type EncodingCookie, encodingCookie } from './encoding-cookie.ts';
import { decodeMixed, decodeUtf32 } from './odd-encodings.ts';
import { signatureOf } from './magic.ts';

/** A text and how it was stored. */
export interface DecodedText {
  /** Without the byte order mark; line breaks as in the file. */
  readonly text: string;
  /** `utf-8`, `utf-16le`, `utf-16be`, `latin-1`, or the declared legacy encoding's name. */
  readonly encoding: string;
  /** What a reader should know: what the decoding may hide or was not sure of. Full sentences without the full stop. */
  readonly problems: readonly string[];
  /** The encoding that its first lines declare; absent: none. It means something to Python alone. */
  readonly cookie?: EncodingCookie;
}

/** More control characters than one in this many make a file binary. */
const CONTROL_RATIO = 50;

/** How many bytes are looked at to recognise UTF-16 without a byte order mark. */
const SAMPLE_BYTES = 4096;

/**
 * Turns a file's bytes into text as its readers would.
 * @returns null when the bytes are not text
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const byMark = decodeByMark(bytes);
  if (byMark !== undefined) {
    return byMark;
  }
  // What only begins like a picture may be a script behind a disguise: its other bytes decide, below.
  const signature = signatureOf(bytes);
  if (signature !== null && !signature.isInert && !signature.isTextLike) {
    return null;
  }
  const ascii = asciiText(bytes);
  if (ascii !== null) {
    return decodeNarrow(bytes, ascii, []);
  }
  const counts = countBytes(bytes);
  if (counts.nuls > 0) {
    const wide = wideEncoding(bytes);
    if (wide !== null) {
      return decodeWide(bytes, wide, [`It is ${wide} without a byte order mark`]);
    }
  }
  if ((counts.nuls + counts.controls) * CONTROL_RATIO > bytes.length) {
    return null;
  }
  const problems = counts.nuls === 0 ? [] : ['It holds NUL characters, which some readers stop at or skip'];
  return decodeNarrow(bytes, counts.isAscii ? latin1(bytes) : null, problems);
}

/** @returns undefined when there is no byte order mark */
function decodeByMark(bytes: Uint8Array): DecodedText | null | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return decodeNarrow(bytes.subarray(3), null, nulProblem(bytes));
  }
  if (first === 0xff && second === 0xfe) {
    return third === 0 && fourth === 0
      ? decodeUtf32(bytes.subarray(4), true)
      : decodeWide(bytes.subarray(2), 'utf-16le', []);
  }
  if (first === 0xfe && second === 0xff) {
    return decodeWide(bytes.subarray(2), 'utf-16be', []);
  }
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff)
    return decodeUtf32(bytes.subarray(4), false);
  return undefined;
}

function nulProblem(bytes: Uint8Array): string[] {
  return bytes.includes(0) ? ['It holds NUL characters, which some readers stop at or skip'] : [];
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Longer files are not made to text before it is known that they are one (bytes). */
const MAX_TRIED = 4 * 1024 * 1024;

/** Any byte that {@link countBytes} counts, or that is outside ASCII. */
const COUNTED = /[^\t\n\f\r\x1b -\x7f]/;

/** The text of bytes that are all ASCII, without a control character that no text needs, as those of most programs; null for others. */
function asciiText(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_TRIED) return null;
  const text = latin1(bytes);
  return COUNTED.test(text) ? null : text;
}

/**
 * UTF-8 where it is valid, else what the file declares, else a mixture of UTF-8 and Latin-1, which any bytes are.
 * @param ascii the text, when all bytes are ASCII
 */
function decodeNarrow(bytes: Uint8Array, ascii: string | null, problems: readonly string[]): DecodedText {
  const cookie = encodingCookie(bytes);
  const declared = cookie === null ? {} : { cookie };
  const all =
    cookie === null || cookie.kind === 'plain' || cookie.kind === 'legacy'
      ? problems
      : [...problems, `It declares the encoding ${cookie.name}, which can hide code from whoever reads it`];
  if (ascii !== null) {
    return { text: ascii, encoding: 'utf-8', problems: all, ...declared };
  }
  if (cookie?.decoder !== undefined) {
    return { text: cookie.decoder.decode(bytes), encoding: cookie.name, problems: all, ...declared };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding: 'utf-8', problems: all, ...declared };
  } catch {
    const { text, encoding, problem } = decodeMixed(bytes);
    return { text, encoding, problems: [...all, problem], ...declared };
  }
}

/** @returns null when the result looks like anything but text */
function decodeWide(
  bytes: Uint8Array,
  encoding: 'utf-16le' | 'utf-16be',
  problems: readonly string[],
): DecodedText | null {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    controls += isControl(code) || code === 0xfffd ? 1 : 0;
  }
  return controls * CONTROL_RATIO > text.length ? null : { text, encoding, problems };
}

/** In UTF-16, text in Latin letters has zeros in every second byte and hardly any in the others. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    even += bytes[at] === 0 ? 1 : 0;
    odd += bytes[at + 1] === 0 ? 1 : 0;
  }
  const most = length * 0.3;
  const few = length * 0.02;
  if (odd > most && even < few) {
    return 'utf-16le';
  }
  return even > most && odd < few ? 'utf-16be' : null;
}

interface ByteCounts {
  readonly nuls: number;
  /** Control characters that no text needs, without NUL. */
  readonly controls: number;
  readonly isAscii: boolean;
}

function countBytes(bytes: Uint8Array): ByteCounts {
  let nuls = 0;
  let controls = 0;
  let high = 0;
  // By index: an iterator takes ten times as long.
  const { length } = bytes;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x7f) {
      high |= byte;
    } else if (byte < 0x20) {
      if (byte === 0) {
        nuls += 1;
      } else if (isControl(byte)) {
        controls += 1;
      }
    }
  }
  return { nuls, controls, isAscii: (high & 0x80) === 0 };
}

/** True for control characters other than tab, line breaks, form feed and escape. */
function isControl(code: number): boolean {
  return code < 0x20 && code !== 9 && code !== 10 && code !== 12 && code !== 13 && code !== 27;
}
