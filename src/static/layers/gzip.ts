import { inflateRawSync } from 'node:zlib';
import type { Container } from './container.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

/** Flags of a gzip header (RFC 1952, 2.3.1). */
const HAS_CRC = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
/** Members of one stream that are put together; readers do so too. */
const MAX_STREAMS = 1_000;

function isGzip(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

/** Where the deflate data of a gzip member begins. @throws when the header has no end */
function dataStart(bytes: Uint8Array, at: number): number {
  const flags = bytes[at + 3] ?? 0;
  let start = at + 10;
  if ((flags & HAS_EXTRA) !== 0) start += 2 + ((bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8));
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, start);
    if (end < 0) throw new Error('its header has no end');
    start = end + 1;
  }
  return (flags & HAS_CRC) === 0 ? start : start + 2;
}

/** Inflates raw deflate data, and says how many bytes of it were used. */
function inflated(bytes: Uint8Array, maxBytes: number): { readonly content: Buffer; readonly used: number } {
  const result: unknown = inflateRawSync(bytes, { maxOutputLength: maxBytes, info: true });
  const { buffer, engine } = result as { buffer: Buffer; engine: { bytesWritten: number } };
  return { content: buffer, used: engine.bytesWritten };
}

async function open(unpacking: Unpacking): Promise<void> {
  const { bytes } = unpacking;
  const contents: Buffer[] = [];
  let at = 0;
  for (let streams = 0; isGzip(bytes, at) && streams < MAX_STREAMS; streams++) {
    const start = dataStart(bytes, at);
    const { content, used } = unpacking.unpack(bytes.length, (maxBytes) =>
      inflated(bytes.subarray(start), maxBytes - contents.reduce((sum, { length }) => sum + length, 0)),
    );
    contents.push(content);
    at = start + used + 8;
  }
  await handOver(unpacking, /\.(?:gz|tgz|svgz)$/i, Buffer.concat(contents));
  // Zero bytes fill up the blocks of tapes.
  if (bytes.subarray(at).some((byte) => byte !== 0)) unpacking.part(at, 'appended', bytes.subarray(at));
}

/** gzip streams, one or several behind each other (RFC 1952). */
export const gzip: Container = { name: 'gzip stream', recognises: isGzip, open };
