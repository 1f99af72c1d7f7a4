import type { Package } from '../../model/dependency.ts';
import type { Finding } from '../../model/finding.ts';
import { dependencyFinding } from '../findings.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { compareText } from '../inventory/text.ts';

/** A requirement or lock entry of a file. */
interface Entry {
  readonly name: string;
  readonly line: number;
}

/** Locks that give every package of an index its digests. npm's leaves out those that came bundled in another package. */
const HASHING_LOCKS =
  /(?:^|\/)(?:uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pylock[^/]*\.toml|pnpm-lock\.yaml|bun\.lock)$/;

/**
 * Files that hold some of what they install to a digest and leave others without: a list that pip refuses and other installers take, or a
 * lock that was changed by hand. A file without any digest is a choice, not an oversight.
 */
export function hashFindings(inventory: Inventory, unitOf: (path: string) => string): Finding[] {
  return [...inventory.hashing, ...locksOf(inventory.packages)].flatMap(({ path, hashed, unhashed }) => {
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

function locksOf(packages: readonly Package[]): Inventory['hashing'] {
  const locks = new Map<string, { path: string; hashed: number; unhashed: Entry[] }>();
  for (const { name, pin, hashes, locations } of packages) {
    if (pin !== 'exact') continue;
    for (const { path, startLine } of locations.filter((location) => HASHING_LOCKS.test(location.path))) {
      const lock = locks.get(path) ?? { path, hashed: 0, unhashed: [] };
      locks.set(path, lock);
      if (hashes.length > 0) lock.hashed += 1;
      else lock.unhashed.push({ name, line: startLine });
    }
  }
  for (const { unhashed } of locks.values()) unhashed.sort((a, b) => a.line - b.line);
  return [...locks.values()].sort((a, b) => compareText(a.path, b.path));
}
