import type { DependencyScope } from '../../model/dependency.ts';
import { withArchive } from './archive-name.ts';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName } from './declaration.ts';
import { integrityHashes, withHashes } from './hashes.ts';
import { blankTrailingCommas, duplicateProblems, KeyLines, parseJson } from './json.ts';
import { scopesFrom } from './lock-scopes.ts';
import { ForeignRegistries } from './npm-registry.ts';
import { pinOfLocked } from './npm-specifier.ts';
import type { Table } from './parsed.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';

/** `bun.lock`, bun's text lockfile: JSON with trailing commas, a tuple a package whose first member is `name@version`. */
export const bunLockFormat: InventoryFormat = {
  id: 'bun.lock',
  role: 'lock',
  ecosystem: 'npm',
  matches: (path) => baseName(path) === 'bun.lock',
  read: readBunLock,
};

function readBunLock(text: string): FileReading {
  const plain = blankTrailingCommas(text);
  const { table, problem } = parseJson(plain);
  if (table === null) return failedReading(problem);
  const keys = new KeyLines(plain);
  const packages = tableOf(table['packages']);
  const scopes = scopesOf(tableOf(table['workspaces']), packages);
  const declarations: Declaration[] = [];
  const problems: Problem[] = duplicateProblems(plain);
  const foreign = new ForeignRegistries();
  let offset = keys.offsetOf('packages');
  for (const [key, value] of Object.entries(packages)) {
    offset = keys.offsetOfEntry(key, offset, '[');
    const line = keys.lineAt(offset);
    const locked = /^((?:@[^/@]+\/)?[^@]+)@(.+)$/s.exec(textOf(listOf(value)[0]) ?? '');
    if (locked?.[1] === undefined || locked[2] === undefined)
      problems.push({ line, reason: `not a package: ${key.slice(0, 60)}` });
    else if (!locked[2].startsWith('workspace:')) {
      // From the registry: `[id, address, details, integrity]`; the address is empty when it is the usual one.
      const [, address, , integrity] = listOf(value).map(textOf);
      foreign.see(address ?? '', line);
      declarations.push({
        ecosystem: 'npm',
        name: locked[1],
        ...pinOfLocked(locked[2]),
        scope: scopes.get(key) ?? 'runtime',
        line,
        ...placeOf(key),
        ...withArchive(address ?? '', [locked[1]]),
        ...withHashes(integrityHashes(integrity ?? null)),
      });
    }
  }
  const members = Object.keys(tableOf(table['workspaces'])).filter((folder) => folder !== '');
  return { declarations, problems, references: foreign.references(), members };
}

/** A key is the way to the package: `debug/ms` is the `ms` of `debug` alone. */
function placeOf(key: string): { readonly place?: string } {
  const at = key.lastIndexOf('/', key.lastIndexOf('/@') === -1 ? undefined : key.lastIndexOf('/@'));
  const parent = at === -1 ? '' : key.slice(0, at);
  return parent === '' || (parent.startsWith('@') && !parent.includes('/')) ? {} : { place: parent };
}

const GROUPS: readonly (readonly [string, DependencyScope])[] = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'optional'],
];

function scopesOf(workspaces: Table, packages: Table): ReadonlyMap<string, DependencyScope> {
  const roots = Object.values(workspaces).flatMap((workspace) =>
    GROUPS.flatMap(([group, scope]) =>
      Object.keys(tableOf(tableOf(workspace)[group])).flatMap((name) => {
        const own = `${textOf(tableOf(workspace)['name']) ?? ''}/${name}`;
        return { key: Object.hasOwn(packages, own) ? own : name, scope };
      }),
    ),
  );
  return scopesFrom(roots, (key) => {
    const details = tableOf(listOf(Object.hasOwn(packages, key) ? packages[key] : null)[2]);
    return GROUPS.filter(([group]) => group !== 'devDependencies')
      .flatMap(([group]) => Object.keys(tableOf(details[group])))
      .map((name) => (Object.hasOwn(packages, `${key}/${name}`) ? `${key}/${name}` : name));
  });
}
