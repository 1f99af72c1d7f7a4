import type { Random } from '../random.ts';
import type { TreeFile } from '../tree.ts';

/** Changes a file in a way that chance decides; `corpus` is what it may borrow from. */
export type Mutator = (file: TreeFile, random: Random, corpus: readonly TreeFile[]) => TreeFile;

/** No mutation makes a file larger than this: size has tests of its own. */
const MAX_BYTES = 64 * 1024;

/** The file with other bytes, cut to {@link MAX_BYTES}. */
export function withBytes(file: TreeFile, bytes: Buffer): TreeFile {
  return { path: file.path, bytes: bytes.subarray(0, MAX_BYTES) };
}
