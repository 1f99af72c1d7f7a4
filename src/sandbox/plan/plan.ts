import { posix } from 'node:path';
import type { Target, TargetFile, Unit } from '../../model/target.ts';
import { agentHookRuns } from './agent-hooks.ts';
import { serverRuns, serversInSettings } from './servers.ts';
import { binScripts, nodePackageRuns } from './node-package.ts';
import type { PythonModule } from './python-modules.ts';
import { environmentModules, isInPackage, pythonModules } from './python-modules.ts';
import { reading, type PlannedRun, type UnitPlan } from './run.ts';
import { argumentLines } from './arguments.ts';
import { commandFiles, consoleScriptRuns } from './package-commands.ts';
import { examplesOf, shownWith } from './documents.ts';
import { withFallbacks } from './fallbacks.ts';
import { asModule, scriptProgram, scriptRuns, scriptsOf } from './scripts.ts';
import { sessionRuns, shownCommands } from './session.ts';
import { inputFor } from './standard-input.ts';
import { beginningOf } from './text.ts';

/** Runs of one unit; what is beyond is named. */
const MOST_RUNS = 40;
const MOST_MODULES = 60;

const HELP_THEN_PLAIN = [['--help'], []] as const;

/** Command lines of one script. */
const MOST_LINES = 3;

/** Command lines that the sources of scripts ask for, by path (see {@link argumentLines}). */
export type ScriptLines = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Reads the sources of a target's scripts for the arguments that they take. */
export async function scriptLines(target: Target): Promise<ScriptLines> {
  const lines = new Map<string, readonly (readonly string[])[]>();
  const commands = new Set(
    target.units.flatMap((unit) => [...commandFiles(unit, target.files), ...binScripts(unit, target.files)]),
  );
  const scripts = new Set([
    ...target.files.filter(({ path }) => commands.has(path)),
    ...scriptsOf(target.files, true),
  ]);
  for (const file of [...scripts].slice(0, MOST_READ)) lines.set(file.path, await argumentLines(file));
  return lines;
}

/** Scripts whose sources are read for their arguments. */
const MOST_READ = 200;

/**
 * Decides what to run for a unit, most telling first. Reads the files' bytes only.
 * @param environments ids that a manifest names: they are driven whatever kind the unit is
 */
export function planUnit(
  unit: Unit,
  target: Target,
  environments: readonly string[] = [],
  lines: ScriptLines = new Map(),
): UnitPlan {
  const members = new Set(unit.files);
  const files = target.files.filter(({ path }) => members.has(path));
  const isProbed = unit.kind === 'gym-env' || environments.length > 0;
  const probe = isProbed ? gymRuns(files, environments) : [];
  const below = target.files.filter(({ path }) => unit.path === '.' || path.startsWith(`${unit.path}/`));
  const planned = runsOf(unit, files, below, lines);
  const runs = [...probe, ...agentHookRuns(unit, files), ...planned.runs];
  const cut = runs.slice(MOST_RUNS);
  const isUnprobed = probe.length === 0 && isProbed && (unit.kind === 'gym-env' || target.units.length === 1);
  return {
    runs: runs.slice(0, MOST_RUNS),
    leftOut: [
      ...(isUnprobed
        ? ['its environments, since it has no Python module for them that can be imported by name']
        : []),
      ...runs.flatMap(({ cut: more }) => more ?? []),
      ...(cut.length === 0 ? [] : [`${cut.length} more runs, from ${cut[0]!.label.join(' ')} on`]),
      ...planned.leftOut,
    ],
    notes: planned.notes,
  };
}

/** @param below all files of the unit's folder: the commands of a package may lie in a folder that counts as a unit of its own */
function runsOf(
  unit: Unit,
  files: readonly TargetFile[],
  below: readonly TargetFile[],
  lines: ScriptLines,
): UnitPlan {
  const scripts = (chosen: readonly TargetFile[]): readonly PlannedRun[] =>
    ownLines(unit, files, chosen, lines);
  const only = (runs: readonly PlannedRun[]): UnitPlan => ({ runs, leftOut: [], notes: [] });
  const node = nodePackageRuns(unit, below, lines);
  switch (unit.kind) {
    case 'gym-env':
      return only([]);
    case 'llm-env':
      return only(llmRuns(pythonModules(files)));
    case 'node-package':
      return { runs: [...node.runs, ...scripts(shellScripts(files))], leftOut: [], notes: node.notes };
    case 'python-package': {
      const used = files.filter(({ path }) => !isShown(path));
      const modules = pythonModules(used).filter(
        (module) => isInPackage(module) || files.length === 1 || isAtTop(module, unit),
      );
      const own = [...new Set(modules.map(({ root }) => root))];
      const runs = scripts(scriptsOf(used, false)).map((run) => withRoots(run, own));
      const commands = consoleScriptRuns(unit, files, lines);
      return {
        runs: [...importRuns(modules), ...commands.runs, ...runs],
        leftOut: [],
        notes: commands.notes,
      };
    }
    case 'mcp-server': {
      const { elsewhere } = serversInSettings(unit, files);
      return { runs: mcpRuns(unit, files, below), leftOut: elsewhere, notes: [] };
    }
    case 'skill':
    case 'agent-plugin':
    case 'files': {
      const servers = serversInSettings(unit, files);
      const runs = [
        ...sessionRuns(unit, files),
        ...servers.runs,
        ...scripts(scriptsOf(files, true)),
        ...importRuns(pythonModules(files).filter(isInPackage)),
        ...node.runs,
      ];
      return { runs, leftOut: servers.elsewhere, notes: node.notes };
    }
  }
}

/**
 * Each script as documents show it, else as its source asks to be called; where nothing is known, for help and then plainly. What a
 * skill's own document shows runs in its session and is not run again.
 */
function ownLines(
  unit: Unit,
  files: readonly TargetFile[],
  scripts: readonly TargetFile[],
  lines: ScriptLines,
): readonly PlannedRun[] {
  const typed =
    unit.kind === 'skill' ? sessionRuns(unit, files).flatMap(({ commands = [] }) => commands) : [];
  const shown = shownCommands(unit, files);
  const best: PlannedRun[] = [];
  const rest: PlannedRun[] = [];
  for (const file of scripts) {
    const path = unit.path === '.' ? file.path : file.path.slice(unit.path.length + 1);
    if (examplesOf(path, typed).length > 0) continue;
    const examples = shownWith(path, shown);
    const told = (lines.get(file.path) ?? []).map((args) => ({ args, input: null }));
    const known = (examples.length > 0 ? examples : told).slice(0, MOST_LINES);
    const sets = known.length > 0 ? known : HELP_THEN_PLAIN.map((args) => ({ args, input: null }));
    const program = scriptProgram(file);
    const read = program === null ? null : inputFor(beginningOf(file), program);
    const given = (run: PlannedRun, input: string | null): PlannedRun =>
      input === null || run.arguments.includes('--help') ? run : reading(run, input);
    const runs = sets.flatMap(({ args, input }) =>
      withFallbacks(file, scriptRuns([file], [args])).map((run) => {
        const otherwise = run.otherwise?.map((each) => given(asModule(each, file, unit.path), read)) ?? [];
        return { ...given(asModule(run, file, unit.path), input ?? read), otherwise };
      }),
    );
    (known.length > 0 ? best : rest).push(...runs);
  }
  return [...best, ...rest];
}

/** The servers themselves; what else the package starts, and its scripts that are none. */
function mcpRuns(
  unit: Unit,
  files: readonly TargetFile[],
  below: readonly TargetFile[],
): readonly PlannedRun[] {
  const servers = serverRuns(unit, files, below);
  const known = new Set(servers.map(({ path }) => path));
  const others = [...nodePackageRuns(unit, below).runs, ...scriptRuns(scriptsOf(files, false), [[]])];
  return [...servers, ...others.filter(({ path, program }) => program === 'hook' || !known.has(path))];
}

/** What a package shows or measures itself with: in its source archive, and not installed. */
function isShown(path: string): boolean {
  return /(?:^|\/)(?:(?:examples?|demos?|benchmarks?)\/|benchmarks?\.py$)/.test(path);
}

/** A module that is installed as it is, beside no package. */
function isAtTop({ root, name }: PythonModule, { path }: Unit): boolean {
  return !name.includes('.') && (root === path || root === posix.join(path, 'src'));
}

/** A script of a package finds the package itself, as it would where that is installed. */
function withRoots(run: PlannedRun, roots: readonly string[]): PlannedRun {
  const { otherwise = [], program } = run;
  if (program !== 'python') return run;
  return {
    ...run,
    roots: [...new Set([...run.roots, ...roots])],
    otherwise: otherwise.map((each) => withRoots(each, roots)),
  };
}

function gymRuns(files: readonly TargetFile[], environments: readonly string[]): readonly PlannedRun[] {
  const all = environmentModules(pythonModules(files));
  const modules = all.slice(0, MOST_MODULES);
  if (modules.length === 0) return [];
  return [
    {
      ...importing(modules),
      ...moreModules(all.map(({ name }) => name)),
      program: 'gym',
      environments,
      label: ['probe', ...modules.map(({ name }) => name).slice(0, 5)],
    },
  ];
}

/** All that makes environments, served ones included, whose code no package imports by itself. */
function llmRuns(modules: readonly PythonModule[]): readonly PlannedRun[] {
  const [imported] = importRuns(modules);
  if (imported === undefined) return [];
  const making = modules.filter(({ file }) => MAKES_ENVIRONMENT.test(beginningOf(file)));
  const all = [...new Set([...imported.modules, ...making.map(({ name }) => name)])];
  const chosen = all.slice(0, MOST_MODULES);
  const roots = [...new Set([...imported.roots, ...making.map(({ root }) => root)])];
  const label = ['probe', ...chosen.slice(0, 5)];
  return [{ ...imported, program: 'llm', label, modules: chosen, roots, ...moreModules(all) }];
}

/** `load_environment` and task sets of verifiers, classes that are stepped, and applications that serve them. */
const MAKES_ENVIRONMENT =
  /^(?:def load_environment\b|class \w{1,200}\([^)\n]{0,200}\bTaskset\b|app[ \t]*[:=]|[ \t]+(?:async[ \t]+)?def step\b)/m;

/** One run for all packages of a unit: the packages themselves, and modules that lie in none. */
function importRuns(modules: readonly PythonModule[]): readonly PlannedRun[] {
  const tops = modules.filter(({ name }) => !name.includes('.'));
  // A package without code of its own at the top has its modules imported instead.
  const all = tops.length > 0 ? tops : modules;
  const chosen = all.slice(0, MOST_MODULES);
  return chosen.length === 0 ? [] : [{ ...importing(chosen), ...moreModules(all.map(({ name }) => name)) }];
}

/** What is said of modules beyond those that are imported. */
function moreModules(names: readonly string[]): Pick<PlannedRun, 'cut'> {
  const more = names.length - MOST_MODULES;
  return more > 0 ? { cut: `${more} more modules, from ${names[MOST_MODULES]!} on` } : {};
}

function importing(modules: readonly PythonModule[]): PlannedRun {
  return {
    program: 'import',
    label: ['import', ...modules.map(({ name }) => name).slice(0, 5)],
    path: modules[0]!.file.path,
    roots: [...new Set(modules.map(({ root }) => root))],
    modules: [...new Set(modules.map(({ name }) => name))],
    arguments: [],
  };
}

function shellScripts(files: readonly TargetFile[]): readonly TargetFile[] {
  return scriptsOf(files, false).filter(({ path }) => /\.(?:sh|bash)$/.test(path));
}
