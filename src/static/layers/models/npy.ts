import { numpyHeaderOf, signatureOf } from '../../decode/magic.ts';
import type { Container } from '../container.ts';
import type { Unpacking } from '../unpacking.ts';

/** The signature's name of arrays whose elements are pickled, in `decode/magic.ts`. */
const PICKLED = 'a NumPy array of pickled objects';

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const start = numpyHeaderOf(bytes)?.end ?? bytes.length;
  if (start >= bytes.length) throw new Error('its header has no end');
  unpacking.part(start, 'pickle', bytes.subarray(start), 'pickle');
}

/** NumPy's arrays of objects: a header, then a pickle. Arrays of numbers hold numbers only. */
export const npy: Container = {
  name: 'NumPy array',
  recognises: (bytes) => bytes[0] === 0x93 && signatureOf(bytes)?.name === PICKLED,
  open,
};
