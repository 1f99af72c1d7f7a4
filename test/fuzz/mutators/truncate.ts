import { type Mutator, withBytes } from './mutator.ts';

/** The end is gone, or the beginning. */
export const truncate: Mutator = (file, random) => {
  const at = random.below(file.bytes.length + 1);
  return withBytes(file, random.below(4) === 0 ? file.bytes.subarray(at) : file.bytes.subarray(0, at));
};
