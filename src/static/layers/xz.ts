import { createRequire } from 'node:module';
import type * as Decoder from 'xz-decompress';
import type { Container } from './container.ts';
import { Output } from './output.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
/** Sizes of a stream's header and footer (The .xz File Format 1.2.1, 2.1). */
const HEADER_BYTES = 12;
const FOOTER_BYTES = 12;
const MAX_STREAMS = 100;
/** The decoder takes 64 KiB at a time; when so many steps bring nothing, it waits for data that is not there. */
const MAX_EMPTY_STEPS = 64;

function isXz(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}

/** A variable-length integer of the index. */
function integerAt(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let place = 0; place < 9; place++) {
    const byte = bytes[at + place] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return { value, next: at + place + 1 };
  }
  throw new Error('its index is broken');
}

/** Where the stream begins that ends at a place: its footer leads to its index, which has the sizes of its blocks. */
function streamStart(bytes: Uint8Array, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (end < HEADER_BYTES + FOOTER_BYTES || bytes[end - 2] !== 0x59 || bytes[end - 1] !== 0x5a)
    throw new Error('it ends early, or something stands behind it');
  const indexBytes = (view.getUint32(end - 8, true) + 1) * 4;
  const index = end - FOOTER_BYTES - indexBytes;
  if (index < 0) throw new Error('its index is broken');
  const records = integerAt(bytes, index + 1);
  let at = records.next;
  let blocks = 0;
  for (let record = 0; record < records.value; record++) {
    const unpadded = integerAt(bytes, at);
    at = integerAt(bytes, unpadded.next).next;
    if (at > end) throw new Error('its index is broken');
    blocks += Math.ceil(unpadded.value / 4) * 4;
  }
  const start = index - blocks - HEADER_BYTES;
  if (start < 0 || !isXz(bytes.subarray(start))) throw new Error('its index is broken');
  return start;
}

/** The streams of a file, first to last, found from its end; between them only zeros may stand. */
function streamsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const streams: Uint8Array[] = [];
  let end = bytes.length;
  while (end > 0) {
    while (end > 0 && bytes[end - 1] === 0) end--;
    if (end === 0) break;
    if (streams.length >= MAX_STREAMS) throw new Error('it has more streams than are followed');
    const start = streamStart(bytes, end);
    streams.unshift(bytes.subarray(start, end));
    end = start;
  }
  return streams;
}

async function decodeStream(bytes: Uint8Array, output: Output): Promise<void> {
  const { XzReadableStream } = createRequire(import.meta.url)('xz-decompress') as typeof Decoder;
  const compressed = new ReadableStream<Uint8Array>({
    start(controller): void {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const reader = (new XzReadableStream(compressed) as ReadableStream<Uint8Array>).getReader();
  let isOver = false;
  try {
    for (let empty = 0; empty < MAX_EMPTY_STEPS;) {
      const { done, value } = await reader.read();
      isOver = done;
      if (done) return;
      empty = value.length === 0 ? empty + 1 : 0;
      output.write(value);
    }
    throw new Error('it ends early');
  } finally {
    if (!isOver) await reader.cancel().catch(() => undefined);
  }
}

/** What streams claim to hold is not asked: the bound counts what comes out. */
async function open(unpacking: Unpacking): Promise<void> {
  const { bytes } = unpacking;
  const content = await unpacking.unpackSlowly(bytes.length, async (maxBytes) => {
    const output = new Output(maxBytes);
    for (const stream of streamsOf(bytes)) await decodeStream(stream, output);
    return output.content();
  });
  await handOver(unpacking, /\.(?:xz|txz)$/i, content);
}

/** xz streams, one or several behind each other. */
export const xz: Container = { name: 'xz stream', recognises: isXz, open };
