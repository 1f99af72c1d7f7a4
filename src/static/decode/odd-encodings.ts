import { isUtf8 } from 'node:buffer';

/** More characters outside Unicode than one in this many, and the bytes are no UTF-32. */
const BROKEN_RATIO = 50;

/** UTF-32 behind its byte order mark; null when it is not. */
export function decodeUtf32(
  bytes: Uint8Array,
  isLittle: boolean,
): { readonly text: string; readonly encoding: string; readonly problems: readonly string[] } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  let broken = bytes.length % 4 === 0 ? 0 : 1;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = view.getUint32(at, isLittle);
    const isValid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) && point !== 0;
    broken += isValid ? 0 : 1;
    pieces.push(isValid ? String.fromCodePoint(point) : '\ufffd');
  }
  if (broken * BROKEN_RATIO > pieces.length) return null;
  const encoding = isLittle ? 'utf-32le' : 'utf-32be';
  return { text: pieces.join(''), encoding, problems: [`It is ${encoding}, which hardly any program reads`] };
}

/** The length of the valid UTF-8 sequence at an offset, 0 when there is none. Overlong forms and surrogates are not valid. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  return length > 0 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/**
 * Text that is not valid UTF-8: valid sequences are read as such, every other byte as the Latin-1 character of its number, so that
 * nothing is lost. When hardly any sequence is valid, it is Latin-1 throughout.
 */
export function decodeMixed(bytes: Uint8Array): {
  readonly text: string;
  readonly encoding: string;
  readonly problem: string;
} {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  let valid = 0;
  let invalid = 0;
  let start = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes[at]! < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      valid++;
      at += length;
      continue;
    }
    invalid++;
    pieces.push(buffer.toString('utf8', start, at), String.fromCharCode(bytes[at]!));
    at++;
    start = at;
  }
  if (valid <= invalid) {
    const problem = 'It is not valid UTF-8 and was read as Latin-1';
    return { text: buffer.toString('latin1'), encoding: 'latin-1', problem };
  }
  pieces.push(buffer.toString('utf8', start));
  const problem = `It is not valid UTF-8 in ${invalid} ${invalid === 1 ? 'place' : 'places'}`;
  return { text: pieces.join(''), encoding: 'utf-8', problem };
}
