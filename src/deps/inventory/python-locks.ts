import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName } from './declaration.ts';
import { hexHash, withHashes } from './hashes.ts';
import type { Table } from './parsed.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';
import type { PinnedTo } from './requirement.ts';
import { normalizePypiName } from './requirement.ts';
import { parseToml, tableLines } from './toml.ts';

/** `poetry.lock`, `pdm.lock`, `uv.lock`, and the standard `pylock.toml` (PEP 751): an array of package tables each. */
export const pythonLockFormats: readonly InventoryFormat[] = [
  lockFormat('poetry.lock', (name) => name === 'poetry.lock', 'package'),
  lockFormat('pdm.lock', (name) => name === 'pdm.lock', 'package'),
  lockFormat('uv.lock', (name) => name === 'uv.lock', 'package'),
  lockFormat('pylock.toml', (name) => /^pylock(?:\.[^.]+)?\.toml$/.test(name), 'packages'),
];

function lockFormat(id: string, matches: (name: string) => boolean, list: string): InventoryFormat {
  return {
    id,
    role: 'lock',
    ecosystem: 'PyPI',
    matches: (path) => matches(baseName(path)),
    read: (text) => readLock(text, list),
  };
}

function readLock(text: string, list: string): FileReading {
  const { table, problem } = parseToml(text);
  if (table === null) return failedReading(problem);
  const lines = tableLines(text, list);
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  let ownName: string | null = null;
  for (const [index, item] of listOf(table[list]).entries()) {
    const entry = tableOf(item);
    const line = lines[index] ?? 1;
    const name = textOf(entry['name']);
    if (name === null) {
      problems.push({ line, reason: 'a locked package without a name' });
    } else if (isProjectItself(entry)) {
      ownName = normalizePypiName(name);
    } else {
      declarations.push({
        ecosystem: 'PyPI',
        name: normalizePypiName(name),
        ...pinOfEntry(entry),
        scope: scopeOf(entry),
        line,
        ...withHashes(hashesOf(entry)),
      });
    }
  }
  if (table[list] === undefined && Object.keys(table).length === 0)
    problems.push({ line: 1, reason: 'an empty lockfile' });
  return { declarations, problems, references: [], ...(ownName === null ? {} : { ownName }) };
}

/** uv lists the project whose lock it is, as editable or virtual, in the folder of the lock. */
function isProjectItself(entry: Table): boolean {
  const source = tableOf(entry['source']);
  const folder =
    textOf(source['editable']) ?? textOf(source['virtual']) ?? textOf(tableOf(entry['directory'])['path']);
  return folder === '.';
}

function pinOfEntry(entry: Table): PinnedTo {
  const elsewhere = addressOf(entry);
  if (elsewhere !== null) return elsewhere;
  const version = textOf(entry['version']);
  return version === null
    ? { pin: 'none', version: null, range: null }
    : { pin: 'exact', version, range: null };
}

/** Where the package comes from when it is not an index: in `source` (Poetry, uv), in the entry (pdm), or in a sub-table (pylock). */
function addressOf(entry: Table): PinnedTo | null {
  const source = tableOf(entry['source']);
  const type = textOf(source['type']);
  if (type === 'git' || type === 'url' || type === 'file' || type === 'directory') {
    const reference = textOf(source['resolved_reference']) ?? textOf(source['reference']);
    const address = `${textOf(source['url']) ?? ''}${reference === null ? '' : `@${reference}`}`;
    return { pin: type === 'git' || type === 'url' ? 'url' : 'path', version: null, range: address };
  }
  const remote =
    textOf(source['git']) ??
    textOf(source['url']) ??
    textOf(entry['git']) ??
    textOf(entry['url']) ??
    textOf(tableOf(entry['vcs'])['url']) ??
    textOf(tableOf(entry['archive'])['url']);
  if (remote !== null) return { pin: 'url', version: null, range: remote };
  const local =
    textOf(source['path']) ??
    textOf(source['directory']) ??
    textOf(source['editable']) ??
    textOf(source['virtual']) ??
    textOf(entry['path']) ??
    textOf(tableOf(entry['directory'])['path']) ??
    textOf(tableOf(entry['archive'])['path']);
  return local === null ? null : { pin: 'path', version: null, range: local };
}

/**
 * What Poetry and PDM list under `files` (`hash = "sha256:…"`), uv under `sdist` and `wheels` (the same), and pylock there and under
 * `archive` (`hashes = {sha256 = "…"}`).
 */
function hashesOf(entry: Table): (string | null)[] {
  const artifacts = [
    ...listOf(entry['files']),
    ...listOf(entry['wheels']),
    entry['sdist'],
    entry['archive'],
  ].map(tableOf);
  return artifacts.flatMap((artifact) => [
    hexHash(textOf(artifact['hash']) ?? ''),
    ...Object.entries(tableOf(artifact['hashes'])).map(([algorithm, digits]) =>
      hexHash(`${algorithm}:${textOf(digits) ?? ''}`),
    ),
  ]);
}

/** Poetry up to 1.4 wrote `category`, from 2.0 on `groups`; the others do not say. */
function scopeOf(entry: Table): DependencyScope {
  if (entry['optional'] === true) return 'optional';
  const groups = listOf(entry['groups']);
  const isDev =
    entry['category'] === 'dev' ||
    (groups.length > 0 && !groups.includes('main') && !groups.includes('default'));
  return isDev ? 'dev' : 'runtime';
}
