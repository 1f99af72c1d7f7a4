import type { Scope } from '../model/evidence.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import type { FileResult } from './file-result.ts';
import type { FileTask } from './file-task.ts';
import { type Bundle, BUNDLE_BYTES, bundleOf } from './bundles.ts';
import { moduleFamilyOf, ModuleIndex } from './facts/programs/module-paths.ts';
import { ProgramFiles } from './facts/programs/program-files.ts';
import { registeredClass } from './facts/programs/registrations.ts';
import { isProgramText, isTestPath } from './facts/scopes/file-scope.ts';
import { type Files, groupsBy, type Known } from './reach.ts';

/** So many functions of one file are told apart that other bundles call. */
const MAX_ENTRIES = 200;
/** How much is looked at together a second time, at most. */
const MAX_FILES = 60;
const MAX_GROUP_BYTES = 2 * BUNDLE_BYTES;
/** All of the second look goes over at most this share of the target, and never over more than so many bytes. */
const MAX_SHARE = 0.25;
const MIN_TOTAL_BYTES = 1024 * 1024;
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;

/** What is to be looked at again. */
export interface SecondLook {
  readonly bundles: readonly Bundle[];
  /** Files whose flows to and from other folders were left out: the bound was reached. */
  readonly leftOut: readonly string[];
}

/** When a file runs that another bundle starts, and functions of it that are called from there. */
interface StartedElsewhere {
  scope: Scope | null;
  readonly entries: { readonly function: string; readonly scope: Scope }[];
}

/** True for a file that says in its first line that it is started: when it runs is said by those who import it as well. */
function isProgram({ task: { path, content } }: Known): boolean {
  return content[0] === 0x23 && isProgramText(path, decoder.decode(content.subarray(0, FIRST_LINE)));
}

const FIRST_LINE = 200;
const decoder = new TextDecoder();

/** Files that hooks and settings of other bundles start, and programs that files of other bundles import. */
function startedFiles(
  files: Files,
  { programs, modules }: { readonly programs: ProgramFiles; readonly modules: ModuleIndex },
): ReadonlyMap<string, StartedElsewhere> {
  const started = new Map<string, StartedElsewhere>();
  const own = new Set([...files.values()].filter(isProgram).map(({ task }) => task.path));
  for (const { task, result, bundle } of files.values()) {
    const family = own.size === 0 ? null : moduleFamilyOf(result.language);
    for (const name of family === 'javascript' ? result.links.imports : []) {
      const path = modules.find(task.path, 'javascript', name);
      if (path !== null && own.has(path) && files.get(path)?.bundle !== bundle)
        started.set(path, { entries: started.get(path)?.entries ?? [], scope: 'import-time' });
    }
    for (const { file, scope, function: called } of result.links.starts) {
      if (scope === null) continue;
      for (const path of programs.find(task.path, file)) {
        if (files.get(path)?.bundle === bundle) continue;
        // What is imported runs when it is imported anyhow, unless it is a test or says something else.
        if (scope === 'import-time' && !own.has(path) && !isTestPath(path)) continue;
        const known = started.get(path) ?? { scope: null, entries: [] };
        started.set(path, known);
        if (called === undefined || scope === 'install-hook') known.scope ??= scope;
        if (called !== undefined && known.entries.length < MAX_ENTRIES)
          known.entries.push({ function: called, scope });
      }
    }
  }
  return started;
}

/** Classes that files of other bundles register as environments, by the file that defines them. */
function registeredElsewhere(files: Files, index: ModuleIndex): ReadonlyMap<string, readonly string[]> {
  const registered = new Map<string, string[]>();
  for (const { task, result, bundle } of files.values()) {
    for (const entryPoint of result.links.entryPoints) {
      const found = registeredClass(task.path, entryPoint, index);
      const known = found === null ? undefined : files.get(found.path);
      if (found === null || known === undefined || known.bundle === bundle) continue;
      // Most say so themselves, by what they are derived from or define.
      if (known.result.links.environments.includes(found.name)) continue;
      registered.set(found.path, [...(registered.get(found.path) ?? []), found.name]);
    }
  }
  return registered;
}

function told(
  { task, result }: Known,
  started: ReadonlyMap<string, StartedElsewhere>,
  registered: ReadonlyMap<string, readonly string[]>,
): FileTask {
  const { scope = null, entries = [] } = started.get(task.path) ?? {};
  const environments = registered.get(task.path);
  return {
    ...task,
    ...(result.text === undefined ? {} : { before: result.text }),
    ...(scope === null ? {} : { scope }),
    ...(entries.length === 0 ? {} : { entries }),
    ...(environments === undefined ? {} : { environments }),
  };
}

/**
 * What is to be looked at again because files of other bundles have a say in it: files on whose imports and starts a value could flow
 * from one bundle into another; what another bundle's hooks and settings start; a class that another bundle registers. Bounded in bytes, so that it stays
 * linear in the size of the target.
 * @param bundles of the first look
 * @param results of the first look, by path
 */
export function secondLook(
  bundles: readonly Bundle[],
  results: ReadonlyMap<string, FileResult>,
  knowledge: Knowledge,
): SecondLook {
  if (bundles.length < 2) return { bundles: [], leftOut: [] };
  const files = new Map<string, Known>();
  let total = 0;
  bundles.forEach((bundle, index) => {
    total += bundle.bytes;
    for (const task of bundle.files) {
      const result = results.get(task.path);
      if (result !== undefined) files.set(task.path, { task, result, bundle: index });
    }
  });
  const bound = Math.min(MAX_TOTAL_BYTES, Math.max(MIN_TOTAL_BYTES, total * MAX_SHARE));
  const names = { modules: new ModuleIndex(files), programs: new ProgramFiles(files) };
  const started = startedFiles(files, names);
  const registered = registeredElsewhere(files, names.modules);
  const groupOf = groupsBy(files, names, knowledge);
  const groups: Known[][] = [];
  for (const root of files.values()) {
    const { path } = root.task;
    const group = groupOf(root);
    if (group.length > 0) groups.push([...group]);
    else if (started.has(path) || registered.has(path)) groups.push([root]);
  }
  const { chosen, leftOut } = packed(groups, bound);
  return {
    bundles: chosen.map((group) => bundleOf([...group].map((file) => told(file, started, registered)))),
    leftOut,
  };
}

/**
 * Groups within bounds, as few as hold all of them: one that lies in another is looked at with it, and small ones that share files
 * are put together.
 */
function packed(
  groups: Known[][],
  bound: number,
): { readonly chosen: readonly ReadonlySet<Known>[]; readonly leftOut: readonly string[] } {
  const chosen: { readonly files: Set<Known>; bytes: number }[] = [];
  const leftOut: string[] = [];
  let total = 0;
  for (const group of groups.sort((a, b) => b.length - a.length)) {
    const missing = (files: ReadonlySet<Known>): Known[] => group.filter((file) => !files.has(file));
    if (chosen.some(({ files }) => missing(files).length === 0)) continue;
    const bytes = bytesOf(group);
    const host = chosen.find(({ files, bytes: own }) => {
      const rest = missing(files);
      return (
        rest.length < group.length &&
        files.size + rest.length <= MAX_FILES &&
        own + bytesOf(rest) <= MAX_GROUP_BYTES
      );
    });
    const added = host === undefined ? bytes : bytesOf(missing(host.files));
    if (total + added > bound || group.length > MAX_FILES || bytes > MAX_GROUP_BYTES) {
      const [root] = group;
      if (root !== undefined) leftOut.push(root.task.path);
      continue;
    }
    total += added;
    if (host === undefined) chosen.push({ files: new Set(group), bytes });
    else {
      for (const file of group) host.files.add(file);
      host.bytes += added;
    }
  }
  return { chosen: chosen.map(({ files }) => files), leftOut };
}

function bytesOf(group: readonly Known[]): number {
  return group.reduce((sum, { task }) => sum + task.content.length, 0);
}

/** Two results of one file as one: what either look found. */
export function mergedResult(first: FileResult, second: FileResult): FileResult {
  const known = new Set(
    second.evidence
      .filter(({ detail }) => detail !== '*')
      .map(({ capability, location }) => placeKey(capability, location)),
  );
  const seen = new Set(second.evidence.map((each) => JSON.stringify(each)));
  return {
    ...first,
    hits: [...second.hits, ...first.hits],
    unitHits: [...second.unitHits, ...first.unitHits],
    evidence: [
      ...second.evidence,
      // What is known of a call with the other files at hand stands for what was not known without them.
      ...first.evidence.filter(
        (each) =>
          !seen.has(JSON.stringify(each)) &&
          !(each.detail === '*' && known.has(placeKey(each.capability, each.location))),
      ),
    ],
  };
}

function placeKey(capability: string, location: FileResult['evidence'][number]['location']): string {
  return `${capability} ${location?.startLine ?? 0} ${location?.startColumn ?? 0} ${location?.layer ?? ''}`;
}
