import { posix } from 'node:path';
import type { SinkLabel, SourceLabel } from '../model/api-model.ts';
import type { Scope } from '../model/evidence.ts';
import type { Language } from '../model/program.ts';
import type { Matcher } from '../model/rule.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import type { FileResult, FileTask } from './analyse-file.ts';

/** How many modules one file is looked at with, and how many bytes of them. */
const MAX_MODULES = 12;
const MAX_MODULE_BYTES = 256 * 1024;
/** Files are looked at again up to this many bytes in all, modules included. */
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;

const JAVASCRIPT_ENDINGS = ['', '.js', '.ts', '.mjs', '.cjs', '.jsx', '.tsx', '/index.js', '/index.ts'];

type Family = 'python' | 'javascript';

function familyOf(language: Language | null): Family | null {
  if (language === 'typescript') return 'javascript';
  return language === 'python' || language === 'javascript' ? language : null;
}

/** Pairs of labels that some rule looks for: a file is looked at again only for these. */
function flowPairs(knowledge: Knowledge): ReadonlyMap<SourceLabel, ReadonlySet<SinkLabel>> {
  const pairs = new Map<SourceLabel, Set<SinkLabel>>();
  const waiting: Matcher[] = knowledge.rules.map(({ match }) => match);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('all' in next) waiting.push(...next.all);
    else if ('any' in next) waiting.push(...next.any);
    else if ('flow' in next) {
      for (const from of next.flow.from) {
        const sinks = pairs.get(from) ?? new Set();
        for (const to of next.flow.to) sinks.add(to);
        pairs.set(from, sinks);
      }
    }
  }
  return pairs;
}

/** The folders that a Python module may be looked up from: the file's own and all above it, each with its `src`. */
function rootsOf(path: string): readonly string[] {
  const roots: string[] = [];
  for (let folder = posix.dirname(path), levels = 0; levels < 32; folder = posix.dirname(folder), levels++) {
    roots.push(folder, posix.join(folder, 'src'));
    if (folder === '.' || folder === '/') break;
  }
  return roots;
}

/** The places where a module may lie that a file names, nearest first. */
function candidates(path: string, family: Family, module: string): readonly string[] {
  if (family === 'javascript') {
    if (!module.startsWith('.')) return [];
    const base = posix.join(posix.dirname(path), module);
    const bare = base.replace(/\.js$/, '');
    return [...JAVASCRIPT_ENDINGS.map((ending) => base + ending), `${bare}.ts`, `${bare}.tsx`];
  }
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module.slice(dots).replaceAll('.', '/');
  if (parts === '') return [];
  const roots =
    dots === 0 ? rootsOf(path) : [posix.join(posix.dirname(path), ...Array<string>(dots - 1).fill('..'))];
  return roots.flatMap((root) => [posix.join(root, `${parts}.py`), posix.join(root, parts, '__init__.py')]);
}

interface Known {
  readonly task: FileTask;
  readonly result: FileResult;
}

/** The target's own files that a file imports, by the name it gives them. */
function importsOf(known: Known, files: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  const modules = new Map<string, Known>();
  const family = familyOf(known.result.language);
  if (family === null) return modules;
  let bytes = 0;
  for (const name of known.result.links.imports) {
    const path = candidates(known.task.path, family, name).find((candidate) => files.has(candidate));
    const found = path === undefined ? undefined : files.get(path);
    if (found === undefined || found === known || familyOf(found.result.language) !== family) continue;
    bytes += found.task.content.length;
    if (modules.size >= MAX_MODULES || bytes > MAX_MODULE_BYTES) break;
    modules.set(name, found);
  }
  return modules;
}

/** Values that every environment's methods are handed: they start in the file itself or not at all. */
const HANDED: ReadonlySet<SourceLabel> = new Set(['action', 'observation']);

/** True when a file or a module of it could start what another of them ends. */
function mayFlow(known: Known, modules: Iterable<Known>, pairs: ReturnType<typeof flowPairs>): boolean {
  const files = [known, ...modules];
  return files.some((from) =>
    from.result.links.sources.some(
      (source) =>
        (from === known || !HANDED.has(source)) &&
        files.some(
          (to) => to !== from && to.result.links.sinks.some((sink) => pairs.get(source)?.has(sink) === true),
        ),
    ),
  );
}

/** Files that hooks start, with the scope that they run in; a file's words count from its own folder, or from the target's. */
function startedFiles(files: ReadonlyMap<string, Known>): ReadonlyMap<string, Scope> {
  const started = new Map<string, Scope>();
  for (const { task, result } of files.values()) {
    for (const { file, scope } of result.links.starts) {
      const word = file.replace(/^(?:\$\{?\w+\}?|\*)\//, '');
      const folders = [posix.dirname(task.path), posix.join(posix.dirname(task.path), '..'), '.'];
      const path = folders.map((folder) => posix.join(folder, word)).find((each) => files.has(each));
      if (path !== undefined && path !== task.path && !started.has(path)) started.set(path, scope);
    }
  }
  return started;
}

/** Classes registered as environments elsewhere, by the file that defines them. */
function registeredClasses(files: ReadonlyMap<string, Known>): ReadonlyMap<string, readonly string[]> {
  const registered = new Map<string, string[]>();
  for (const { task, result } of files.values()) {
    for (const entryPoint of result.links.entryPoints) {
      const [module = '', name = ''] = entryPoint.split(':', 2);
      const path = candidates(task.path, 'python', module).find((candidate) => files.has(candidate));
      if (path === undefined || name === '') continue;
      // Most say so themselves, by what they are derived from or define.
      if (files.get(path)?.result.links.environments.includes(name) === true) continue;
      registered.set(path, [...(registered.get(path) ?? []), name]);
    }
  }
  return registered;
}

/**
 * The files to be looked at again with what their target's other files say of them: modules they import, when values could flow from
 * one into the other; the hook that starts them; the registration that makes their class an environment. Bounded in bytes, so that
 * it stays linear in the size of the target.
 */
export function linkedTasks(
  tasks: readonly FileTask[],
  results: readonly FileResult[],
  knowledge: Knowledge,
): readonly FileTask[] {
  const files = new Map<string, Known>();
  tasks.forEach((task, index) => {
    const result = results[index];
    if (result !== undefined) files.set(task.path, { task, result });
  });
  const pairs = flowPairs(knowledge);
  const started = startedFiles(files);
  const registered = registeredClasses(files);
  const linked: FileTask[] = [];
  let bytes = 0;
  for (const known of files.values()) {
    const { task } = known;
    const modules = importsOf(known, files);
    const isFlowing = mayFlow(known, modules.values(), pairs);
    const scope = started.get(task.path);
    const environments = registered.get(task.path);
    if (!isFlowing && scope === undefined && environments === undefined) continue;
    const own = isFlowing
      ? [...modules].map(([name, module]) => ({
          name,
          path: module.task.path,
          ...(module.task.container === undefined ? {} : { container: module.task.container }),
          content: module.task.content,
          language: module.result.language,
        }))
      : [];
    bytes += own.reduce((sum, { content }) => sum + content.length, task.content.length);
    if (bytes > MAX_TOTAL_BYTES) break;
    linked.push({
      ...task,
      own,
      ...(scope === undefined ? {} : { scope }),
      ...(environments === undefined ? {} : { environments }),
    });
  }
  return linked;
}
