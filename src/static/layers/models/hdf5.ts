import type { Container } from '../container.ts';
import type { Unpacking } from '../unpacking.ts';
import { printableRuns, unseenText } from '../unseen-text.ts';
import { embeddedPickles } from './embedded-pickles.ts';
import { jsonTextsIn } from './json-texts.ts';

const MAGIC = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
/** A block of the user's own may stand before, of 512 bytes or a power of two more (HDF5 File Format 3.0, II). */
const FIRST_USER_BLOCK = 512;
const LAST_USER_BLOCK = 64 * 1024;
const MAX_CONFIGURATIONS = 50;
/** More of a file's texts is not read (UTF-16 units). */
const MAX_TEXTS = 2_000_000;

function startsAt(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, index) => bytes[at + index] === byte);
}

function isHdf5(bytes: Uint8Array): boolean {
  if (startsAt(bytes, 0)) return true;
  for (let at = FIRST_USER_BLOCK; at <= LAST_USER_BLOCK; at *= 2) if (startsAt(bytes, at)) return true;
  return false;
}

/**
 * Attributes are never compressed: however the file is built, their texts and pickles lie readable in it, and all of them are looked
 * for, not only those that its tables lead to.
 */
function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const rest = Buffer.from(bytes);
  const texts = jsonTextsIn(bytes, MAX_CONFIGURATIONS);
  for (const { start, end } of texts) {
    unpacking.fragment('config', bytes.subarray(start, end), 'json');
    rest.fill(0, start, end);
  }
  if (texts.length >= MAX_CONFIGURATIONS)
    unpacking.miss('an HDF5 file with more configurations than are read');
  for (const { start, end } of embeddedPickles(bytes)) {
    unpacking.part(start, 'pickle', bytes.subarray(start, end), 'pickle');
    rest.fill(0, start, end);
  }
  const unseen = unseenText(printableRuns(rest).slice(0, MAX_TEXTS));
  if (unseen !== null) unpacking.fragment('texts', unseen.content, unseen.language);
  unpacking.miss(
    'an HDF5 file: its configurations, pickles and texts were read, its numbers were not',
    false,
  );
}

/** HDF5 files: configurations of Keras models and pickles in their attributes, and texts. */
export const hdf5: Container = { name: 'HDF5 file', recognises: isHdf5, open };
