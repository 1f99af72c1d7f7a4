import type { DependencyScope } from '../../model/dependency.ts';
import { withArchive } from './archive-name.ts';
import type { Declaration, FileReading, InventoryFormat } from './declaration.ts';
import { baseName, unreadableFile } from './declaration.ts';
import { integrityHashes, withHashes } from './hashes.ts';
import { duplicateProblems, KeyLines, parseJson } from './json.ts';
import { ForeignRegistries } from './npm-registry.ts';
import { pinOfLocked } from './npm-specifier.ts';
import type { Table } from './parsed.ts';
import { failedReading, tableOf, textOf } from './parsed.ts';

/** `package-lock.json` and `npm-shrinkwrap.json`, lockfile versions 1 (nested) to 3 (flat). */
export const npmLockFormat: InventoryFormat = {
  id: 'package-lock.json',
  role: 'lock',
  ecosystem: 'npm',
  matches: (path) =>
    ['package-lock.json', 'npm-shrinkwrap.json', '.package-lock.json'].includes(baseName(path)),
  read: readNpmLock,
};

function readNpmLock(text: string): FileReading {
  const { table, problem } = parseJson(text);
  if (table === null) return failedReading(problem);
  const keys = new KeyLines(text);
  const packages = table['packages'];
  const nested = table['dependencies'];
  if (packages === undefined && nested === undefined && table['lockfileVersion'] === undefined)
    return unreadableFile('no lockfile of npm: neither `packages` nor `dependencies`', 1);
  const foreign = new ForeignRegistries();
  const flat = tableOf(packages);
  const declarations = readFlat(flat, keys, foreign);
  // npm before version 7 reads the older half of a lock of version 2; what only that half holds is installed there.
  const known = new Set(declarations.map(({ name, version, range }) => `${name}\0${version ?? range ?? ''}`));
  for (const declaration of readNested(tableOf(nested), keys, foreign)) {
    const key = `${declaration.name}\0${declaration.version ?? declaration.range ?? ''}`;
    if (packages === undefined || !(known.has(key) || declaration.pin === 'path'))
      declarations.push(declaration);
  }
  const ownName = textOf(table['name']);
  return {
    declarations,
    problems: duplicateProblems(text),
    references: foreign.references(),
    members: Object.keys(flat).filter((folder) => folder !== '' && !/(?:^|\/)node_modules\//.test(folder)),
    ...(ownName === null ? {} : { ownName }),
  };
}

/** Versions 2 and 3: keys are folders; what follows the last `node_modules/` is the name, unless the entry has one (aliases). */
function readFlat(packages: Table, keys: KeyLines, foreign: ForeignRegistries): Declaration[] {
  const declarations: Declaration[] = [];
  for (const [folder, value] of Object.entries(packages)) {
    const entry = tableOf(value);
    const marker = folder.lastIndexOf('node_modules/');
    // Without the marker it is the project itself or a member of its workspace.
    if (marker === -1 || entry['link'] === true) continue;
    const name = textOf(entry['name']) ?? folder.slice(marker + 'node_modules/'.length);
    const place = folder.slice(0, Math.max(0, marker - 1));
    declarations.push(declare(name, entry, keys.lineOf(folder, 'packages'), place, foreign));
  }
  return declarations;
}

/** Version 1: entries hold the dependencies that could not be lifted out. A list of what is left, in the order of the file. */
function readNested(root: Table, keys: KeyLines, foreign: ForeignRegistries): Declaration[] {
  const declarations: Declaration[] = [];
  const waiting: { readonly entries: Iterator<[string, unknown]>; readonly place: string }[] = [
    { entries: Object.entries(root)[Symbol.iterator](), place: '' },
  ];
  // Names come back as keys of `requires` and of deeper groups: each search goes on where the last one ended.
  let offset = keys.offsetOf('dependencies');
  for (let group = waiting.at(-1); group !== undefined; group = waiting.at(-1)) {
    const next = group.entries.next();
    if (next.done === true) {
      waiting.pop();
      continue;
    }
    const [name, value] = next.value;
    const entry = tableOf(value);
    offset = keys.offsetOfEntry(name, offset + 1, '{');
    declarations.push(declare(name, entry, keys.lineAt(offset), group.place, foreign));
    const inner = Object.entries(tableOf(entry['dependencies']));
    if (inner.length > 0) waiting.push({ entries: inner[Symbol.iterator](), place: name });
  }
  return declarations;
}

function declare(
  key: string,
  entry: Table,
  line: number,
  place: string,
  foreign: ForeignRegistries,
): Declaration {
  const version = textOf(entry['version']);
  const alias = /^npm:((?:@[^/@]+\/)?[^@]+)@(.+)$/.exec(version ?? '');
  const resolved = textOf(entry['resolved']) ?? '';
  const fromElsewhere = /^git\+|^git:|^file:/.test(resolved) ? resolved : (alias?.[2] ?? version);
  foreign.see(resolved, line);
  const name = alias?.[1] ?? key;
  const deprecated = textOf(entry['deprecated']);
  return {
    ecosystem: 'npm',
    name,
    ...pinOfLocked(fromElsewhere),
    scope: scopeOf(entry),
    line,
    ...withArchive(resolved, [name]),
    ...(place === '' ? {} : { place }),
    ...withHashes(integrityHashes(textOf(entry['integrity']))),
    ...(entry['hasInstallScript'] === true ? { hasInstallScript: true } : {}),
    ...(entry['inBundle'] === true || entry['bundled'] === true ? { isBundled: true } : {}),
    ...(deprecated === null ? {} : { deprecated }),
  };
}

function scopeOf(entry: Table): DependencyScope {
  if (entry['dev'] === true) return 'dev';
  // `devOptional`: development needs it, and something optional does too.
  const isOptional = ['optional', 'devOptional', 'peer'].some((flag) => entry[flag] === true);
  return isOptional ? 'optional' : 'runtime';
}
