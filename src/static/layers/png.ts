import { inflateSync } from 'node:zlib';
import { handOverTail } from './appended.ts';
import type { Container } from './container.ts';
import type { Unpacking } from './unpacking.ts';
import { printableRuns, unseenText } from './unseen-text.ts';

const MAGIC = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length and type before a chunk's data, check sum behind it (PNG 3rd edition, 5.3). */
const HEAD_BYTES = 8;
const SUM_BYTES = 4;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function inflated(unpacking: Unpacking, data: Uint8Array): Uint8Array {
  return unpacking.unpack(data.length, (maxOutputLength) => inflateSync(data, { maxOutputLength }));
}

/** The text of a chunk, with its keyword; null for a chunk that holds none. */
function textOf(unpacking: Unpacking, type: string, data: Uint8Array): string | null {
  const end = data.indexOf(0);
  const keyword = latin1(data.subarray(0, Math.max(0, end)));
  const rest = data.subarray(end + 1);
  if (type === 'tEXt') return `${keyword}\n\n${latin1(rest)}`;
  if (type === 'zTXt') return `${keyword}\n\n${latin1(inflated(unpacking, rest.subarray(1)))}`;
  if (type === 'eXIf') return printableRuns(data);
  if (type !== 'iTXt') return null;
  // Two flags, then the language and the keyword in it, each ended by a zero.
  const language = rest.indexOf(0, 2);
  const translated = rest.indexOf(0, language + 1);
  const text = rest.subarray(translated + 1);
  const plain = rest[0] === 1 ? inflated(unpacking, text) : text;
  return `${keyword}\n\n${Buffer.from(plain).toString('utf8')}`;
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  unpacking.rest(bytes);
  let at = MAGIC.length;
  for (let type = ''; type !== 'IEND' && at + HEAD_BYTES <= bytes.length;) {
    const length = view.getUint32(at);
    type = latin1(bytes.subarray(at + 4, at + HEAD_BYTES));
    const data = bytes.subarray(at + HEAD_BYTES, Math.min(bytes.length, at + HEAD_BYTES + length));
    const text = textOf(unpacking, type, data);
    const unseen = text === null ? null : unseenText(text);
    if (unseen !== null) unpacking.part(at, type, unseen.content, unseen.language);
    at += HEAD_BYTES + length + SUM_BYTES;
  }
  handOverTail(unpacking, at);
}

/** Text chunks of PNG pictures, and what hangs behind the picture. */
export const png: Container = {
  name: 'PNG picture',
  recognises: (bytes) => MAGIC.every((byte, at) => bytes[at] === byte),
  open,
};
