import type { Target, TargetFile, Unit } from '../../model/target.ts';
import { serverRuns } from './servers.ts';
import { nodePackageRuns } from './node-package.ts';
import type { PythonModule } from './python-modules.ts';
import { environmentModules, isInPackage, pythonModules } from './python-modules.ts';
import type { PlannedRun, UnitPlan } from './run.ts';
import { argumentLines } from './arguments.ts';
import { commandRuns } from './python-install.ts';
import { examplesOf } from './documents.ts';
import { withFallbacks } from './fallbacks.ts';
import { asModule, scriptRuns, scriptsOf } from './scripts.ts';
import { sessionRuns, shownCommands } from './session.ts';
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
  for (const file of scriptsOf(target.files, true).slice(0, MOST_READ))
    lines.set(file.path, await argumentLines(file));
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
  const runs = [...probe, ...runsOf(unit, files, lines)];
  const cut = runs.slice(MOST_RUNS);
  const isUnprobed = probe.length === 0 && isProbed && (unit.kind === 'gym-env' || target.units.length === 1);
  return {
    runs: runs.slice(0, MOST_RUNS),
    leftOut: [
      ...(isUnprobed
        ? ['its environments, since it has no Python module for them that can be imported by name']
        : []),
      ...(cut.length === 0 ? [] : [`${cut.length} more runs, from ${cut[0]!.label.join(' ')} on`]),
    ],
  };
}

function runsOf(unit: Unit, files: readonly TargetFile[], lines: ScriptLines): readonly PlannedRun[] {
  const scripts = (chosen: readonly TargetFile[]): readonly PlannedRun[] =>
    ownLines(unit, files, chosen, lines);
  switch (unit.kind) {
    case 'gym-env':
      return [];
    case 'llm-env':
      return llmRuns(pythonModules(files));
    case 'node-package':
      return [...nodePackageRuns(unit, files), ...scripts(shellScripts(files))];
    case 'python-package': {
      const modules = pythonModules(files).filter((module) => isInPackage(module) || files.length === 1);
      return [...importRuns(modules), ...commandRuns(unit, files), ...scripts(scriptsOf(files, false))];
    }
    case 'mcp-server':
      return mcpRuns(unit, files);
    case 'skill':
    case 'agent-plugin':
    case 'files':
      return [
        ...sessionRuns(unit, files),
        ...scripts(scriptsOf(files, true)),
        ...importRuns(pythonModules(files).filter(isInPackage)),
        ...nodePackageRuns(unit, files),
      ];
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
    const examples = examplesOf(path, shown);
    const known = [...examples, ...(examples.length > 0 ? [] : (lines.get(file.path) ?? []))].slice(
      0,
      MOST_LINES,
    );
    const chosen = withFallbacks(file, scriptRuns([file], known.length > 0 ? known : HELP_THEN_PLAIN));
    const runs = chosen.map((run) => {
      const otherwise = run.otherwise?.map((each) => asModule(each, file, unit.path)) ?? [];
      return { ...asModule(run, file, unit.path), otherwise };
    });
    (known.length > 0 ? best : rest).push(...runs);
  }
  return [...best, ...rest];
}

/** The servers themselves; what else the package starts, and its scripts that are none. */
function mcpRuns(unit: Unit, files: readonly TargetFile[]): readonly PlannedRun[] {
  const servers = serverRuns(unit, files);
  const known = new Set(servers.map(({ path }) => path));
  const others = [...nodePackageRuns(unit, files), ...scriptRuns(scriptsOf(files, false), [[]])];
  return [...servers, ...others.filter(({ path, program }) => program === 'hook' || !known.has(path))];
}

function gymRuns(files: readonly TargetFile[], environments: readonly string[]): readonly PlannedRun[] {
  const modules = environmentModules(pythonModules(files));
  if (modules.length === 0) return [];
  return [
    {
      ...importing(modules),
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
  const chosen = [...new Set([...imported.modules, ...making.map(({ name }) => name)])].slice(
    0,
    MOST_MODULES,
  );
  const roots = [...new Set([...imported.roots, ...making.map(({ root }) => root)])];
  const label = ['probe', ...chosen.slice(0, 5)];
  return [{ ...imported, program: 'llm', label, modules: chosen, roots }];
}

/** `load_environment` of verifiers, and classes that are stepped. */
const MAKES_ENVIRONMENT = /^(?:def load_environment\b|[ \t]+(?:async[ \t]+)?def step\b)/m;

/** One run for all packages of a unit: the packages themselves, and modules that lie in none. */
function importRuns(modules: readonly PythonModule[]): readonly PlannedRun[] {
  const tops = modules.filter(({ name }) => !name.includes('.'));
  // A package without code of its own at the top has its modules imported instead.
  const chosen = (tops.length > 0 ? tops : modules).slice(0, MOST_MODULES);
  return chosen.length === 0 ? [] : [importing(chosen)];
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
