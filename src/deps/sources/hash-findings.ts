import type { Finding } from '../../model/finding.ts';
import { dependencyFinding } from '../findings.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { ReadFile } from '../inventory/read-files.ts';
import { compareText } from '../inventory/text.ts';

/**
 * Files that hold some of what they install to a digest and leave others without: a list that pip refuses and other installers take, or a
 * lock that was changed by hand. A file without any digest is a choice, not an oversight.
 */
export function hashFindings(inventory: Inventory, unitOf: (path: string) => string): Finding[] {
  return [...inventory.hashing, ...locksOf(inventory.files)].flatMap(({ path, hashed, unhashed }) => {
    const [first] = unhashed;
    if (hashed === 0 || first === undefined) return [];
    const shown = unhashed.slice(0, 3).map(({ name }) => name);
    const more = unhashed.length > 3 ? ` and ${String(unhashed.length - 3)} more` : '';
    return [
      dependencyFinding('dependency-unhashed', {
        unit: unitOf(path),
        place: { path, startLine: first.line },
        subject: path,
        message: `${path} gives digests for ${String(hashed)} packages and none for ${shown.join(', ')}${more}.`,
      }),
    ];
  });
}

/** Of every lock what it says of the packages that come from an index: addresses, folders and what comes bundled have no digest there. */
function locksOf(files: readonly ReadFile[]): Inventory['hashing'] {
  return files
    .filter(({ format }) => format.role === 'lock')
    .map(({ path, reading: { declarations } }) => {
      const locked = declarations.filter(({ pin, isBundled }) => pin === 'exact' && isBundled !== true);
      const unhashed = locked.filter(({ hashes }) => hashes === undefined);
      return {
        path,
        hashed: locked.length - unhashed.length,
        unhashed: unhashed.map(({ name, line }) => ({ name, line })).sort((a, b) => a.line - b.line),
      };
    })
    .sort((a, b) => compareText(a.path, b.path));
}
