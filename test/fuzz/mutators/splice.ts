import { type Mutator, withBytes } from './mutator.ts';

/** The beginning of this file and the end of another one. */
export const splice: Mutator = (file, random, corpus) => {
  const other = random.pick(corpus).bytes;
  return withBytes(
    file,
    Buffer.concat([
      file.bytes.subarray(0, random.below(file.bytes.length + 1)),
      other.subarray(random.below(other.length + 1)),
    ]),
  );
};
