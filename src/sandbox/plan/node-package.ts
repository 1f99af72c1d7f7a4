import { posix } from 'node:path';
import { tableOf } from '../../deps/inventory/parsed.ts';
import type { TargetFile, Unit } from '../../model/target.ts';
import type { PlannedRun } from './run.ts';
import { scriptProgram } from './scripts.ts';
import { jsonOf } from './settings.ts';
import { beginningOf } from './text.ts';

/** What npm runs by itself when somebody installs the package, in that order. */
const HOOKS = ['preinstall', 'install', 'postinstall', 'prepare'] as const;
/** The folder in the archive of a published package (npm's documentation, "npm pack"). `prepare` was run before it was packed. */
const PACKED = 'package';

/** A Node package: its install hooks, which run without being asked, then its commands and its main module. */
export function nodePackageRuns(unit: Unit, files: readonly TargetFile[]): readonly PlannedRun[] {
  const file = packageFile(unit, files);
  if (file === undefined) return [];
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
  const commands = binScripts(unit, files).flatMap((script) =>
    [['--help'], []].map((args): PlannedRun => ({
      program: 'javascript',
      label: ['node', script, ...args],
      path: script,
      roots: [],
      modules: [],
      arguments: args,
    })),
  );
  const main = mainOf(settings, unit, known);
  if (main === null || commands.some((run) => run.path === main)) return [...hooks, ...commands];
  return [
    ...hooks,
    ...commands,
    {
      program: 'node-import',
      label: ['node', '-e', `import('${main}')`],
      path: main,
      roots: [],
      modules: [],
      arguments: [],
    },
  ];
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
  const file = packageFile(unit, files);
  if (file === undefined) return [];
  const byPath = new Map(files.map((candidate) => [candidate.path, candidate]));
  const { bin } = tableOf(jsonOf(beginningOf(file)));
  const scripts = typeof bin === 'string' ? [bin] : Object.values(tableOf(bin));
  const paths = scripts.flatMap((script) =>
    typeof script === 'string' ? [posix.join(unit.path, script)] : [],
  );
  const isNode = (path: string): boolean => {
    const found = byPath.get(path);
    return found !== undefined && scriptProgram(found) === 'javascript';
  };
  return [...new Set(paths)].filter(isNode).sort();
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
