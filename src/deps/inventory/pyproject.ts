import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, FileReading, InventoryFormat, Reference, UnknownPart } from './declaration.ts';
import { baseName } from './declaration.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';
import type { Table } from './parsed.ts';
import { readPoetry } from './poetry.ts';
import { normalizePypiName } from './requirement.ts';
import { RequirementLists } from './requirement-lists.ts';
import { LineFinder } from './text.ts';
import { parseToml } from './toml.ts';
import { readToolTables } from './tool-tables.ts';
import { fromUvSources, indexesOf } from './uv-sources.ts';

/** PEP 621 metadata, PEP 518 build requirements, PEP 735 groups, and what Poetry, PDM, uv, Hatch and Flit keep in their own tables. */
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
  const tools = tableOf(table['tool']);
  reader.read(project['dependencies'], 'runtime', '[project]');
  reader.readGroups(project['optional-dependencies'], 'optional', 'optional-dependencies');
  reader.readGroups(table['dependency-groups'], 'dev', '[dependency-groups]');
  reader.read(tableOf(table['build-system'])['requires'], 'build', '[build-system]');
  readToolTables(tools, reader);
  const listed = new Set(reader.declarations.map(({ name }) => name));
  const poetry = readPoetry(tableOf(tools['poetry']), lines, listed);
  const declarations: Declaration[] = fromUvSources(
    [...reader.declarations, ...poetry.declarations],
    tableOf(tableOf(tools['uv'])['sources']),
  );
  const ownName = textOf(project['name']) ?? textOf(tableOf(tools['poetry'])['name']);
  const files = dynamicFiles(tools, lines);
  const unknown = unknownPart(table, project, tools, files);
  return {
    declarations,
    problems: [...reader.problems, ...poetry.problems],
    references: [...files, ...indexesOf(tools, lines)],
    ...(ownName === null ? {} : { ownName: normalizePypiName(ownName) }),
    ...(unknown === null ? {} : { unknown }),
  };
}

/** `dynamic` leaves a list to the build backend, unless one of the tables that are read here is where the backend has it from. */
function unknownPart(
  { 'build-system': build }: Table,
  project: Table,
  tools: Table,
  files: readonly Reference[],
): UnknownPart | null {
  const dynamic = listOf(project['dynamic']);
  const isLeftOpen = dynamic.includes('dependencies') || dynamic.includes('optional-dependencies');
  const isPoetry = tableOf(tools['poetry'])['dependencies'] !== undefined;
  if (!isLeftOpen || isPoetry || files.length > 0) return null;
  const backend = textOf(tableOf(build)['build-backend']) ?? 'setuptools';
  const reason = 'leaves its dependencies to the build';
  // setuptools takes them from its older files.
  return backend.startsWith('setuptools')
    ? { reason, toldBy: { files: ['setup.py', 'setup.cfg'], all: false } }
    : { reason };
}

/** Requirement lists in files of their own: `[tool.setuptools.dynamic]`, and the plug-in of Hatch that reads them. */
function dynamicFiles(tools: Table, lines: LineFinder): Reference[] {
  const dynamic = tableOf(tableOf(tools['setuptools'])['dynamic']);
  const hooks = tableOf(tableOf(tableOf(tools['hatch'])['metadata'])['hooks']);
  const hatch = tableOf(hooks['requirements_txt']);
  const runtime = [tableOf(dynamic['dependencies'])['file'], hatch['files'], hatch['filename']];
  const optional = [
    ...Object.values(tableOf(dynamic['optional-dependencies'])).map((group) => tableOf(group)['file']),
    ...Object.values(tableOf(hatch['optional-dependencies'])),
  ];
  const refer =
    (scope: DependencyScope) =>
    (to: string): Reference => ({
      kind: 'requirements',
      to,
      line: lines.lineOf(to),
      scope,
    });
  return [
    ...runtime.flatMap(pathsOf).map(refer('runtime')),
    ...optional.flatMap(pathsOf).map(refer('optional')),
  ];
}

function pathsOf(value: unknown): string[] {
  return (Array.isArray(value) ? listOf(value) : [value]).map(textOf).filter((path) => path !== null);
}
