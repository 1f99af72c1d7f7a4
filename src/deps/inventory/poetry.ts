import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, Problem } from './declaration.ts';
import type { Table } from './parsed.ts';
import { listOf, tableOf, textOf } from './parsed.ts';
import type { PinnedTo } from './requirement.ts';
import { normalizePypiName, pinOfAddress, pinOfSpecifier } from './requirement.ts';
import type { LineFinder } from './text.ts';

/** What `[tool.poetry]` declares: the tables of versions, from before Poetry took over PEP 621's lists. */
export function readPoetry(
  poetry: Table,
  lines: LineFinder,
  /** Names that `[project]` lists. */
  listed: ReadonlySet<string>,
): { readonly declarations: readonly Declaration[]; readonly problems: readonly Problem[] } {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  readTable(poetry['dependencies'], 'runtime', '[tool.poetry.dependencies');
  readTable(poetry['dev-dependencies'], 'dev', '[tool.poetry.dev-dependencies');
  for (const [group, table] of Object.entries(tableOf(poetry['group'])))
    readTable(tableOf(table)['dependencies'], 'dev', `[tool.poetry.group.${group}`);
  return { declarations, problems };

  function readTable(table: unknown, scope: DependencyScope, after: string): void {
    const from = lines.lineOf(after);
    for (const [name, value] of Object.entries(tableOf(table))) {
      if (name.toLowerCase() === 'python') continue;
      const line = lineOfKey(lines, name, from);
      // Several constraints for one name, each with its own marker.
      for (const constraint of Array.isArray(value) ? listOf(value) : [value])
        add(name, constraint, scope, line);
    }
  }

  function add(name: string, constraint: unknown, scope: DependencyScope, line: number): void {
    const pin = pinOfPoetry(constraint);
    if (pin === null) {
      problems.push({ line, reason: `not a constraint of Poetry's: ${name}` });
      return;
    }
    // Poetry 2: what `[project]` lists is only given an index or the like here.
    if (pin.pin === 'none' && listed.has(normalizePypiName(name))) return;
    const isOptional = tableOf(constraint)['optional'] === true;
    declarations.push({
      ecosystem: 'PyPI',
      name: normalizePypiName(name),
      ...pin,
      scope: isOptional ? 'optional' : scope,
      line,
    });
  }
}

/** Poetry's and Pipenv's way of naming a version: a specifier, or a table with `version`, `git`, `url`, `file` or `path`. */
export function pinOfPoetry(constraint: unknown): PinnedTo | null {
  const text = textOf(constraint);
  if (text !== null) return pinOfConstraint(text);
  const table = tableOf(constraint);
  const local = textOf(table['path']) ?? textOf(table['file']);
  if (local !== null) return { pin: 'path', version: null, range: local };
  const address = textOf(table['git']) ?? textOf(table['url']);
  if (address !== null) {
    const reference =
      textOf(table['rev']) ?? textOf(table['tag']) ?? textOf(table['branch']) ?? textOf(table['ref']);
    return pinOfAddress(reference === null ? address : `${address}@${reference}`);
  }
  const version = textOf(table['version']);
  if (version !== null) return pinOfConstraint(version);
  // A table without a version says something about the package (its index, its extras) and leaves the version open.
  return Object.keys(table).length > 0 ? { pin: 'none', version: null, range: null } : null;
}

function pinOfConstraint(text: string): PinnedTo {
  // Without an operator it is that version and no other.
  return /^\d[^*,\s|]*$/.test(text.trim())
    ? { pin: 'exact', version: text.trim(), range: null }
    : pinOfSpecifier(text);
}

/** The line of `name = …` or `"name" = …`, or of `[….name]`, behind a line. */
export function lineOfKey(lines: LineFinder, name: string, from: number): number {
  const pattern = new RegExp(
    `^[ \\t]*(?:"${escapePattern(name)}"|'${escapePattern(name)}'|${escapePattern(name)})[ \\t]*[=.]`,
    'm',
  );
  return lines.lineMatching(pattern, from) ?? lines.lineOf(`.${name}]`, from);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
