import { handOverTail } from './appended.ts';
import type { Container } from './container.ts';
import type { Unpacking } from './unpacking.ts';
import { printableRuns, unseenText } from './unseen-text.ts';

/** Markers (ITU T.81, B.1.1.3). */
const SCAN = 0xda;
const COMMENT = 0xfe;
const FIRST_APPLICATION = 0xe1;
const LAST_APPLICATION = 0xef;
const END = Buffer.from([0xff, 0xd9]);

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  unpacking.rest(bytes);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (marker === SCAN) break;
    const data = bytes.subarray(at + 4, at + 2 + length);
    const isText = marker === COMMENT || (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION);
    const text = marker === COMMENT ? Buffer.from(data).toString('utf8') : printableRuns(data);
    const unseen = isText ? unseenText(text) : null;
    if (unseen !== null)
      unpacking.part(at, marker === COMMENT ? 'comment' : 'metadata', unseen.content, unseen.language);
    at += 2 + Math.max(2, length);
  }
  // In the picture's own data a 0 follows every 0xff: the first such mark is its end.
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(END, at);
  if (end >= 0) handOverTail(unpacking, end + END.length);
}

/** Comments and metadata of JPEG pictures, and what hangs behind the picture. */
export const jpeg: Container = {
  name: 'JPEG picture',
  recognises: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  open,
};
