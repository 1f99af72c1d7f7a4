import type { Container } from './container.ts';
import type { Unpacking } from './unpacking.ts';

const MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;

function isAr(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/** What linkers put first: a table of the names that the members define, and one of names that do not fit a header (System V). */
const SYMBOLS: ReadonlySet<string> = new Set(['/', '/SYM64/', '__.SYMDEF', '__.SYMDEF SORTED']);
const LONG_NAMES = '//';

/** `name/`, or `/12` for the name at that place of the table of long names. */
function nameOf(name: string, longNames: string): string {
  const place = /^\/(\d{1,9})$/.exec(name);
  if (place === null) return name.replace(/\/$/, '');
  const start = Number(place[1]);
  const end = longNames.indexOf('\n', start);
  const long = longNames.slice(start, end === -1 ? start + 1_000 : end).replace(/\/$/, '');
  return long === '' ? name : long;
}

/** A header: name, date, owner, group, mode, size in fixed columns, and two characters that end it. */
function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  let at = MAGIC.length;
  let longNames = '';
  while (at + HEADER_BYTES <= bytes.length) {
    const header = Buffer.from(bytes.subarray(at, at + HEADER_BYTES)).toString('latin1');
    const size = Number.parseInt(header.slice(48, 58), 10);
    const start = at + HEADER_BYTES;
    if (!header.endsWith('`\n') || !(size >= 0) || start + size > bytes.length)
      throw new Error('a header is broken');
    const content = bytes.subarray(start, start + size);
    const name = header.slice(0, 16).trimEnd();
    if (name === LONG_NAMES) longNames = Buffer.from(content).toString('latin1');
    if (SYMBOLS.has(name)) unpacking.part(at, 'symbols', content);
    else if (name === LONG_NAMES) unpacking.part(at, 'names', content);
    else unpacking.member(nameOf(name, longNames), content);
    // Members begin at even places.
    at = start + size + (size % 2);
  }
  if (at < bytes.length) unpacking.part(at, 'appended', bytes.subarray(at));
}

/** ar archives, which Debian packages are. */
export const ar: Container = { name: 'ar archive', recognises: isAr, open };
