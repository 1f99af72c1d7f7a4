import type { Container } from '../container.ts';
import type { Unpacking } from '../unpacking.ts';
import { handOverTexts } from './texts.ts';

const MAGIC = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');
/** A block of the user's own may stand before, of 512 bytes or a power of two more (HDF5 File Format 3.0, II). */
const FIRST_USER_BLOCK = 512;
const LAST_USER_BLOCK = 64 * 1024;

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
  handOverTexts(unpacking);
  unpacking.miss(
    'an HDF5 file: its configurations, pickles and texts were read, its numbers were not',
    false,
  );
}

/** HDF5 files: configurations of Keras models and pickles in their attributes, and texts. */
export const hdf5: Container = { name: 'HDF5 file', recognises: isHdf5, open };
