import { posix } from 'node:path';
import { tableOf } from '../../deps/inventory/parsed.ts';
import type { TargetFile, Unit } from '../../model/target.ts';
import type { CommandRuns } from './package-commands.ts';
import { binRuns } from './package-commands.ts';
import type { PlannedRun } from './run.ts';
import { scriptProgram } from './scripts.ts';
import { jsonOf } from './settings.ts';
import { beginningOf } from './text.ts';

/** What npm runs by itself when somebody installs the package, in that order. */
const HOOKS = ['preinstall', 'install', 'postinstall', 'prepare'] as const;
/** The folder in the archive of a published package (npm's documentation, "npm pack"). `prepare` was run before it was packed. */
const PACKED = 'package';

/** A Node package: its install hooks, which run without being asked, then its commands and its main module. */
export function nodePackageRuns(
  unit: Unit,
  files: readonly TargetFile[],
  lines: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(),
): CommandRuns {
  const file = packageFile(unit, files);
  if (file === undefined) return { runs: [], notes: [] };
  const { path } = file;
  const settings = tableOf(jsonOf(beginningOf(file)));
  const scripts = tableOf(settings['scripts']);
  const hooks = HOOKS.flatMap((name): PlannedRun[] => {
    const command = scripts[name];
    if (name === 'prepare' && unit.path === PACKED) return [];
    if (typeof command !== 'string' || command.trim() === '') return [];
    const label = ['npm', 'run', name];
    return [
      {
        program: 'hook',
        label,
        path,
        roots: [],
        modules: [],
        variables: npmVariables(name, settings),
        arguments: [command.slice(0, 8_000)],
      },
    ];
  });
  const known = new Set(files.map((candidate) => candidate.path));
  const { runs: commands, notes } = binRuns(binCommands(unit, files), files, lines);
  const main = mainOf(settings, unit, known);
  if (main === null || commands.some((run) => run.path === main))
    return { runs: [...hooks, ...commands], notes };
  const imported: PlannedRun = {
    program: 'node-import',
    label: ['node', '-e', `import('${main}')`],
    path: main,
    roots: [],
    modules: [],
    arguments: [],
  };
  return { runs: [...hooks, ...commands, imported], notes };
}

/** What npm tells the scripts it runs (npm's documentation, "scripts", section "environment"). */
function npmVariables(
  hook: string,
  { name, version }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  return {
    npm_lifecycle_event: hook,
    npm_package_name: typeof name === 'string' ? name.slice(0, 200) : '',
    npm_package_version: typeof version === 'string' ? version.slice(0, 100) : '',
    npm_command: 'install',
    npm_config_user_agent: 'npm/10.0.0 node/v20.0.0 linux x64',
  };
}

/** The JavaScript files behind the commands that a unit's package puts on PATH, sorted. */
export function binScripts(unit: Unit, files: readonly TargetFile[]): readonly string[] {
  return binCommands(unit, files).map(({ path }) => path);
}

/** The same with their names, each file once. */
function binCommands(
  unit: Unit,
  files: readonly TargetFile[],
): readonly { readonly name: string; readonly path: string }[] {
  const file = packageFile(unit, files);
  if (file === undefined) return [];
  const byPath = new Map(files.map((candidate) => [candidate.path, candidate]));
  const { bin, name } = tableOf(jsonOf(beginningOf(file)));
  const own = typeof name === 'string' ? name.slice(name.lastIndexOf('/') + 1) : '';
  const scripts = typeof bin === 'string' ? { [own]: bin } : tableOf(bin);
  const found = new Map<string, string>();
  for (const [command, script] of Object.entries(scripts).slice(0, 50)) {
    const path = typeof script === 'string' ? posix.join(unit.path, script) : '';
    const program = byPath.get(path);
    if (program !== undefined && scriptProgram(program) === 'javascript' && !found.has(path))
      found.set(path, command);
  }
  return [...found]
    .map(([path, command]) => ({ name: command, path }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function packageFile(unit: Unit, files: readonly TargetFile[]): TargetFile | undefined {
  const path = posix.join(unit.path, 'package.json');
  return files.find((candidate) => candidate.path === path);
}

/** What conditions lead to, the ones that Node takes first; they may stand inside each other (Node's documentation, "Packages"). */
function chosenBy(entry: unknown, depth = 0): readonly unknown[] {
  if (typeof entry !== 'object' || entry === null) return [entry];
  if (depth >= 4) return [];
  const conditions = tableOf(entry);
  return ['node', 'import', 'default', 'require'].flatMap((name) => chosenBy(conditions[name], depth + 1));
}

function mainOf(
  settings: Readonly<Record<string, unknown>>,
  unit: Unit,
  paths: ReadonlySet<string>,
): string | null {
  const entry = tableOf(settings['exports'])['.'] ?? settings['exports'];
  const candidates = [
    ...chosenBy(entry),
    settings['module'],
    settings['main'],
    'index.js',
    'index.mjs',
    'index.cjs',
  ];
  for (const candidate of candidates) {
    if (typeof candidate !== 'string') continue;
    const base = posix.join(unit.path, candidate);
    for (const path of [base, `${base}.js`, `${base}.cjs`, `${base}.mjs`, posix.join(base, 'index.js')])
      if (/\.[cm]?js$/.test(path) && paths.has(path)) return path;
  }
  return null;
}
