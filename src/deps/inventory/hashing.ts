import { requirementsFormat } from './requirements.ts';
import type { ReadFile } from './read-files.ts';
import { compareText } from './text.ts';

/** Which requirements of one file are held to a hash (`--hash`, or a digest in the address). */
export interface RequirementHashing {
  readonly path: string;
  /** How many requirements have one. */
  readonly hashed: number;
  /** Those that have none, in the order of the file. Folders of the target are left out: they cannot have any. */
  readonly unhashed: readonly { readonly name: string; readonly line: number }[];
}

/** What every requirements file of the target says of hashes, sorted by path. Constraints install nothing and are left out. */
export function hashingOf(files: readonly ReadFile[]): RequirementHashing[] {
  return files
    .filter(({ format, isConstraints }) => format === requirementsFormat && !isConstraints)
    .map(({ path, reading: { declarations } }) => ({
      path,
      hashed: declarations.filter(({ hashes }) => hashes !== undefined).length,
      unhashed: declarations
        .filter(({ hashes, pin }) => hashes === undefined && pin !== 'path')
        .map(({ name, line }) => ({ name, line })),
    }))
    .sort((a, b) => compareText(a.path, b.path));
}
