import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** Bytes that one compressed piece may grow to, and places in which one is tried. */
const LONGEST_OUTPUT = 4 * 1024 * 1024;
const MOST_PLACES = 24;
/** Shortest run of an alphabet that can hold a marker. */
const SHORTEST = 16;

/** What was under a disguise. */
interface Undressed {
  readonly name: string;
  readonly content: Buffer;
}

/** Takes off every disguise that some bytes may wear as a whole or in parts. What comes out may be nonsense: it is only searched. */
export function disguisesOf(bytes: Buffer): readonly Undressed[] {
  const text = bytes.toString('latin1');
  return [...hex(text), ...base64(text), ...base32(text), ...compressed(bytes)].filter(
    ({ content }) => content.length >= 8,
  );
}

/** Pairs of hexadecimal digits, also with separators between them; begun at either digit. */
function hex(text: string): readonly Undressed[] {
  const found: Undressed[] = [];
  const runs = text.match(/(?:(?:0x|\\x)?[0-9a-f]{2}[\s:,-]{0,2}){16,}/gi) ?? [];
  const digits = runs.map((run) => run.replace(/0x|\\x|[\s:,-]/gi, '')).join('');
  // Odd digits in front shift every pair.
  for (const run of digits === ''
    ? []
    : [...new Set([digits, digits.slice(1), ...longest(text, /[0-9a-f]{24,}/gi)])]) {
    found.push({ name: 'hex', content: Buffer.from(run.length % 2 === 0 ? run : run.slice(0, -1), 'hex') });
  }
  return found;
}

/** At each of the four places where a group can begin: what stands in front may be of the alphabet, too. */
function base64(text: string): readonly Undressed[] {
  // Lines that end in the middle of it, also escaped as in JSON.
  const joined = text
    .replace(/\\[nr]|[\r\n]/g, '')
    .replace(/%2b/gi, '+')
    .replace(/%2f/gi, '/');
  const runs = joined.match(/[A-Za-z0-9+/_-]{16,}/g) ?? [];
  return [0, 1, 2, 3].flatMap((offset) => {
    const content = Buffer.concat(runs.map((run) => Buffer.from(run.slice(offset), 'base64')));
    return content.length === 0 ? [] : [{ name: 'base64', content }];
  });
}

/** Characters in which base32 is looked for: it serves for names, which are short. */
const LONGEST_BASE32 = 256 * 1024;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

const VALUES = new Map([...BASE32].map((letter, value) => [letter, value]));

/** Also over several labels of a name; at each of the eight places where a group can begin. */
function base32(text: string): readonly Undressed[] {
  const runs =
    text
      .slice(0, LONGEST_BASE32)
      .toLowerCase()
      .match(/[a-z2-7]{16,}/g) ?? [];
  if (runs.length === 0) return [];
  return [0, 1, 2, 3, 4, 5, 6, 7].map((offset) => ({
    name: 'base32',
    content: Buffer.concat(runs.map((run) => fromBase32(run.slice(offset)))),
  }));
}

function fromBase32(run: string): Buffer {
  const bytes = Buffer.alloc(Math.floor((run.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of run) {
    held = ((held << 5) | VALUES.get(letter)!) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 255;
      at += 1;
    }
  }
  return bytes;
}

/** gzip and zlib by their first bytes, a zip's members, and a body that is nothing but deflated. */
function compressed(bytes: Buffer): readonly Undressed[] {
  const found: Undressed[] = [];
  const options = { maxOutputLength: LONGEST_OUTPUT, finishFlush: 2 };
  const attempt = (name: string, at: number, inflate: typeof gunzipSync): void => {
    try {
      found.push({ name, content: inflate(bytes.subarray(at), options) });
    } catch {
      // Not compressed after all, or more than is looked at.
    }
  };
  for (const at of places(bytes, Buffer.from([0x1f, 0x8b, 8]))) attempt('gzip', at, gunzipSync);
  for (const second of [0x01, 0x5e, 0x9c, 0xda])
    for (const at of places(bytes, Buffer.from([0x78, second]))) attempt('zlib', at, inflateSync);
  for (const at of places(bytes, Buffer.from('PK\u0003\u0004', 'latin1'))) {
    if (at + 30 > bytes.length) continue;
    const data = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) === 8 && data < bytes.length) attempt('zip', data, inflateRawSync);
  }
  const body = bytes.indexOf('\r\n\r\n');
  for (const at of new Set([0, body === -1 ? 0 : body + 4])) attempt('deflate', at, inflateRawSync);
  return found;
}

function places(bytes: Buffer, magic: Buffer): readonly number[] {
  const found: number[] = [];
  let at = bytes.indexOf(magic);
  while (at !== -1 && found.length < MOST_PLACES) {
    found.push(at);
    at = bytes.indexOf(magic, at + 1);
  }
  return found;
}

/** The first few runs, each by itself: joined ones may hide one of an odd length. */
function longest(text: string, pattern: RegExp): readonly string[] {
  return (text.match(pattern) ?? [])
    .filter(({ length }) => length >= SHORTEST)
    .slice(0, 8)
    .flatMap((run) => [run, run.slice(1)]);
}
