import { createRequire } from 'node:module';
import type { Container } from './container.ts';
import { Output } from './output.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

/** What is used of `seek-bzip`, which brings no types. */
interface Bunzip {
  decode(
    input: { readByte(): number; read(into: Uint8Array, at: number, length: number): number; eof(): boolean },
    output: { writeByte(byte: number): void },
    multistream: boolean,
  ): void;
}

/** Streams behind each other that are put together; readers do so too. */
const MAX_STREAMS = 1_000;

/** `BZh`, the block size, and the mark of a block or of the end (the digits of π and of its root). */
function isBzip2(bytes: Uint8Array, at = 0): boolean {
  return (
    bytes[at] === 0x42 &&
    bytes[at + 1] === 0x5a &&
    bytes[at + 2] === 0x68 &&
    ((bytes[at + 4] === 0x31 && bytes[at + 5] === 0x41) || (bytes[at + 4] === 0x17 && bytes[at + 5] === 0x72))
  );
}

/** One stream after the other goes to the output. @returns where the last of them ends */
function decodeStreams(bytes: Uint8Array, output: Output): number {
  const bunzip = createRequire(import.meta.url)('seek-bzip') as Bunzip;
  let at = 0;
  const input = {
    readByte: (): number => {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('it ends early');
      return byte;
    },
    read(into: Uint8Array, start: number, length: number): number {
      for (let read = 0; read < length; read++) into[start + read] = this.readByte();
      return length;
    },
    eof: () => at >= bytes.length,
  };
  for (let streams = 0; isBzip2(bytes, at) && streams < MAX_STREAMS; streams++)
    bunzip.decode(input, output, false);
  return at;
}

/** Unpacks bzip2 data, as members of a zip archive may be packed. @throws as {@link Unpacking.unpack} asks for, and for broken data */
export function bunzip2(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const output = new Output(maxBytes);
  decodeStreams(bytes, output);
  return output.content();
}

async function open(unpacking: Unpacking): Promise<void> {
  const { bytes } = unpacking;
  const { content, end } = unpacking.unpack(bytes.length, (maxBytes) => {
    const output = new Output(maxBytes);
    return { end: decodeStreams(bytes, output), content: output.content() };
  });
  await handOver(unpacking, /\.(?:bz2?|tbz2?)$/i, content);
  if (end < bytes.length) unpacking.part(end, 'appended', bytes.subarray(end));
}

/** bzip2 streams, one or several behind each other. */
export const bzip2: Container = { name: 'bzip2 stream', recognises: (bytes) => isBzip2(bytes), open };
