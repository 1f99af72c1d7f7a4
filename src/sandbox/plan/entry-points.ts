import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import type { TargetFile, Unit } from '../../model/target.ts';
import type { PlannedRun } from './run.ts';
import { beginningOf } from './text.ts';

/** A command that installing a Python package puts on PATH: `name = module:attribute`. */
export interface EntryPoint {
  readonly name: string;
  readonly module: string;
  readonly attribute: string;
}

const REFERENCE = /^([A-Za-z_][\w.]{0,200})\s*:\s*([A-Za-z_][\w.]{0,100})/;
const MOST = 20;

/** The console scripts that a unit declares: in `pyproject.toml`, `setup.cfg`, or the `entry_points.txt` of a wheel. Sorted by name. */
export function entryPointsOf(unit: Unit, files: readonly TargetFile[]): readonly EntryPoint[] {
  const found = new Map<string, EntryPoint>();
  for (const file of files) {
    const path = unit.path === '.' ? file.path : file.path.slice(unit.path.length + 1);
    const table =
      path === 'pyproject.toml'
        ? scriptsOfProject(beginningOf(file))
        : path === 'setup.cfg'
          ? scriptsOfIni(beginningOf(file), 'options.entry_points')
          : /^[^/]+\.(?:dist|egg)-info\/entry_points\.txt$/.test(path)
            ? sectionOf(beginningOf(file), 'console_scripts')
            : [];
    for (const [name, reference] of table) {
      const [, module, attribute] = REFERENCE.exec(reference) ?? [];
      if (module === undefined || attribute === undefined || found.size >= MOST) continue;
      found.set(name, { name, module, attribute });
    }
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** How a console script is started: its module is imported and its function called. Null when the module is not the target's. */
export function entryPointRun(
  { name, module, attribute }: EntryPoint,
  files: readonly TargetFile[],
  args: readonly string[],
): PlannedRun | null {
  const parts = module.split('.');
  const known = new Map(files.map((file) => [file.path, file]));
  for (const { path } of files) {
    for (const ending of [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`]) {
      if (path !== ending && !path.endsWith(`/${ending}`)) continue;
      const root = path === ending ? '.' : path.slice(0, -ending.length - 1);
      // A folder with an `__init__.py` is a package itself, and no place to import from.
      if (known.has(posix.join(root, '__init__.py'))) continue;
      return {
        program: 'python',
        label: [name, ...args],
        path,
        roots: [root],
        modules: [],
        entry: `${module}:${attribute}`,
        arguments: args,
      };
    }
  }
  return null;
}

type Pairs = readonly (readonly [string, string])[];

function scriptsOfProject(text: string): Pairs {
  try {
    const { project, tool } = parseToml(text) as {
      project?: { scripts?: unknown };
      tool?: { poetry?: { scripts?: unknown } };
    };
    return [...pairsOf(tool?.poetry?.scripts), ...pairsOf(project?.scripts)];
  } catch {
    // The static stage says that it cannot be read.
    return [];
  }
}

function pairsOf(table: unknown): Pairs {
  if (typeof table !== 'object' || table === null) return [];
  return Object.entries(table).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}

/** `console_scripts =` with indented lines below it, in one section of an INI file. */
function scriptsOfIni(text: string, section: string): Pairs {
  const body = bodyOf(text, section);
  const list = /^console_scripts\s*=([^\n]*(?:\n[ \t]+[^\n]*)*)/m.exec(body)?.[1] ?? '';
  return assignments(list);
}

function sectionOf(text: string, section: string): Pairs {
  return assignments(bodyOf(text, section));
}

function bodyOf(text: string, section: string): string {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() === `[${section}]`);
  if (start === -1) return '';
  const end = lines.findIndex((line, index) => index > start && line.startsWith('['));
  return lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
}

function assignments(text: string): Pairs {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at <= 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
  });
}
