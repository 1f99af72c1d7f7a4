import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName } from './declaration.ts';
import { duplicateProblems, KeyLines, parseJson } from './json.ts';
import { readOverrides } from './npm-overrides.ts';
import { parseNpmSpecifier } from './npm-specifier.ts';
import type { Table } from './parsed.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';

/** npm's manifest. `bundleDependencies` only repeats names of the other groups. */
export const packageJsonFormat: InventoryFormat = {
  id: 'package.json',
  role: 'manifest',
  ecosystem: 'npm',
  matches: (path) => baseName(path) === 'package.json',
  read: readPackageJson,
};

const GROUPS: readonly (readonly [string, DependencyScope])[] = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'optional'],
];

const SECTIONS = new Set([
  ...GROUPS.map(([group]) => group),
  'overrides',
  'resolutions',
  'pnpm',
  'workspaces',
]);

function readPackageJson(text: string): FileReading {
  const { table, problem } = parseJson(text);
  if (table === null) return failedReading(problem);
  const keys = new KeyLines(text);
  const declarations: Declaration[] = [];
  const problems: Problem[] = duplicateProblems(text, SECTIONS);
  for (const [group, scope] of GROUPS) {
    for (const [name, value] of Object.entries(tableOf(table[group]))) {
      const line = keys.lineOf(name, group);
      const specifier = textOf(value);
      if (specifier === null) problems.push({ line, reason: `not a version: ${name}` });
      else declarations.push({ ecosystem: 'npm', ...parseNpmSpecifier(name, specifier), scope, line });
    }
  }
  for (const [name, value] of catalogEntries(table)) {
    const specifier = textOf(value);
    if (specifier !== null)
      declarations.push({
        ecosystem: 'npm',
        ...parseNpmSpecifier(name, specifier),
        scope: 'runtime',
        line: keys.lineOf(name, 'catalog'),
      });
  }
  declarations.push(...readOverrides(table, keys));
  const ownName = textOf(table['name']);
  return {
    declarations,
    problems,
    references: [],
    members: workspacesOf(table),
    ...(ownName === null ? {} : { ownName }),
  };
}

/** `workspaces`: patterns of folders, as a list or (Yarn, bun) under `packages`. */
function workspacesOf(table: Table): string[] {
  const written = table['workspaces'];
  const patterns = listOf(Array.isArray(written) ? written : tableOf(written)['packages']);
  return patterns.map(textOf).filter((pattern) => pattern !== null);
}

/** bun keeps the versions behind `catalog:` in the manifest of the workspace: `catalog` and `catalogs`, there or under `workspaces`. */
function catalogEntries(table: Table): [string, unknown][] {
  return [table, tableOf(table['workspaces'])].flatMap((at) =>
    [at['catalog'], ...Object.values(tableOf(at['catalogs']))].flatMap((group) =>
      Object.entries(tableOf(group)),
    ),
  );
}
