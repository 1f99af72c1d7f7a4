import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName } from './declaration.ts';
import { hexHash, withHashes } from './hashes.ts';
import { scopesFrom } from './lock-scopes.ts';
import type { Table } from './parsed.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';
import { addressOf, memberOf, otherIndexOf } from './python-lock-source.ts';
import type { PinnedTo } from './requirement.ts';
import { normalizePypiName } from './requirement.ts';
import { parseToml, nameLines } from './toml.ts';
import { push } from '../grouped.ts';

/** `poetry.lock`, `pdm.lock`, `uv.lock`, and the standard `pylock.toml` (PEP 751): an array of package tables each. */
export const pythonLockFormats: readonly InventoryFormat[] = [
  lockFormat('poetry.lock', (name) => name === 'poetry.lock', 'package'),
  lockFormat('pdm.lock', (name) => /^pdm(?:\.[^.]+)?\.lock$/.test(name), 'package'),
  // `uv lock --script run.py` writes `run.py.lock`.
  lockFormat('uv.lock', (name) => name === 'uv.lock' || name.endsWith('.py.lock'), 'package'),
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
  const lines = nameLines(text, list);
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const references = new Map<string, Reference>();
  const members: string[] = [];
  let ownName: string | null = null;
  const entries = listOf(table[list]).map(tableOf);
  const scopes = uvScopes(entries);
  for (const [index, entry] of entries.entries()) {
    const line = lines[index] ?? 1;
    const name = textOf(entry['name']);
    const member = memberOf(entry);
    if (member !== null && member !== '.') members.push(member);
    if (name === null) {
      problems.push({ line, reason: 'a locked package without a name' });
      continue;
    }
    const normal = normalizePypiName(name);
    // uv lists the project whose lock it is, in the folder of the lock.
    if (member === '.') ownName = normal;
    else
      declarations.push({
        ecosystem: 'PyPI',
        name: normal,
        ...pinOfEntry(entry),
        scope: scopes.get(normal) ?? scopeOf(entry),
        line,
        ...withHashes(hashesOf(entry)),
      });
    const other = otherIndexOf(entry);
    if (other !== null && !references.has(other))
      references.set(other, { kind: 'index', to: `locked from ${other}`, line });
  }
  if (table[list] === undefined && Object.keys(table).length === 0)
    problems.push({ line: 1, reason: 'an empty lockfile' });
  return {
    declarations,
    problems,
    references: [...references.values()],
    members,
    ...(ownName === null ? {} : { ownName }),
  };
}

function pinOfEntry(entry: Table): PinnedTo {
  const elsewhere = addressOf(entry);
  if (elsewhere !== null) return elsewhere;
  const version = textOf(entry['version']);
  return version === null
    ? { pin: 'none', version: null, range: null }
    : { pin: 'exact', version, range: null };
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

/** Names of groups that only developers install. */
const FOR_DEVELOPERS = /(?:^|[-_])(?:dev\w*|tests?|testing|lint\w*|docs?|typ(?:es|ing))(?:$|[-_])/i;

/**
 * Poetry up to 1.4 wrote `category`, from 2.0 on `groups`, none of which but `main` is published. PDM's groups may be extras too, and
 * pylock's markers say by which extra or group a package is asked for.
 */
function scopeOf(entry: Table): DependencyScope {
  if (entry['optional'] === true) return 'optional';
  if (entry['category'] === 'dev') return 'dev';
  const marked = [
    ...(textOf(entry['marker']) ?? '').matchAll(/["']([\w.-]{1,100})["'] in (?:extras|dependency_groups)/g),
  ].map(([, name = '']) => name);
  const groups = [...listOf(entry['groups']), ...marked].filter((group) => typeof group === 'string');
  if (groups.length === 0 || groups.includes('main') || groups.includes('default')) return 'runtime';
  return groups.every((group) => FOR_DEVELOPERS.test(group)) ? 'dev' : 'optional';
}

/** uv's lock says what each package needs, and of the members of the workspace in which group. Empty for the other locks. */
function uvScopes(entries: readonly Table[]): ReadonlyMap<string, DependencyScope> {
  const roots: { key: string; scope: DependencyScope }[] = [];
  const needs = new Map<string, string[]>();
  for (const entry of entries) {
    const name = normalizePypiName(textOf(entry['name']) ?? '');
    const extras = Object.values(tableOf(entry['optional-dependencies'])).flatMap(namesOf);
    if (memberOf(entry) === null) {
      for (const needed of [...namesOf(entry['dependencies']), ...extras]) push(needs, name, needed);
      continue;
    }
    const groups = Object.values(tableOf(entry['dev-dependencies'])).flatMap(namesOf);
    roots.push(
      ...namesOf(entry['dependencies']).map((key) => ({ key, scope: 'runtime' as const })),
      ...extras.map((key) => ({ key, scope: 'optional' as const })),
      ...groups.map((key) => ({ key, scope: 'dev' as const })),
    );
  }
  return scopesFrom(roots, (key) => needs.get(key) ?? []);
}

function namesOf(list: unknown): string[] {
  return listOf(list).flatMap((item) => {
    const name = textOf(tableOf(item)['name']);
    return name === null ? [] : [normalizePypiName(name)];
  });
}
