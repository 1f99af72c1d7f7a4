import type { Container } from './container.ts';
import { decodeLzma } from './lzma-decoder.ts';
import { Output } from './output.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

/** One byte of properties, four of the dictionary's size, eight of the unpacked size; then the data, whose first byte is zero. */
const HEADER_BYTES = 13;
/** Larger sizes are none that anybody writes (bytes). */
const MAX_CLAIMED = 2 ** 38;

/** Streams behind each other that are put together, as Python's `lzma` does. */
const MAX_STREAMS = 1_000;

function viewOf(bytes: Uint8Array, at: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + at, HEADER_BYTES);
}

/** The size that a header claims; null when the data ends with a mark, undefined when it is none. */
function sizeOf(view: DataView): number | null | undefined {
  const [low, high] = [view.getUint32(5, true), view.getUint32(9, true)];
  if (low === 0xffffffff && high === 0xffffffff) return null;
  const size = high * 2 ** 32 + low;
  return size < MAX_CLAIMED ? size : undefined;
}

/** liblzma takes dictionaries of 2^n or 2^n + 2^(n-1) bytes, and the largest that the header can say. */
function isDictionarySize(size: number): boolean {
  const highest = size === 0 ? 0 : 2 ** (31 - Math.clz32(size));
  return size === highest || size === highest * 1.5 || size === 0xffffffff;
}

function isLzma(bytes: Uint8Array, at = 0): boolean {
  if (bytes.length <= at + HEADER_BYTES + 4 || bytes[at] !== 0x5d || bytes[at + HEADER_BYTES] !== 0)
    return false;
  const view = viewOf(bytes, at);
  return isDictionarySize(view.getUint32(1, true)) && sizeOf(view) !== undefined;
}

/** One stream after the other goes to the output. @returns where the last of them ends */
function decodeStreams(bytes: Uint8Array, output: Output): number {
  let at = 0;
  for (let streams = 0; isLzma(bytes, at) && streams < MAX_STREAMS; streams++) {
    const properties = bytes[at]!;
    const header = {
      literalContextBits: properties % 9,
      literalPositionBits: Math.floor(properties / 9) % 5,
      positionBits: Math.floor(properties / 45),
      unpackedBytes: sizeOf(viewOf(bytes, at)) ?? null,
    };
    at = decodeLzma(bytes, at + HEADER_BYTES, header, output);
  }
  return at;
}

async function open(unpacking: Unpacking): Promise<void> {
  const { bytes } = unpacking;
  const { content, end } = unpacking.unpack(bytes.length, (maxBytes) => {
    const output = new Output(maxBytes);
    return { end: decodeStreams(bytes, output), content: output.content() };
  });
  await handOver(unpacking, /\.(?:lzma|tlz)$/i, content);
  if (end < bytes.length) unpacking.part(end, 'appended', bytes.subarray(end));
}

/** Streams of LZMA without a container around them, as `lzma` of xz-utils and joblib write them (`lzma-file-format.txt`). */
export const lzma: Container = { name: 'LZMA stream', recognises: isLzma, open };
