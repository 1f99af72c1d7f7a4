import type { Target, TargetFile, Unit } from '../../model/target.ts';
import { serverRuns } from './servers.ts';
import { nodePackageRuns } from './node-package.ts';
import type { PythonModule } from './python-modules.ts';
import { environmentModules, isInPackage, pythonModules } from './python-modules.ts';
import type { PlannedRun, UnitPlan } from './run.ts';
import { scriptRuns, scriptsOf } from './scripts.ts';

/** Runs of one unit; what is beyond is named. */
const MOST_RUNS = 40;
const MOST_MODULES = 60;

const HELP_THEN_PLAIN = [['--help'], []] as const;

/**
 * Decides what to run for a unit, most telling first. Reads the files' bytes only.
 * @param environments ids that a manifest names: they are driven whatever kind the unit is
 */
export function planUnit(unit: Unit, target: Target, environments: readonly string[] = []): UnitPlan {
  const members = new Set(unit.files);
  const files = target.files.filter(({ path }) => members.has(path));
  const isProbed = unit.kind === 'gym-env' || environments.length > 0;
  const probe = isProbed ? gymRuns(files, environments) : [];
  const runs = [...probe, ...runsOf(unit, files)];
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

function runsOf(unit: Unit, files: readonly TargetFile[]): readonly PlannedRun[] {
  switch (unit.kind) {
    case 'gym-env':
      return [];
    case 'llm-env':
      return importRuns(pythonModules(files));
    case 'node-package':
      return [...nodePackageRuns(unit, files), ...scriptRuns(shellScripts(files), HELP_THEN_PLAIN)];
    case 'python-package': {
      const modules = pythonModules(files).filter((module) => isInPackage(module) || files.length === 1);
      return [...importRuns(modules), ...scriptRuns(scriptsOf(files, false), HELP_THEN_PLAIN)];
    }
    case 'mcp-server':
      return mcpRuns(unit, files);
    case 'skill':
    case 'agent-plugin':
    case 'files':
      return [
        ...scriptRuns(scriptsOf(files, true), HELP_THEN_PLAIN),
        ...importRuns(pythonModules(files).filter(isInPackage)),
        ...nodePackageRuns(unit, files),
      ];
  }
}

/** The servers themselves; what else the package starts, and its scripts that are none. */
function mcpRuns(unit: Unit, files: readonly TargetFile[]): readonly PlannedRun[] {
  const servers = serverRuns(unit, files).runs;
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
