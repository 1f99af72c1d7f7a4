import { decode } from '../../fold/decoders.ts';

/** How a compression shows in its first bytes. */
const COMPRESSIONS: readonly {
  readonly name: 'zlib' | 'gzip';
  readonly fits: (bytes: Uint8Array) => boolean;
}[] = [
  { name: 'gzip', fits: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 },
  // RFC 1950: deflate, and the two header bytes are a multiple of 31.
  { name: 'zlib', fits: (bytes) => (bytes[0]! & 0x8f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0 },
];

/** Undoes a compression; null when the bytes are not compressed or hold more than is followed. */
export function decompressed(
  bytes: Uint8Array,
): { readonly name: string; readonly bytes: Uint8Array } | null {
  if (bytes.length < 8) return null;
  const compression = COMPRESSIONS.find(({ fits }) => fits(bytes));
  if (compression === undefined) return null;
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const plain = decode(compression.name, packed);
  return plain === null ? null : { name: compression.name, bytes: Buffer.from(plain, 'latin1') };
}
