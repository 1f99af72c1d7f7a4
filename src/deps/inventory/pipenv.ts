import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName } from './declaration.ts';
import { hexHash, withHashes } from './hashes.ts';
import { duplicateProblems, KeyLines, parseJson } from './json.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';
import { lineOfKey, pinOfPoetry } from './poetry.ts';
import { isPythonPackageIndex } from './python-lock-source.ts';
import { normalizePypiName } from './requirement.ts';
import { LineFinder } from './text.ts';
import { parseToml } from './toml.ts';

/** Pipenv's manifest. Every table but the known ones is a group of packages. */
export const pipfileFormat: InventoryFormat = {
  id: 'Pipfile',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'Pipfile',
  read: readPipfile,
};

/** Pipenv's lock. */
export const pipfileLockFormat: InventoryFormat = {
  id: 'Pipfile.lock',
  role: 'lock',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'Pipfile.lock',
  read: readPipfileLock,
};

const NOT_GROUPS = new Set(['source', 'requires', 'scripts', 'pipenv', '_meta']);

function readPipfile(text: string): FileReading {
  const { table, problem } = parseToml(text);
  if (table === null) return failedReading(problem);
  const lines = new LineFinder(text);
  const reading = readGroups(table, (group, name) => lineOfKey(lines, name, lines.lineOf(`[${group}`)));
  const references = listOf(table['source'])
    .map((source) => textOf(tableOf(source)['url']))
    .filter((url) => url !== null && !isPythonPackageIndex(url))
    .map((url): Reference => ({ kind: 'index', to: `source ${url ?? ''}`, line: lines.lineOf(url ?? '') }));
  return { ...reading, references };
}

function readPipfileLock(text: string): FileReading {
  const { table, problem } = parseJson(text);
  if (table === null) return failedReading(problem);
  const keys = new KeyLines(text);
  const references = listOf(tableOf(table['_meta'])['sources'])
    .map((source) => textOf(tableOf(source)['url']))
    .filter((url) => url !== null && !isPythonPackageIndex(url))
    .map((url): Reference => ({
      kind: 'index',
      to: `locked from ${url ?? ''}`,
      line: keys.lineOf('sources', '_meta'),
    }));
  const reading = readGroups(table, (group, name) => keys.lineOf(name, group));
  return { ...reading, problems: [...duplicateProblems(text), ...reading.problems], references };
}

function readGroups(
  table: Readonly<Record<string, unknown>>,
  lineOf: (group: string, name: string) => number,
): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  for (const [group, packages] of Object.entries(table)) {
    if (NOT_GROUPS.has(group)) continue;
    for (const [name, constraint] of Object.entries(tableOf(packages))) {
      const line = lineOf(group, name);
      const pin = pinOfPoetry(constraint);
      if (pin === null) problems.push({ line, reason: `not a constraint of Pipenv's: ${name}` });
      else
        declarations.push({
          ecosystem: 'PyPI',
          name: normalizePypiName(name),
          ...pin,
          scope: scopeOf(group),
          line,
          ...withHashes(listOf(tableOf(constraint)['hashes']).map((hash) => hexHash(textOf(hash) ?? ''))),
        });
    }
  }
  return { declarations, problems, references: [] };
}

function scopeOf(group: string): DependencyScope {
  return group === 'packages' || group === 'default' ? 'runtime' : 'dev';
}
