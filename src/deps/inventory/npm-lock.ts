import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat } from './declaration.ts';
import { baseName, unreadableFile } from './declaration.ts';
import { integrityHashes, withHashes } from './hashes.ts';
import { KeyLines, parseJson } from './json.ts';
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
  const declarations =
    packages === undefined ? readNested(tableOf(nested), keys) : readFlat(tableOf(packages), keys);
  const ownName = textOf(table['name']);
  return { declarations, problems: [], references: [], ...(ownName === null ? {} : { ownName }) };
}

/** Versions 2 and 3: keys are folders; what follows the last `node_modules/` is the name, unless the entry has one (aliases). */
function readFlat(packages: Table, keys: KeyLines): Declaration[] {
  const declarations: Declaration[] = [];
  for (const [folder, value] of Object.entries(packages)) {
    const entry = tableOf(value);
    const marker = folder.lastIndexOf('node_modules/');
    // Without the marker it is the project itself or a member of its workspace.
    if (marker === -1 || entry['link'] === true) continue;
    const name = textOf(entry['name']) ?? folder.slice(marker + 'node_modules/'.length);
    declarations.push(declare(name, entry, keys.lineOf(folder, 'packages')));
  }
  return declarations;
}

/** Version 1: entries hold the dependencies that could not be lifted out. A list of what is left, so that depth costs nothing. */
function readNested(root: Table, keys: KeyLines): Declaration[] {
  const declarations: Declaration[] = [];
  const waiting: Table[] = [root];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    for (const [name, value] of Object.entries(group)) {
      const entry = tableOf(value);
      declarations.push(declare(name, entry, keys.lineOf(name, 'dependencies')));
      if (entry['dependencies'] !== undefined) waiting.push(tableOf(entry['dependencies']));
    }
  }
  return declarations;
}

function declare(key: string, entry: Table, line: number): Declaration {
  const version = textOf(entry['version']);
  const alias = /^npm:((?:@[^/@]+\/)?[^@]+)@(.+)$/.exec(version ?? '');
  const resolved = textOf(entry['resolved']) ?? '';
  const fromElsewhere = /^git\+|^git:|^file:/.test(resolved) ? resolved : (alias?.[2] ?? version);
  return {
    ecosystem: 'npm',
    name: alias?.[1] ?? key,
    ...pinOfLocked(fromElsewhere),
    scope: scopeOf(entry),
    line,
    ...withHashes(integrityHashes(textOf(entry['integrity']))),
    ...(entry['hasInstallScript'] === true ? { hasInstallScript: true } : {}),
  };
}

function scopeOf(entry: Table): DependencyScope {
  if (entry['dev'] === true || entry['devOptional'] === true) return 'dev';
  return entry['optional'] === true || entry['peer'] === true ? 'optional' : 'runtime';
}
