import { gunzipSync, inflateSync } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';

/** More than this does not come out of one text (bytes). */
const MAX_OUTPUT = 32 * 1024 * 1024;

/** How a compression shows in its first bytes. The library is named only where it is used, as it is loaded then. */
const COMPRESSIONS = [
  {
    name: 'gzip',
    fits: (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8,
    undo: (bytes: Uint8Array, options: ZlibOptions) => gunzipSync(bytes, options),
  },
  // RFC 1950: deflate, and the two header bytes are a multiple of 31.
  {
    name: 'zlib',
    fits: (bytes: Uint8Array): boolean =>
      (bytes[0]! & 0x8f) === 8 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0,
    undo: (bytes: Uint8Array, options: ZlibOptions) => inflateSync(bytes, options),
  },
] as const;

/**
 * Undoes a compression.
 * @param limit at most so many bytes come out
 * @returns null when the bytes are not compressed; `too-large` when they hold more than is followed
 */
export function decompressed(
  bytes: Uint8Array,
  limit: number,
): { readonly name: string; readonly bytes: Uint8Array } | 'too-large' | null {
  if (bytes.length < 8) return null;
  const compression = COMPRESSIONS.find(({ fits }) => fits(bytes));
  if (compression === undefined) return null;
  try {
    const maxOutputLength = Math.max(1, Math.min(limit, MAX_OUTPUT));
    return { name: compression.name, bytes: compression.undo(bytes, { maxOutputLength }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : null;
  }
}
