import { posix } from 'node:path';

/** Folders above a file in which programs are looked for, at most. */
const MAX_LEVELS = 32;
/** No system opens a longer path (`PATH_MAX` of Linux). */
const MAX_PATH_LENGTH = 4_096;
/** A name that fits several files equally well may mean any of them, up to so many. */
const MAX_MEANT = 3;

/** The folder of a path and all above it, the target's own (`.`) last. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folders.length < MAX_LEVELS; folder = posix.dirname(folder)) {
    folders.push(folder);
    if (folder === '.' || folder === '/') break;
  }
  return folders;
}

/** How many folders two paths have in common from the top. */
function shared(a: string, b: string): number {
  const x = a.split('/');
  const y = b.split('/');
  let count = 0;
  while (count < x.length - 1 && count < y.length - 1 && x[count] === y[count]) count++;
  return count;
}

/** Those that lie nearest to a path: all that have the most folders in common with it. */
export function nearestTo<Item>(
  path: string,
  items: readonly Item[],
  pathOf: (item: Item) => string,
): readonly Item[] {
  const common = items.map((item) => shared(path, pathOf(item)));
  const most = common.reduce((a, b) => Math.max(a, b), 0);
  return items.filter((_, index) => common[index] === most);
}

/** What an interpreter takes a name for that is no file: a package, a folder, a file whose ending is left out. */
function variantsOf(path: string): readonly string[] {
  if (path.endsWith('.py')) return [`${path.slice(0, -'.py'.length)}/__main__.py`];
  return /\.\w+$/.test(path) ? [] : [`${path}.js`, `${path}/index.js`, `${path}/__main__.py`];
}

/** Finds the files of a target that commands and settings name. */
export class ProgramFiles {
  readonly #paths: { has: (path: string) => boolean };
  /** Paths by the last part of them. */
  readonly #byName = new Map<string, string[]>();

  /** @param paths of the files that can be meant */
  constructor(paths: ReadonlyMap<string, unknown> | ReadonlySet<string>) {
    this.#paths = paths;
    for (const path of paths.keys()) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const list = this.#byName.get(name);
      if (list === undefined) this.#byName.set(name, [path]);
      else list.push(path);
    }
  }

  /**
   * The files that may be meant: one in the folder of the file that names it or in one above; else those with that end of a path, or
   * (when where it lies is not known or is another machine's) with the longest end of it, that lie nearest.
   * @param path of the file that names it
   * @param written as it names it; `*` and variables stand for folders that are not known
   */
  find(path: string, written: string): readonly string[] {
    if (written.length > MAX_PATH_LENGTH) return [];
    const word = written.replace(/^(?:\$\{?\w+\}?|\*)\//, '');
    const file = word.startsWith('/') ? null : this.#above(path, word);
    if (file !== null) return [file];
    const parts = word.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    // A folder that is not known or does not exist here may stand for any.
    const unknown = parts.findLastIndex((part) => /[*$~]/.test(part));
    const known = parts.slice(unknown + 1);
    const named = this.#byName.get(known.at(-1) ?? '') ?? [];
    const isElsewhere = unknown >= 0 || /^(?:[/$*~]|\.\.\/)/.test(written);
    for (let from = 0; from < known.length; from++) {
      const end = `/${known.slice(from).join('/')}`;
      const fitting = named.filter((each) => `/${each}`.endsWith(end));
      if (fitting.length > 0) return nearest(path, fitting);
      if (!isElsewhere) break;
    }
    return [];
  }

  #above(path: string, word: string): string | null {
    for (const folder of foldersAbove(path)) {
      const place = posix.join(folder, word);
      const found = [place, ...variantsOf(place)].find((each) => this.#paths.has(each));
      if (found !== undefined) return found;
    }
    return null;
  }
}

/** Of paths those that have the most folders in common with one; none when there are too many. */
function nearest(path: string, paths: readonly string[]): readonly string[] {
  const near = nearestTo(path, paths, (each) => each);
  return near.length > MAX_MEANT ? [] : near;
}
