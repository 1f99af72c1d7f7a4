import type { Container } from './container.ts';
import { decodeLzma } from './lzma-decoder.ts';
import { Output } from './output.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

/** One byte of properties, four of the dictionary's size, eight of the unpacked size; then the data, whose first byte is zero. */
const HEADER_BYTES = 13;
const HIGHEST_PROPERTIES = 9 * 5 * 5;
/** Larger sizes are none that anybody writes (bytes). */
const MAX_CLAIMED = 2 ** 38;

/** The size that a header claims; null when the data ends with a mark, undefined when it is none. */
function sizeOf(view: DataView): number | null | undefined {
  const [low, high] = [view.getUint32(5, true), view.getUint32(9, true)];
  if (low === 0xffffffff && high === 0xffffffff) return null;
  const size = high * 2 ** 32 + low;
  return size < MAX_CLAIMED ? size : undefined;
}

/** Dictionaries are of 2^n or 2^n + 2^(n-1) bytes. */
function isDictionarySize(size: number): boolean {
  const highest = 2 ** (31 - Math.clz32(size));
  return size >= 4_096 && (size === highest || size === highest * 1.5);
}

function isLzma(bytes: Uint8Array): boolean {
  if (bytes.length <= HEADER_BYTES + 4 || bytes[0] !== 0x5d || bytes[HEADER_BYTES] !== 0) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  return isDictionarySize(view.getUint32(1, true)) && sizeOf(view) !== undefined;
}

async function open(unpacking: Unpacking): Promise<void> {
  const { bytes } = unpacking;
  const properties = bytes[0]!;
  if (properties >= HIGHEST_PROPERTIES) throw new Error('its properties are none');
  const header = {
    literalContextBits: properties % 9,
    literalPositionBits: Math.floor(properties / 9) % 5,
    positionBits: Math.floor(properties / 45),
    unpackedBytes: sizeOf(new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES)) ?? null,
  };
  const content = unpacking.unpack(bytes.length, (maxBytes) => {
    const output = new Output(maxBytes);
    decodeLzma(bytes, HEADER_BYTES, header, output);
    return output.content();
  });
  await handOver(unpacking, /\.(?:lzma|tlz)$/i, content);
}

/** Streams of LZMA without a container around them, as `lzma` of xz-utils and joblib write them (`lzma-file-format.txt`). */
export const lzma: Container = { name: 'LZMA stream', recognises: isLzma, open };
