/** Bytes of a zip archive without entries: the end-of-central-directory record alone. */
export const EMPTY_ZIP: Buffer = Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)]);

const CRC_TABLE = new Uint32Array(256).map((_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The checksum of the zip format (ISO 3309). Node 20's zlib does not offer it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** 1 January 1980, the earliest date of the format, so that the same entries give the same bytes. */
const DOS_DATE = 0x0021;

/**
 * Makes a zip archive of stored (not compressed) entries (PKWARE APPNOTE 6.3, without zip64: at most 65,535 entries).
 * @param entries file names of ASCII characters, and contents
 */
export function writeZip(entries: readonly { readonly name: string; readonly content: Buffer }[]): Buffer {
  if (entries.length > 0xffff) throw new RangeError('a zip without zip64 holds at most 65,535 entries');
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const nameBytes = Buffer.from(name, 'ascii');
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(10, 0);
    fields.writeUInt16LE(DOS_DATE, 8);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    local.push(Buffer.from([0x50, 0x4b, 3, 4]), fields, nameBytes, content);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from([0x50, 0x4b, 1, 2, 10, 0]), fields, tail, nameBytes);
    offset += 4 + fields.length + nameBytes.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.from(EMPTY_ZIP);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
