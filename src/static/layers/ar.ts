import type { Container } from './container.ts';
import type { Unpacking } from './unpacking.ts';

const MAGIC = '!<arch>\n';
const HEADER_BYTES = 60;

function isAr(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/** A header: name, date, owner, group, mode, size in fixed columns, and two characters that end it. */
function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  let at = MAGIC.length;
  while (at + HEADER_BYTES <= bytes.length) {
    const header = Buffer.from(bytes.subarray(at, at + HEADER_BYTES)).toString('latin1');
    const size = Number.parseInt(header.slice(48, 58), 10);
    const start = at + HEADER_BYTES;
    if (!header.endsWith('`\n') || !(size >= 0) || start + size > bytes.length)
      throw new Error('a header is broken');
    unpacking.member(header.slice(0, 16).trim().replace(/\/$/, ''), bytes.subarray(start, start + size));
    // Members begin at even places.
    at = start + size + (size % 2);
  }
  if (at < bytes.length) unpacking.part(at, 'appended', bytes.subarray(at));
}

/** ar archives, which Debian packages are. */
export const ar: Container = { name: 'ar archive', recognises: isAr, open };
