import { inflateRawSync } from 'node:zlib';
import { bunzip2 } from './bzip2.ts';
import type { ZipHeader } from './zip-directory.ts';
import { TooLarge, type Unpacking } from './unpacking.ts';

/** Flags of a member (APPNOTE.TXT, 4.4.4). */
const ENCRYPTED = 1;
const SIZES_BEHIND = 8;
const MAX_DESCRIPTOR_BYTES = 24;

/** Ways of packing that are not followed, by number (APPNOTE.TXT, 4.4.5). */
const METHODS: ReadonlyMap<number, string> = new Map([
  [1, 'shrink'],
  [6, 'implode'],
  [9, 'deflate64'],
  [14, 'LZMA'],
  [93, 'zstd'],
  [95, 'xz'],
  [98, 'PPMd'],
  [99, 'AES encryption'],
]);

/** What became of a member's data. */
export interface UnpackedData {
  readonly content: Uint8Array;
  /** Where in the file the data ends, as the packing itself knows; null: where the header says. */
  readonly end: number | null;
}

/** True for a member that needs a password, or says so. */
export function isEncrypted({ flags, method }: Pick<ZipHeader, 'flags' | 'method'>): boolean {
  return (flags & ENCRYPTED) !== 0 || method === 99;
}

/** True when a local header leaves the sizes to a record behind the data. */
export function hasSizesBehind({ flags }: Pick<ZipHeader, 'flags'>): boolean {
  return (flags & SIZES_BEHIND) !== 0;
}

/** How long the record behind the data is: with or without signature, in 32 or 64 bits. */
export function descriptorBytes(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasSignature = at + 4 <= bytes.length && view.getUint32(at, true) === 0x08074b50;
  const start = hasSignature ? 4 : 0;
  // What follows must be the next part of an archive, or its end.
  for (const size of [12, 20]) {
    const next = at + start + size;
    if (next === bytes.length) return start + size;
    if (next + 2 <= bytes.length && bytes[next] === 0x50 && bytes[next + 1] === 0x4b) return start + size;
  }
  return Math.min(start + 12, MAX_DESCRIPTOR_BYTES, Math.max(0, bytes.length - at));
}

/**
 * Unpacks a member's data.
 * @param data from its begin on; the header's size bounds it where the packing has no end of its own
 * @throws for what is broken, beyond the bounds, or packed in a way that is not followed
 */
export function unpackData(unpacking: Unpacking, header: ZipHeader, dataAt: number): UnpackedData {
  const { bytes } = unpacking;
  const { method, packedBytes } = header;
  const until = packedBytes > 0 ? Math.min(bytes.length, dataAt + packedBytes) : bytes.length;
  const data = bytes.subarray(dataAt, until);
  if (dataAt + packedBytes > bytes.length) throw new Error('its data ends behind the end of the archive');
  if (method === 0) {
    const content = unpacking.unpack(packedBytes, (maxBytes) => {
      if (packedBytes > maxBytes) throw new TooLarge();
      return bytes.subarray(dataAt, dataAt + packedBytes);
    });
    return { content, end: null };
  }
  if (method === 8) {
    return unpacking.unpack(data.length, (maxOutputLength) => {
      const result: unknown = inflateRawSync(data, { maxOutputLength, info: true });
      const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
      return { content: buffer, end: dataAt + engine.bytesWritten };
    });
  }
  if (method === 12)
    return { content: unpacking.unpack(data.length, (maxBytes) => bunzip2(data, maxBytes)), end: null };
  throw new Error(`it is packed by ${METHODS.get(method) ?? `method ${method}`}, which is not followed`);
}
