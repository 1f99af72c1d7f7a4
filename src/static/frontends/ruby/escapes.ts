import type { Reader } from './reader.ts';
import type { TextForm } from './texts.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  s: ' ',
  t: '\t',
  v: '\v',
};

/** A sequence of code points: `\u{72 6d}`. */
function codePoints(written: string): string {
  return written
    .trim()
    .split(/\s+/)
    .map((digits) => {
      const code = Number.parseInt(digits, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    })
    .join('');
}

/** What a backslash and what follows it stand for; steps over both. */
export function escapedCharacter(reader: Reader, form: TextForm): string {
  reader.at++;
  const next = reader.peek();
  if (form.keepsEscapes === true) {
    reader.at++;
    return `\\${next}`;
  }
  if (form.isRaw === true) {
    const isMark = next === '\\' || next === form.close || (next === form.open && next !== '');
    // A here-document in single quotes has no escapes at all.
    if (!isMark || form.close === null) return '\\';
    reader.at++;
    return next;
  }
  const digits = reader.match(/x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F \t]{1,400}\}|[0-7]{1,3}/y);
  if (digits !== null) {
    if (digits.startsWith('u{')) return codePoints(digits.slice(2, -1));
    const isOctal = /^[0-7]/.test(digits);
    return String.fromCharCode(
      Number.parseInt(isOctal ? digits : digits.slice(1), isOctal ? 8 : 16) & 0xffff,
    );
  }
  const control = reader.match(/(?:c|C-)[^\\\s]/y);
  if (control !== null) return String.fromCharCode(control.charCodeAt(control.length - 1) & 0x1f);
  reader.at++;
  if (next === '\n') return '';
  return ESCAPES[next] ?? next;
}
