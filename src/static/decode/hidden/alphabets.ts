import { decode } from '../../fold/decoders.ts';

/** An encoding that a text may be in, by its characters alone. */
export interface Candidate {
  /** As it stands in `layer`: `base64`, `hex`. */
  readonly name: string;
  /** Undoes it; given part of the text, gives the beginning of what it stands for. Null: it is not encoded this way. */
  readonly undo: (text: string) => Uint8Array | null;
}

const HEX = 1;
const BASE32 = 2;
const BASE64 = 4;
const BASE85 = 8;
const ASCII85 = 16;
const NUMBERS = 32;
const ALL = 63;

/** For each ASCII character, the alphabets that it is in. */
const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  CLASSES[code] =
    (/[0-9a-fA-F \t\r\n]/.test(character) ? HEX : 0) |
    (/[A-Z2-7=\r\n]/.test(character) ? BASE32 : 0) |
    (/[A-Za-z0-9+/=_\r\n\t -]/.test(character) ? BASE64 : 0) |
    (/[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~\r\n-]/.test(character) ? BASE85 : 0) |
    (/[!-uz~\r\n]/.test(character) ? ASCII85 : 0) |
    (/[0-9a-fxA-F,;\s[\]]/.test(character) ? NUMBERS : 0);
}

/** The alphabets that all characters of a text are in. Stops at the first character that leaves none. */
function alphabetsOf(text: string): number {
  let mask = ALL;
  for (let at = 0; at < text.length && mask !== 0; at++) {
    const code = text.charCodeAt(at);
    mask &= code < 128 ? CLASSES[code]! : 0;
  }
  return mask;
}

function bytesOf(binary: string | null): Uint8Array | null {
  return binary === null ? null : Buffer.from(binary, 'latin1');
}

function undoBase64(text: string): Uint8Array | null {
  const padding = text.indexOf('=');
  const body = padding < 0 ? text : text.slice(0, padding);
  if (padding >= 0 && !/^[=\s]*$/.test(text.slice(padding))) return null;
  // Node takes both alphabets, and passes over white space.
  return Buffer.from(body, 'base64');
}

/** Adobe's variant, with or without `<~` and `~>`; `z` stands for four zeros. */
function undoAscii85(text: string): Uint8Array | null {
  const body = text
    .replace(/^<~/, '')
    .replace(/~>\s*$/, '')
    .replace(/\s+/g, '');
  const bytes: number[] = [];
  for (let at = 0; at < body.length;) {
    if (body[at] === 'z') {
      bytes.push(0, 0, 0, 0);
      at++;
      continue;
    }
    const group = body.slice(at, at + 5);
    let value = 0;
    for (let digit = 0; digit < 5; digit++) {
      const code = digit < group.length ? group.charCodeAt(digit) - 33 : 84;
      if (code < 0 || code > 84) return null;
      value = value * 85 + code;
    }
    if (value > 0xffffffff) return null;
    bytes.push(
      ...[(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].slice(
        0,
        group.length - 1,
      ),
    );
    at += 5;
  }
  return Uint8Array.from(bytes);
}

/** Numbers of characters, decimal or `0x…`, in brackets or not. */
function undoNumbers(text: string): Uint8Array | null {
  const numbers = text.replace(/[[\]]/g, ' ').split(/[\s,;]+/);
  const codes: number[] = [];
  for (const number of numbers) {
    if (number === '') continue;
    const code = /^(?:\d{1,3}|0x[0-9a-fA-F]{1,2})$/.test(number) ? Number(number) : 256;
    if (code > 255) return null;
    codes.push(code);
  }
  return codes.length < 8 ? null : Uint8Array.from(codes);
}

/** Eight binary digits a character. */
function undoBits(text: string): Uint8Array | null {
  const bits = text.replace(/\s+/g, '');
  if (bits.length < 64 || bits.length % 8 !== 0) return null;
  return Uint8Array.from({ length: bits.length / 8 }, (_, at) =>
    Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2),
  );
}

/** A shorter text hides nothing that could do anything. */
export const SHORTEST = 16;

/** Encodings whose alphabet a text keeps to, the likelier ones first. Linear; most texts fail within a few characters. */
export function candidatesFor(text: string): readonly Candidate[] {
  const mask = alphabetsOf(text);
  if (mask === 0) return [];
  const found: Candidate[] = [];
  if ((mask & NUMBERS) !== 0 && /^\s*(?:\[\s*)?(?:0x)?[0-9a-fA-F]{1,3}\s*[,;\s]/.test(text)) {
    found.push({ name: 'charcodes', undo: undoNumbers });
  }
  if ((mask & HEX) !== 0) {
    if (/^[01\s]+$/.test(text)) found.push({ name: 'bits', undo: undoBits });
    else found.push({ name: 'hex', undo: undoHex });
  }
  if ((mask & BASE32) !== 0 && text.length >= 24) {
    found.push({ name: 'base32', undo: (part) => bytesOf(decode('base32', part.replace(/\s+/g, ''))) });
  }
  if ((mask & BASE64) !== 0 && !/[^\s] +[^\s]/.test(text.slice(0, 200))) {
    found.push({ name: 'base64', undo: undoBase64 });
  }
  const hasMarks = /[^A-Za-z0-9\s_./:-]/.test(text);
  if (hasMarks && text.length >= 24 && (mask & (BASE85 | ASCII85)) !== 0) {
    if ((mask & BASE85) !== 0) {
      found.push({ name: 'base85', undo: (part) => bytesOf(decode('base85', part.replace(/\s+/g, ''))) });
    }
    if ((mask & ASCII85) !== 0) found.push({ name: 'ascii85', undo: undoAscii85 });
  }
  return found;
}

function undoHex(text: string): Uint8Array {
  return Buffer.from(text.replace(/\s+/g, ''), 'hex');
}
