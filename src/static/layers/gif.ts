import { handOverTail } from './appended.ts';
import type { Container } from './container.ts';
import type { Unpacking } from './unpacking.ts';
import { unseenText } from './unseen-text.ts';

/** Blocks and labels (GIF89a, appendix A). */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const HEADER_BYTES = 13;

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Blocks of up to 255 bytes, each with its length before it, until an empty one. */
function subBlocks(bytes: Uint8Array, from: number): { readonly chunks: Uint8Array[]; readonly end: number } {
  const chunks: Uint8Array[] = [];
  let at = from;
  for (let length = bytes[at] ?? 0; length > 0 && at < bytes.length; length = bytes[at] ?? 0) {
    chunks.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { chunks, end: at + 1 };
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  unpacking.rest(bytes);
  let at = HEADER_BYTES + tableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === TRAILER) {
      handOverTail(unpacking, at + 1);
      return;
    }
    if (block !== EXTENSION && block !== IMAGE) break;
    const dataAt = block === EXTENSION ? at + 2 : at + 11 + tableBytes(bytes[at + 9] ?? 0);
    const { chunks, end } = subBlocks(bytes, dataAt);
    if (block === EXTENSION && bytes[at + 1] === COMMENT) {
      const unseen = unseenText(Buffer.concat(chunks).toString('utf8'));
      if (unseen !== null) unpacking.part(at, 'comment', unseen.content, unseen.language);
    }
    at = end;
  }
  // A picture that breaks off here says nothing of where it ends.
  if (at < bytes.length) handOverTail(unpacking, at);
}

/** Comments of GIF pictures, and what hangs behind the picture. */
export const gif: Container = {
  name: 'GIF picture',
  recognises: (bytes) => /^GIF8[79]a$/.test(String.fromCharCode(...bytes.subarray(0, 6))),
  open,
};
