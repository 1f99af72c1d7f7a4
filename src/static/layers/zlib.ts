import { constants, inflateSync } from 'node:zlib';
import type { Container } from './container.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

/** So much of a file shows whether it inflates. */
const PROBE_BYTES = 512;
/** Shorter streams hold nothing that a file is made for. */
const MIN_BYTES = 12;

/** The two bytes that a stream begins with: method and window, and a check of both (RFC 1950, 2.2). */
function hasHeader(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return method === 0x78 && (flags & 0x20) === 0 && (method * 256 + flags) % 31 === 0;
}

function inflates(bytes: Uint8Array): boolean {
  try {
    const probe = bytes.subarray(0, PROBE_BYTES);
    return (
      inflateSync(probe, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1024 * 1024 }).length > 0
    );
  } catch (error) {
    // More than the probe may give is data all the same.
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  }
}

async function open(unpacking: Unpacking): Promise<void> {
  const { bytes } = unpacking;
  const { content, used } = unpacking.unpack(bytes.length, (maxOutputLength) => {
    const result: unknown = inflateSync(bytes, { maxOutputLength, info: true });
    const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
    return { content: buffer, used: engine.bytesWritten };
  });
  await handOver(unpacking, /\.(?:z|zlib)$/i, content);
  if (used < bytes.length) unpacking.part(used, 'appended', bytes.subarray(used));
}

/** Bare zlib streams, as joblib and Git write them (RFC 1950). */
export const zlib: Container = {
  name: 'zlib stream',
  recognises: (bytes) => bytes.length >= MIN_BYTES && hasHeader(bytes) && inflates(bytes),
  open,
};
