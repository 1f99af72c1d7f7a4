import { posix } from 'node:path';
import type { Language } from '../../model/program.ts';

/** Languages whose modules import each other. */
export type ModuleFamily = 'python' | 'javascript';

const JAVASCRIPT_ENDINGS = ['', '.js', '.ts', '.mjs', '.cjs', '.jsx', '.tsx', '/index.js', '/index.ts'];

/** Folders above a file that its modules are looked for in, at most. */
const MAX_LEVELS = 32;

/** The family whose files a text of this language can import; null for a text that imports nothing. */
export function moduleFamilyOf(language: Language | null): ModuleFamily | null {
  if (language === 'typescript') return 'javascript';
  return language === 'python' || language === 'javascript' ? language : null;
}

/** The folders that a Python module may be looked up from: the file's own and all above it, each with its `src`. */
function rootsOf(path: string): readonly string[] {
  const roots: string[] = [];
  for (let folder = posix.dirname(path), levels = 0; levels < MAX_LEVELS; levels++) {
    roots.push(folder, posix.join(folder, 'src'));
    if (folder === '.' || folder === '/') break;
    folder = posix.dirname(folder);
  }
  return roots;
}

/**
 * The places in the target where a module may lie that a file names, nearest first.
 * @param path of the importing file
 * @param module as it names it: `.keys`, `pkg.keys`, `./keys`
 */
export function modulePaths(path: string, family: ModuleFamily, module: string): readonly string[] {
  if (family === 'javascript') {
    if (!module.startsWith('.')) return [];
    const base = posix.join(posix.dirname(path), module);
    const bare = base.replace(/\.js$/, '');
    return [...JAVASCRIPT_ENDINGS.map((ending) => base + ending), `${bare}.ts`, `${bare}.tsx`];
  }
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module.slice(dots).replaceAll('.', '/');
  const up = Array<string>(Math.max(0, dots - 1)).fill('..');
  if (parts === '') return dots === 0 ? [] : [posix.join(posix.dirname(path), ...up, '__init__.py')];
  const roots = dots === 0 ? rootsOf(path) : [posix.join(posix.dirname(path), ...up)];
  return roots.flatMap((root) => [posix.join(root, `${parts}.py`), posix.join(root, parts, '__init__.py')]);
}
