import type { TargetFile } from '../../model/target.ts';
import { beginningOf, isAside } from './text.ts';

/** A Python file as `import` knows it. */
export interface PythonModule {
  readonly file: TargetFile;
  /** The folder that has to be on `sys.path`, relative to the target's root; `.` for the root. */
  readonly root: string;
  /** Dotted name from there. */
  readonly name: string;
}

/** Run by build tools and test runners, never imported. */
const NOT_MODULES = /(?:^|\/)(?:setup|conftest|noxfile|tasks|__main__)\.py$/;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/**
 * Names every importable Python file of a unit: the root is the first folder upwards without an `__init__.py`. Files whose path is no
 * chain of identifiers cannot be imported by name and are left out.
 */
export function pythonModules(files: readonly TargetFile[]): readonly PythonModule[] {
  const packages = new Set(
    files.filter(({ path }) => /(?:^|\/)__init__\.py$/.test(path)).map(({ path }) => folderOf(path)),
  );
  return files.flatMap((file) => {
    if (
      !file.path.endsWith('.py') ||
      file.content === null ||
      NOT_MODULES.test(file.path) ||
      isAside(file.path)
    )
      return [];
    const parts = file.path.slice(0, -'.py'.length).split('/');
    const names = [parts.at(-1) ?? ''];
    let folder = folderOf(file.path);
    // Bounded by the depth of the path.
    while (folder !== '.' && packages.has(folder)) {
      names.unshift(folder.slice(folder.lastIndexOf('/') + 1));
      folder = folderOf(folder);
    }
    if (names.at(-1) === '__init__') names.pop();
    if (names.length === 0 || !names.every((name) => IDENTIFIER.test(name))) return [];
    return [{ file, root: folder, name: names.join('.') }];
  });
}

/** True for a module that is a package or inside one. */
export function isInPackage({ name, file }: PythonModule): boolean {
  return name.includes('.') || file.path.endsWith('/__init__.py') || file.path === '__init__.py';
}

const USES_GYM = /^[ \t]*(?:import|from)[ \t]+(?:gymnasium|gym|pettingzoo)\b/m;
const REGISTERS = /\bregister(?:_env)?\s*\(\s*(?:id\s*=|env_id\s*=|f?["'])/;
const DEFINES = /\bclass\s+\w+\s*\([^)\n]*Env\b/;

/**
 * The modules that bring a package's environments into being: the packages themselves where something registers, else the modules
 * that define environment classes.
 */
export function environmentModules(modules: readonly PythonModule[]): readonly PythonModule[] {
  const chosen = new Map<string, PythonModule>();
  const byName = new Map(modules.map((module) => [`${module.root}\0${module.name}`, module]));
  const uses = modules.filter((module) => USES_GYM.test(beginningOf(module.file)));
  const registering = uses.filter((module) => REGISTERS.test(beginningOf(module.file)));
  const roots = new Set(registering.map((module) => topOf(module)));
  for (const module of uses) {
    const top = byName.get(topOf(module));
    if (top !== undefined) chosen.set(topOf(module), top);
  }
  for (const module of uses) {
    const text = beginningOf(module.file);
    const isNeeded =
      REGISTERS.test(text) && DEFINES.test(text) ? true : !roots.has(topOf(module)) && DEFINES.test(text);
    if (isNeeded) chosen.set(`${module.root}\0${module.name}`, module);
  }
  for (const module of registering) {
    if (module.file.path.endsWith('__init__.py')) chosen.set(`${module.root}\0${module.name}`, module);
  }
  return [...chosen.values()];
}

function topOf({ root, name }: PythonModule): string {
  return `${root}\0${name.split('.')[0] ?? ''}`;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}
