import type { Evidence } from '../model/evidence.ts';
import type { FileResult } from './file-result.ts';
import { moduleFamilyOf, ModuleIndex } from './facts/programs/module-paths.ts';
import { ProgramFiles } from './facts/programs/program-files.ts';
import { isTestPath } from './facts/scopes/file-scope.ts';

/** What a document or settings must be called for its commands to be those of somebody who uses the target, not of who works on it. */
const IS_FOR_USERS = /(?:^|\/)(?:SKILL|AGENTS|CLAUDE)\.md$|(?:^|\/)\.?mcp\.json$/i;

/**
 * Files that look like tests by their path, and are not tests: what is no test imports or starts them. Worked out when it is first asked
 * for, from the links of all files of the target.
 */
export class TestsInUse {
  readonly #files: ReadonlyMap<string, FileResult>;
  #found: ReadonlySet<string> | null = null;

  constructor(files: readonly FileResult[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
  }

  /** True for a file that looks like a test and is none. */
  isInUse(path: string): boolean {
    return isTestPath(path) && (this.#found ??= testsInUse(this.#files)).has(path);
  }

  /** True for a test that only tests run. */
  isMereTest(path: string): boolean {
    return isTestPath(path) && !this.isInUse(path);
  }

  /** The evidence as it counts: what a file can do that is no test after all is what the target can do. */
  weighed(item: Evidence): Evidence {
    const path = item.location?.path;
    return item.scope === 'test' && path !== undefined && this.isInUse(path)
      ? { ...item, scope: 'import-time', confidence: item.detail === '*' ? 'medium' : 'high' }
      : item;
  }
}

function testsInUse(files: ReadonlyMap<string, FileResult>): ReadonlySet<string> {
  const found = new Set<string>();
  if (![...files.keys()].some(isTestPath)) return found;
  const modules = new ModuleIndex(files);
  const programs = new ProgramFiles(files);
  const waiting = [...files.values()].filter(({ path }) => !isTestPath(path));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const { path, language, links } = file;
    const family = moduleFamilyOf(language);
    const isCode = family !== null || language === 'shell';
    const imported = family === null ? [] : links.imports.map((name) => modules.find(path, family, name));
    const started = links.starts.flatMap(({ file: name, scope }) =>
      // Settings that say when what they name runs name what is used; what a Makefile or a workflow starts may well be a test.
      isCode || scope !== null || IS_FOR_USERS.test(path) ? programs.find(path, name) : [],
    );
    for (const next of [...imported, ...started].flatMap((each) =>
      each === null ? [] : [each, ...packagesOf(each)],
    )) {
      const test = isTestPath(next) && !found.has(next) ? files.get(next) : undefined;
      if (test === undefined) continue;
      found.add(next);
      waiting.push(test);
    }
  }
  return found;
}

/** The packages that Python imports before a module that lies in them. */
function packagesOf(path: string): readonly string[] {
  if (!path.endsWith('.py')) return [];
  const folders = path.split('/').slice(0, -1);
  return folders.map((_, at) => `${folders.slice(0, folders.length - at).join('/')}/__init__.py`);
}
