import type { Scope } from '../../../model/evidence.ts';
import type { Setting } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import type { CallFact, FunctionFact, Layer } from '../facts.ts';
import { isTestPath } from '../scopes/file-scope.ts';
import type { StartedFile } from './started-files.ts';

/** `name = package.module:function`, or what follows the equals sign alone. */
const ENTRY_POINT = /^(?:[^=\n]{0,200}=)?\s*([\w.]{1,200})\s*(?::\s*([\w.]{1,200}))?/;

/** Stands for every function of a file. */
const ANY_FUNCTION = '*';

/** So many entries of one file are told apart. */
const MAX_ENTRIES = 200;

/** Tables of pyproject.toml whose values are functions that a command line runs. */
const SCRIPT_TABLES: readonly string[] = ['project.scripts.', 'project.gui-scripts.', 'tool.poetry.scripts.'];

/** Settings of pyproject.toml that name a file which runs when the package is built. */
const BUILD_FILES =
  /^tool\.(?:hatch\.(?:build(?:\.targets\.[^.]+)?\.hooks|metadata\.hooks)\.custom\.path|poetry\.build(?:\.script)?|pdm\.build\.custom-hook)$/;

/** Settings of package.json that name what `import` and `require` of the package run, or a command of it. */
const NODE_ENTRIES = /^(?:main|module|browser|bin(?:\..*)?|exports(?:\..*)?)$/;

/** Files that build tools run by their name alone. */
const BUILD_FILE_NAMES = /(?:^|\/)(?:hatch_build|pdm_build)\.py$/;

/** The file of a module, as seen from a folder. */
function fileOf(module: string, folder = ''): string {
  return `${folder === '' || folder === '.' ? '' : `${folder}/`}${module.replaceAll('.', '/')}.py`;
}

/** The function that an entry point calls; null for a text that is none. */
function functionAt(entryPoint: string): StartedFile | null {
  const [, module, name] = ENTRY_POINT.exec(entryPoint) ?? [];
  return module === undefined || name === undefined
    ? null
    : { file: fileOf(module), scope: 'cli-entry', function: name };
}

/** A backend that lies in the package itself: whoever builds the package calls it. */
function ownBackend(settings: ReadonlyMap<string, string>): readonly StartedFile[] {
  const [, module] = ENTRY_POINT.exec(settings.get('build-system.build-backend') ?? '') ?? [];
  if (module === undefined) return [];
  return [...settings]
    .filter(([path]) => path.startsWith('build-system.backend-path'))
    .map(([, folder]) => ({ file: fileOf(module, folder), scope: 'install-hook', function: ANY_FUNCTION }));
}

function inProject(settings: ReadonlyMap<string, string>): readonly StartedFile[] {
  const found: StartedFile[] = [...ownBackend(settings)];
  for (const [path, value] of settings) {
    if (SCRIPT_TABLES.some((table) => path.startsWith(table)))
      found.push(...[functionAt(value) ?? []].flat());
    else if (BUILD_FILES.test(path))
      found.push({ file: value, scope: 'install-hook', function: ANY_FUNCTION });
    else if (path.startsWith('tool.setuptools.cmdclass.')) {
      const module = value.slice(0, Math.max(0, value.lastIndexOf('.')));
      found.push({ file: fileOf(module), scope: 'install-hook', function: ANY_FUNCTION });
    }
  }
  return found;
}

/** Of what package.json names, what is imported, and of its commands what looks like a test: others are as their first lines say. */
function inNodePackage(settings: ReadonlyMap<string, string>): readonly StartedFile[] {
  return [...settings]
    .filter(([path, value]) => NODE_ENTRIES.test(path) && (!path.startsWith('bin') || isTestPath(value)))
    .map(([, value]) => ({ file: value, scope: 'import-time' }));
}

/**
 * Files that a file's settings say are run, or functions in them that are called: console scripts, backends and hooks of a build.
 * @param path of the file, for what it is by its name
 */
export function namedEntries(
  path: string,
  settings: readonly { readonly setting: Setting }[],
): readonly StartedFile[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (BUILD_FILE_NAMES.test(path)) return [{ file: name, scope: 'install-hook', function: ANY_FUNCTION }];
  if (name !== 'pyproject.toml' && name !== 'setup.cfg' && name !== 'package.json') return [];
  const texts = new Map<string, string>();
  for (const { setting } of settings)
    if (typeof setting.value === 'string') texts.set(setting.path.join('.'), setting.value);
  if (name === 'pyproject.toml') return inProject(texts);
  if (name === 'package.json') return inNodePackage(texts);
  return ['console_scripts', 'gui_scripts'].flatMap((group) =>
    (texts.get(`options.entry_points.${group}`) ?? '').split('\n').flatMap((line) => functionAt(line) ?? []),
  );
}

/** The same for what a setup script tells setuptools. */
export function entriesOfSetup(call: CallFact): readonly StartedFile[] {
  if (!/^(?:setuptools|distutils\.core)\.setup$/.test(call.name)) return [];
  const groups = call.args.named.get('entry_points')?.entries ?? null;
  return ['console_scripts', 'gui_scripts'].flatMap((group) => {
    const value = groups?.get(group);
    const lines = value?.elements ?? (value === undefined ? [] : [value]);
    return lines.flatMap((line) =>
      (textOf(line.constant) ?? '').split('\n').flatMap((each) => functionAt(each) ?? []),
    );
  });
}

/** An entry and the file that it means. */
export interface FoundEntry<File> {
  readonly file: File;
  readonly entry: Pick<StartedFile, 'function' | 'scope'>;
}

/** Gives functions the scopes that entries say; {@link ANY_FUNCTION} stands for each in the file. */
export function markEntries<File>(
  entries: readonly FoundEntry<File>[],
  functions: readonly FunctionFact[],
  fileOfLayer: (layer: Layer) => File | undefined,
): void {
  const byFile = new Map<File, { readonly function: string; readonly scope: Scope }[]>();
  for (const { file, entry } of entries) {
    const { function: wanted, scope } = entry;
    if (wanted === undefined || scope === null) continue;
    const list = byFile.get(file) ?? [];
    if (list.length < MAX_ENTRIES) list.push({ function: wanted, scope });
    byFile.set(file, list);
  }
  if (byFile.size === 0) return;
  for (const fact of functions) {
    const file = fileOfLayer(fact.layer);
    const wanted = file === undefined ? undefined : byFile.get(file);
    if (wanted === undefined) continue;
    const name = fact.owner === null ? fact.name : `${fact.owner.name}.${fact.name ?? ''}`;
    for (const entry of wanted)
      if (entry.function === ANY_FUNCTION || entry.function === name) fact.scopes.add(entry.scope);
  }
}
