import { createRequire } from 'node:module';
import type { Container } from './container.ts';
import { handOver } from './single-stream.ts';
import type { Unpacking } from './unpacking.ts';

/** From Node 22.15 and 23.8 on. */
type ZstdDecompress = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

function decoder(): ZstdDecompress | null {
  const zlib = createRequire(import.meta.url)('node:zlib') as Readonly<Record<string, unknown>>;
  const found = zlib['zstdDecompressSync'];
  return typeof found === 'function' ? (found as ZstdDecompress) : null;
}

function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

async function open(unpacking: Unpacking): Promise<void> {
  const decompress = decoder();
  if (decompress === null) {
    unpacking.miss('zstd-compressed data: this version of Node cannot unpack it (22.15 and later can)');
    return;
  }
  const { bytes } = unpacking;
  const content = unpacking.unpack(bytes.length, (maxOutputLength) => decompress(bytes, { maxOutputLength }));
  await handOver(unpacking, /\.(?:zst|zstd|tzst)$/i, content);
}

/** zstd frames, where Node can read them. */
export const zstd: Container = { name: 'zstd stream', recognises: isZstd, open };
