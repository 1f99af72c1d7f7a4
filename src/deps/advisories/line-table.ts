/**
 * Where in an index the line of each package begins: a table of offsets into the text (unsigned, four bytes, little-endian; 0 for an empty
 * place), found by the hash of the name's bytes, or in the next places when others were there first. At most every second place is taken.
 */

const ENTRY_BYTES = 4;
const LINE_FEED = 0x0a;
const TAB = 0x09;

/** 32-bit FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashOf(name: Uint8Array): number {
  return name.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

/**
 * Makes the table.
 * @param lines of each line its package's name and where it begins, never at 0
 */
export function lineTable(lines: readonly { readonly name: Buffer; readonly start: number }[]): Buffer {
  let places = 1;
  while (places < lines.length * 2) places *= 2;
  const table = Buffer.alloc(places * ENTRY_BYTES);
  for (const { name, start } of lines) {
    let place = hashOf(name) & (places - 1);
    while (table.readUInt32LE(place * ENTRY_BYTES) !== 0) place = (place + 1) & (places - 1);
    table.writeUInt32LE(start, place * ENTRY_BYTES);
  }
  return table;
}

/**
 * Finds where the line of a package begins; -1 when there is none.
 * @param text the index, of which the table is everything from `from` on
 * @throws TypeError when the table leads to where no line begins
 */
export function findLine(text: Buffer, from: number, name: Buffer): number {
  const places = (text.length - from) / ENTRY_BYTES;
  let place = hashOf(name) & (places - 1);
  for (let tried = 0; tried < places; tried += 1) {
    const start = text.readUInt32LE(from + place * ENTRY_BYTES);
    if (start === 0) return -1;
    const end = start + name.length;
    if (start >= from || text[start - 1] !== LINE_FEED)
      throw new TypeError('a line of the index is not where it should be');
    if (text[end] === TAB && text.compare(name, 0, name.length, start, end) === 0) return start;
    place = (place + 1) & (places - 1);
  }
  return -1;
}

/** Whether a table can be this long, in bytes. */
export function isTableLength(bytes: number): boolean {
  const places = bytes / ENTRY_BYTES;
  return Number.isInteger(Math.log2(places));
}
