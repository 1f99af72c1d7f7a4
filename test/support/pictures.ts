import { crc32 } from '../../src/static/detectors/crc32.ts';

/** A chunk of a PNG picture. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG picture of one point, with more chunks in it and bytes behind it. */
export function pngOf(chunks: readonly Buffer[], behind: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', head),
    ...chunks,
    pngChunk('IDAT', Buffer.from('789c63600000000200 01'.replace(' ', ''), 'hex')),
    pngChunk('IEND', Buffer.alloc(0)),
    behind,
  ]);
}
