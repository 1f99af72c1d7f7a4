import type { TargetFile } from '../../model/target.ts';
import type { PlannedRun } from './run.ts';
import { beginningOf, isAside } from './text.ts';

const MAIN_GUARD = /^if\s+__name__\s*==\s*["']__main__["']/m;
const IN_SCRIPT_FOLDER = /(?:^|\/)(?:scripts?|bin|hooks?)\//;

/** Which program runs a script, or null for what is none. */
export function scriptProgram(file: TargetFile): 'python' | 'javascript' | 'shell' | null {
  const { path } = file;
  if (/\.(?:sh|bash)$/.test(path)) return 'shell';
  if (/\.py$/.test(path)) return 'python';
  if (/\.[cm]?js$/.test(path)) return 'javascript';
  if (/\.[A-Za-z]+$/.test(path)) return null;
  const shebang = /^#!.*?\b(python|node|bash|sh)\d*(?:\.\d+)?\b/.exec(beginningOf(file).slice(0, 200))?.[1];
  if (shebang === undefined) return null;
  return shebang === 'python' ? 'python' : shebang === 'node' ? 'javascript' : 'shell';
}

/**
 * The files of a unit that somebody, or an agent, would run: shell scripts, what is executable or lies in a script folder, Python with
 * a main guard.
 * @param isLoose true for a skill: any script file that lies in no package counts
 */
export function scriptsOf(files: readonly TargetFile[], isLoose: boolean): readonly TargetFile[] {
  const packages = new Set(
    files
      .filter(({ path }) => path.endsWith('__init__.py'))
      .map(({ path }) => path.slice(0, -'__init__.py'.length)),
  );
  return files.filter((file) => {
    const program = scriptProgram(file);
    if (program === null || file.content === null || isAside(file.path)) return false;
    if (/(?:^|\/)(?:setup|noxfile|__init__|__main__)\.py$/.test(file.path)) return false;
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    if (packages.has(folder) && !IN_SCRIPT_FOLDER.test(file.path)) return false;
    if (program === 'shell' || IN_SCRIPT_FOLDER.test(file.path) || isLoose) return true;
    // Archives often mark every file as executable; what names no interpreter is none that could be started.
    if (file.executable && beginningOf(file).startsWith('#!')) return true;
    return program === 'python' && MAIN_GUARD.test(beginningOf(file));
  });
}

/** Each script first with `--help`, which most answer at once, then with no arguments. */
export function scriptRuns(
  files: readonly TargetFile[],
  argumentSets: readonly (readonly string[])[],
): readonly PlannedRun[] {
  return files.flatMap((file) => {
    const program = scriptProgram(file);
    if (program === null) return [];
    const interpreter = program === 'python' ? 'python3' : program === 'javascript' ? 'node' : 'bash';
    return argumentSets.map((args) => ({
      program,
      label: [interpreter, file.path, ...args],
      path: file.path,
      roots: [],
      modules: [],
      arguments: args,
    }));
  });
}

const PARTS = /^(?:[A-Za-z_]\w*\/)+[A-Za-z_]\w*\.py$/;

/**
 * A Python script that imports by the name of the folder it lies in (`from scripts.text import words`) works only as a module, started
 * from the folder above: `python3 -m scripts.count`. Other runs stay as they are.
 * @param unitPath the unit's folder, which is where such a name begins
 */
export function asModule(run: PlannedRun, file: TargetFile, unitPath: string): PlannedRun {
  const path = unitPath === '.' ? file.path : file.path.slice(unitPath.length + 1);
  if (run.program !== 'python' || !PARTS.test(path)) return run;
  const top = path.slice(0, path.indexOf('/'));
  if (!new RegExp(`^[ \\t]{0,40}(?:from|import)[ \\t]{1,10}${top}\\b`, 'm').test(beginningOf(file)))
    return run;
  const entry = path.slice(0, -'.py'.length).replaceAll('/', '.');
  return { ...run, entry, roots: [unitPath], label: ['python3', '-m', entry, ...run.arguments] };
}
