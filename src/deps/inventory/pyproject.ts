import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Problem, Reference } from './declaration.ts';
import { baseName } from './declaration.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';
import type { Table } from './parsed.ts';
import { readPoetry } from './poetry.ts';
import { normalizePypiName, parseRequirement } from './requirement.ts';
import { LineFinder } from './text.ts';
import { parseToml } from './toml.ts';

/** PEP 621 metadata, PEP 518 build requirements, PEP 735 groups, and what Poetry, PDM, uv and Hatch keep in their own tables. */
export const pyprojectFormat: InventoryFormat = {
  id: 'pyproject',
  role: 'manifest',
  ecosystem: 'PyPI',
  matches: (path) => baseName(path) === 'pyproject.toml',
  read: readPyproject,
};

function readPyproject(text: string): FileReading {
  const { table, problem } = parseToml(text);
  if (table === null) return failedReading(problem);
  const lines = new LineFinder(text);
  const reader = new RequirementLists(lines);
  const project = tableOf(table['project']);
  reader.read(project['dependencies'], 'runtime', '[project]');
  reader.readGroups(project['optional-dependencies'], () => 'optional', 'optional-dependencies');
  reader.readGroups(table['dependency-groups'], () => 'dev', '[dependency-groups]');
  reader.read(tableOf(table['build-system'])['requires'], 'build', '[build-system]');
  readTools(tableOf(table['tool']), reader, lines);
  const ownName = textOf(project['name']) ?? textOf(tableOf(tableOf(table['tool'])['poetry'])['name']);
  const references = dynamicFiles(tableOf(table['tool']), lines);
  const isDynamic = listOf(project['dynamic']).includes('dependencies') && references.length === 0;
  return {
    declarations: reader.declarations,
    problems: reader.problems,
    references,
    ...(ownName === null ? {} : { ownName: normalizePypiName(ownName) }),
    ...(isDynamic ? { unknown: { kind: 'computed', reason: 'leaves its dependencies to the build' } } : {}),
  };
}

function readTools(tools: Table, reader: RequirementLists, lines: LineFinder): void {
  const poetry = readPoetry(tableOf(tools['poetry']), lines);
  reader.declarations.push(...poetry.declarations);
  reader.problems.push(...poetry.problems);
  reader.readGroups(tableOf(tools['pdm'])['dev-dependencies'], () => 'dev', '[tool.pdm');
  reader.read(tableOf(tools['uv'])['dev-dependencies'], 'dev', '[tool.uv]');
  for (const environment of Object.values(tableOf(tableOf(tools['hatch'])['envs']))) {
    reader.read(tableOf(environment)['dependencies'], 'dev', '[tool.hatch');
    reader.read(tableOf(environment)['extra-dependencies'], 'dev', '[tool.hatch');
  }
}

/** `[tool.setuptools.dynamic] dependencies = {file = […]}`: requirement lists in files of their own. */
function dynamicFiles(tools: Table, lines: LineFinder): Reference[] {
  const dynamic = tableOf(tableOf(tools['setuptools'])['dynamic']);
  const file = tableOf(dynamic['dependencies'])['file'];
  const line = lines.lineOf('[tool.setuptools.dynamic');
  return (Array.isArray(file) ? listOf(file) : [file])
    .map(textOf)
    .filter((path) => path !== null)
    .map((to): Reference => ({ kind: 'requirements', to, line }));
}

/** Reads lists of PEP 508 requirements and remembers on which line each stands. */
export class RequirementLists {
  readonly declarations: Declaration[] = [];
  readonly problems: Problem[] = [];
  readonly #lines: LineFinder;

  constructor(lines: LineFinder) {
    this.#lines = lines;
  }

  /** @param after text of the file behind which the list stands */
  read(list: unknown, scope: DependencyScope, after: string): void {
    const from = this.#lines.lineOf(after);
    for (const item of listOf(list)) {
      // PEP 735: `{include-group = "…"}` names a group that is read anyway.
      if (typeof item !== 'string') continue;
      const line = this.#lines.lineOf(item, from);
      const declaration = parseRequirement(item, scope, line);
      if (declaration !== null) this.declarations.push(declaration);
      else this.problems.push({ line, reason: `not a requirement: ${item.slice(0, 60)}` });
    }
  }

  readGroups(groups: unknown, scopeOf: (group: string) => DependencyScope, after: string): void {
    for (const [group, list] of Object.entries(tableOf(groups))) this.read(list, scopeOf(group), after);
  }
}
