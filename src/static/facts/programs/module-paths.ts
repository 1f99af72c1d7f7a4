import { posix } from 'node:path';
import type { Language } from '../../../model/program.ts';

/** Languages whose modules import each other. */
export type ModuleFamily = 'python' | 'javascript' | 'ruby' | 'go';

const JAVASCRIPT_ENDINGS = ['', '.js', '.ts', '.mjs', '.cjs', '.jsx', '.tsx', '/index.js', '/index.ts'];

/** Folders above a file that its modules are looked for in, at most. */
const MAX_LEVELS = 32;

/** The family whose files a text of this language can import; null for a text that imports nothing. */
export function moduleFamilyOf(language: Language | null): ModuleFamily | null {
  if (language === 'typescript') return 'javascript';
  const isOne =
    language === 'python' || language === 'javascript' || language === 'ruby' || language === 'go';
  return isOne ? language : null;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The folder so many levels up; null when there is none. */
function above(folder: string, levels: number): string | null {
  let at = folder;
  for (let level = 0; level < levels; level++) {
    if (at === '') return null;
    at = folderOf(at);
  }
  return at;
}

function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** Finds files of a target by the names under which its modules import each other. */
export class ModuleIndex {
  readonly #paths: { has: (path: string) => boolean; keys: () => Iterable<string> };
  #foldersOfGo: ReadonlyMap<string, string> | null = null;
  /** Names of folders and of files without their ending: what the first part of a module's name must be. */
  readonly #names = new Set<string>();
  /** What was found, by the importing file's folder and the module's name. */
  readonly #found = new Map<string, Map<string, string | null>>();

  /** @param paths of the files that can be meant */
  constructor(paths: ReadonlyMap<string, unknown> | ReadonlySet<string>) {
    this.#paths = paths;
    for (const path of paths.keys()) {
      for (const part of path.split('/'))
        this.#names.add(part.endsWith('.py') ? part.slice(0, -'.py'.length) : part);
    }
  }

  /**
   * The file that a module's name means; null when it is none of the target.
   * @param path of the importing file
   * @param module as it names it: `.keys`, `pkg.keys`, `./keys`
   */
  find(path: string, family: ModuleFamily, module: string): string | null {
    const folder = folderOf(path);
    const key = family === 'python' ? folder : `${folder}\0${family}`;
    let known = this.#found.get(key);
    if (known === undefined) this.#found.set(key, (known = new Map()));
    let found = known.get(module);
    if (found === undefined) {
      found =
        family === 'javascript'
          ? this.#findJavascript(folder, module)
          : family === 'ruby'
            ? this.#findRuby(folder, module)
            : family === 'go'
              ? this.#findGo(module)
              : this.#findPython(folder, module);
      known.set(module, found);
    }
    return found;
  }

  #findJavascript(folder: string, module: string): string | null {
    if (!module.startsWith('.')) return null;
    const base = posix.join(folder, module);
    const bare = base.endsWith('.js') ? base.slice(0, -'.js'.length) : base;
    for (const ending of JAVASCRIPT_ENDINGS) if (this.#paths.has(base + ending)) return base + ending;
    for (const ending of ['.ts', '.tsx']) if (this.#paths.has(bare + ending)) return bare + ending;
    return null;
  }

  /** Python modules are looked up from the file's own folder and all above it, each with its `src`. */
  #findPython(own: string, module: string): string | null {
    let dots = 0;
    while (module.charCodeAt(dots) === 0x2e) dots++;
    const relative = module.slice(dots).replaceAll('.', '/');
    if (dots > 0) {
      const folder = above(own, dots - 1);
      if (folder === null) return null;
      return relative === ''
        ? this.#existing(inFolder(folder, '__init__.py'))
        : this.#pythonAt(inFolder(folder, relative));
    }
    const slash = relative.indexOf('/');
    if (relative === '' || !this.#names.has(slash === -1 ? relative : relative.slice(0, slash))) return null;
    for (let folder = own, levels = 0; levels < MAX_LEVELS; folder = folderOf(folder), levels++) {
      const found =
        this.#pythonAt(inFolder(folder, relative)) ??
        (this.#names.has('src') ? this.#pythonAt(inFolder(folder, `src/${relative}`)) : null);
      if (found !== null || folder === '') return found;
    }
    return null;
  }

  /** `require_relative 'x'` begins with a dot here, `require 'x'` is looked up in each `lib` from the file's folder upwards. */
  #findRuby(own: string, module: string): string | null {
    const isRelative = module.startsWith('.');
    const written = isRelative && !/^\.\.?\//.test(module) ? module.slice(1) : module;
    if (isRelative) return this.#existing(`${posix.join(own, written)}.rb`);
    for (let folder = own, levels = 0; levels < MAX_LEVELS; folder = folderOf(folder), levels++) {
      const found =
        this.#existing(inFolder(folder, `lib/${written}.rb`)) ??
        this.#existing(inFolder(folder, `${written}.rb`));
      if (found !== null || folder === '') return found;
    }
    return null;
  }

  /**
   * A package is a folder, named by the path of its repository and the way to it from there; the first file stands for all. Which of the
   * path is the repository's is not said; of a host that many share, at least an owner and a name are.
   */
  #findGo(module: string): string | null {
    const parts = module.split('/').slice(0, MAX_LEVELS);
    const [host = ''] = parts;
    const least = /^(?:github|gitlab|bitbucket|codeberg)\./.test(host) ? 3 : host.includes('.') ? 2 : 1;
    for (let from = least; from < parts.length; from++) {
      const found = this.#goFolders.get(parts.slice(from).join('/'));
      if (found !== undefined) return found;
    }
    return null;
  }

  /** The first file of each folder with files in Go that are no tests. */
  get #goFolders(): ReadonlyMap<string, string> {
    if (this.#foldersOfGo !== null) return this.#foldersOfGo;
    const folders = new Map<string, string>();
    for (const path of this.#paths.keys())
      if (path.endsWith('.go') && !path.endsWith('_test.go') && !folders.has(folderOf(path)))
        folders.set(folderOf(path), path);
    this.#foldersOfGo = folders;
    return folders;
  }

  #pythonAt(path: string): string | null {
    return this.#existing(`${path}.py`) ?? this.#existing(`${path}/__init__.py`);
  }

  #existing(path: string): string | null {
    return this.#paths.has(path) ? path : null;
  }
}
