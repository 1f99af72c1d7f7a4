import { type Mutator, withBytes } from './mutator.ts';

/** One to sixteen bytes become others. */
export const flipBytes: Mutator = (file, random) => {
  const bytes = Buffer.from(file.bytes);
  for (let count = 1 + random.below(16); count > 0 && bytes.length > 0; count--) {
    bytes[random.below(bytes.length)] = random.below(256);
  }
  return withBytes(file, bytes);
};
