import { type Mutator, withBytes } from './mutator.ts';

/** A piece of the file comes several times. */
export const duplicate: Mutator = (file, random) => {
  const { bytes } = file;
  const start = random.below(bytes.length + 1);
  const piece = bytes.subarray(start, start + 1 + random.below(200));
  const times = Array.from({ length: 1 + random.below(100) }, () => piece);
  return withBytes(file, Buffer.concat([bytes.subarray(0, start), ...times, bytes.subarray(start)]));
};
