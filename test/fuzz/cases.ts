import { MUTATORS } from './mutators/index.ts';
import { Random } from './random.ts';
import type { TreeFile } from './tree.ts';

/** A target that is made up, and how. */
export interface FuzzCase {
  readonly number: number;
  /** The mutators that made it, in order. */
  readonly made: readonly string[];
  /** Under paths that do not get in each other's way. */
  readonly files: readonly TreeFile[];
}

/** Files under paths that can all be written: the second of two of one name, and what would lie below a file, get numbers. */
function apart(files: readonly TreeFile[]): readonly TreeFile[] {
  return files.map((file, index) => (index === 0 ? file : { ...file, path: `${index}/${file.path}` }));
}

/** The case of a number: a few files of the corpus, each changed one to three times. The same seed and number give the same case. */
export function caseOf(seed: number, number: number, corpus: readonly TreeFile[]): FuzzCase {
  const random = new Random(Math.imul(seed, 1_000_003) + number);
  const made: string[] = [];
  const files = Array.from({ length: 1 + random.below(3) }, () => {
    let file = random.pick(corpus);
    for (let count = 1 + random.below(3); count > 0; count--) {
      const name = random.pick(Object.keys(MUTATORS));
      made.push(name);
      file = MUTATORS[name]!(file, random, corpus);
    }
    return file;
  });
  return { number, made, files: apart(files) };
}
