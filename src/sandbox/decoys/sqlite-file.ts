/** A table with text columns only. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const PAGE = 4096;
const FILE_HEADER = 100;
const LEAF_OF_TABLE = 13;

/**
 * A database file that SQLite opens, with small tables: each has to fit on one page.
 * Source: "Database File Format" in SQLite's documentation.
 */
export function sqliteFile(tables: readonly Table[]): Buffer {
  const schema = tables.map(({ name, columns }, index) => {
    const sql = `CREATE TABLE ${name} (${columns.map((column) => `${column} TEXT`).join(', ')})`;
    return record(['table', name, name, index + 2, sql]);
  });
  const file = Buffer.concat([
    leafPage(schema, FILE_HEADER),
    ...tables.map(({ rows }) => leafPage(rows.map(record), 0)),
  ]);
  file.write('SQLite format 3\0', 0, 'latin1');
  file.writeUInt16BE(PAGE, 16);
  // Versions to write and read with, reserved space, and three fractions that are fixed.
  file.set([1, 1, 0, 64, 32, 32], 18);
  file.writeUInt32BE(1, 24);
  file.writeUInt32BE(tables.length + 1, 28);
  // Schema cookie, schema format, and UTF-8.
  file.writeUInt32BE(1, 40);
  file.writeUInt32BE(4, 44);
  file.writeUInt32BE(1, 56);
  file.writeUInt32BE(1, 92);
  return file;
}

/** Cells grow down from the page's end, their places up from its header. */
function leafPage(records: readonly Buffer[], start: number): Buffer {
  const page = Buffer.alloc(PAGE);
  let end = PAGE;
  records.forEach((content, index) => {
    const cell = Buffer.concat([varint(content.length), varint(index + 1), content]);
    end -= cell.length;
    cell.copy(page, end);
    page.writeUInt16BE(end, start + 8 + index * 2);
  });
  page[start] = LEAF_OF_TABLE;
  page.writeUInt16BE(records.length, start + 3);
  page.writeUInt16BE(end, start + 5);
  return page;
}

/** Types first (13 and twice its length for a text, 1 for a small number), then the values. */
function record(values: readonly (string | number)[]): Buffer {
  const types = Buffer.concat(
    values.map((value) => varint(typeof value === 'number' ? 1 : 13 + 2 * Buffer.byteLength(value))),
  );
  const body = values.map((value) => (typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value)));
  return Buffer.concat([varint(types.length + 1), types, ...body]);
}

/** For numbers below 16,384: nothing here is larger. */
function varint(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.from([(value >> 7) | 128, value & 127]);
}
