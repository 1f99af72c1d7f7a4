/** Escapes of one character. */
const SIGNS: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
};

const ESCAPE = /\\(?:([abfnrtv\\'"])|([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g;
const BYTES = /(?:\\(?:[0-7]{3}|x[\da-fA-F]{2}))+/g;

function codeOf(sign?: string, octal?: string, byte?: string, short?: string, long?: string): number {
  if (sign !== undefined) return SIGNS[sign] ?? 0;
  if (octal !== undefined) return parseInt(octal, 8);
  return parseInt(byte ?? short ?? long ?? '0', 16);
}

function character(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** Escaped bytes: texts are UTF-8, so a row of them may be one character. What is none stays a row of characters of that number. */
function ofBytes(escapes: string): string {
  const bytes = [...escapes.matchAll(ESCAPE)].map(([, sign, octal, byte]) => codeOf(sign, octal, byte) & 255);
  if (bytes.every((byte) => byte < 128)) return String.fromCharCode(...bytes.slice(0, 50_000));
  const text = Buffer.from(bytes).toString('utf8');
  return text.includes('\ufffd') ? Buffer.from(bytes).toString('latin1') : text;
}

/** The value of a text in quotes. @param written without the quotes */
export function textOfQuoted(written: string): string {
  if (!written.includes('\\')) return written;
  return written
    .split(/(\\\\)/)
    .map((part) => (part === '\\\\' ? part : part.replace(BYTES, escapedBytes)))
    .join('')
    .replace(ESCAPE, (_, ...groups: (string | undefined)[]) => character(codeOf(...groups.slice(0, 5))));
}

/** Bytes as a text that has its backslashes escaped again, since escapes are read after it. */
function escapedBytes(escapes: string): string {
  return ofBytes(escapes).replaceAll('\\', '\\\\');
}

/** The value of a raw text: carriage returns are dropped. @param written without the quotes */
export function textOfRaw(written: string): string {
  return written.includes('\r') ? written.replaceAll('\r', '') : written;
}

/** The number of a rune. @param written with its quotes */
export function codeOfRune(written: string): number {
  const inside = written.slice(1, -1);
  if (!inside.startsWith('\\')) return inside.codePointAt(0) ?? 0;
  const [first] = inside.matchAll(ESCAPE);
  return codeOf(...(first?.slice(1) ?? []));
}

/** The value of a number; null for an imaginary one. */
export function numberOf(written: string): number | null {
  const plain = written.replaceAll('_', '');
  if (plain.endsWith('i')) return null;
  const value = /^0[0-7]+$/.test(plain) ? parseInt(plain, 8) : Number(plain);
  return Number.isNaN(value) ? null : value;
}
