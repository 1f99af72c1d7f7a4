import { join } from 'node:path';
import { caseOf } from './cases.ts';
import { corpus } from './corpus.ts';
import { writeFiles } from './judged.ts';

/**
 * Writes the files of a case below a folder of its own, for a look at what went wrong.
 * @returns the folder, and the mutators that made the case
 */
export function keepCase(
  seed: number,
  number: number,
  below: string,
): { readonly folder: string; readonly made: readonly string[] } {
  const { files, made } = caseOf(seed, number, corpus());
  const folder = join(below, `seed-${seed}-case-${number}`);
  writeFiles(folder, files);
  return { folder, made };
}
