import type { SinkLabel, SourceLabel } from '../model/api-model.ts';
import type { Scope } from '../model/evidence.ts';
import type { Matcher } from '../model/rule.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import type { FileResult, FileTask } from './analyse-file.ts';
import { type Bundle, BUNDLE_BYTES, bundleOf } from './bundles.ts';
import { moduleFamilyOf, ModuleIndex } from './facts/module-paths.ts';
import { registeredClass } from './facts/registrations.ts';
import { startedPaths } from './facts/started-files.ts';

/** Within a bundle, imports are followed to any depth; from one into another, so many in a row, to so many files. */
const MAX_IMPORTS = 2;
const MAX_REACH = 300;
/** How much is looked at together a second time, at most. */
const MAX_FILES = 60;
const MAX_GROUP_BYTES = 2 * BUNDLE_BYTES;
/** All of the second look goes over at most this share of the target, and never over more than so many bytes. */
const MAX_SHARE = 0.25;
const MIN_TOTAL_BYTES = 1024 * 1024;
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;

/** A file that was looked at, and the bundle it was in. */
interface Known {
  readonly task: FileTask;
  readonly result: FileResult;
  readonly bundle: number;
}
type Files = ReadonlyMap<string, Known>;
type FlowPairs = ReadonlyMap<SourceLabel, ReadonlySet<SinkLabel>>;

/** What is to be looked at again. */
export interface SecondLook {
  readonly bundles: readonly Bundle[];
  /** Files whose flows to and from other folders were left out: the bound was reached. */
  readonly leftOut: readonly string[];
}

/** Pairs of labels that some rule looks for: files are looked at again only for these. */
function flowPairs(knowledge: Knowledge): FlowPairs {
  const pairs = new Map<SourceLabel, Set<SinkLabel>>();
  const waiting: Matcher[] = knowledge.rules.map(({ match }) => match);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('all' in next) waiting.push(...next.all);
    else if ('any' in next) waiting.push(...next.any);
    else if ('flow' in next) {
      for (const from of next.flow.from) {
        const sinks = pairs.get(from) ?? new Set();
        for (const to of next.flow.to) if (!to.startsWith('unmodelled')) sinks.add(to);
        pairs.set(from, sinks);
      }
    }
  }
  return pairs;
}

/** The target's own files that a file imports. */
function importsOf({ task, result }: Known, files: Files, index: ModuleIndex): readonly Known[] {
  const family = moduleFamilyOf(result.language);
  if (family === null) return [];
  return result.links.imports.flatMap((name) => {
    const path = index.find(task.path, family, name);
    const found = path === null || path === task.path ? undefined : files.get(path);
    return found === undefined ? [] : [found];
  });
}

/** Files that another one reaches through its imports, each with the file that it is reached from. */
type Reach = ReadonlyMap<Known, Known>;

/** What a file reaches within {@link MAX_IMPORTS} imports, itself first; null when its bundle had all of it. */
function reachOf(root: Known, importsOfFile: (file: Known) => readonly Known[]): Reach | null {
  const reach = new Map([[root, root]]);
  let edge: readonly Known[] = [root];
  for (let step = 0; step < MAX_IMPORTS; step++) {
    const next: Known[] = [];
    for (const file of edge) {
      for (const found of importsOfFile(file)) {
        if (reach.has(found) || reach.size >= MAX_REACH) continue;
        reach.set(found, file);
        next.push(found);
      }
    }
    edge = next;
  }
  for (const { bundle } of reach.keys()) if (bundle !== root.bundle) return reach;
  return null;
}

/** Values that every environment's methods are handed: they start in the file itself or not at all. */
const HANDED: ReadonlySet<SourceLabel> = new Set(['action', 'observation']);

/** Files between which values could flow that some rule looks for: where they start, and where they end. */
function flowing(root: Known, reach: Reach, pairs: FlowPairs): ReadonlySet<Known> {
  const ends = new Set<Known>();
  for (const from of reach.keys()) {
    for (const source of from.result.links.sources) {
      const sinks = pairs.get(source);
      if (sinks === undefined || (from !== root && HANDED.has(source))) continue;
      for (const to of reach.keys()) {
        if (to === from || !to.result.links.sinks.some((sink) => sinks.has(sink))) continue;
        ends.add(from).add(to);
      }
    }
  }
  return ends;
}

/** A file, some that it reaches, and those on the way to them. */
function waysTo(root: Known, ends: ReadonlySet<Known>, reach: Reach): readonly Known[] {
  const kept = new Set([root, ...ends]);
  for (const file of kept) kept.add(reach.get(file) ?? root);
  return [...kept];
}

/** Files that hooks of other bundles start, with the scope that they run in. */
function startedFiles(files: Files): ReadonlyMap<string, Scope> {
  const started = new Map<string, Scope>();
  for (const { task, result, bundle } of files.values()) {
    for (const { file, scope } of result.links.starts) {
      const path = startedPaths(task.path, file).find((each) => files.has(each));
      if (path === undefined || files.get(path)?.bundle === bundle || started.has(path)) continue;
      started.set(path, scope);
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
  task: FileTask,
  started: ReadonlyMap<string, Scope>,
  registered: ReadonlyMap<string, readonly string[]>,
): FileTask {
  const scope = started.get(task.path);
  const environments = registered.get(task.path);
  return {
    ...task,
    ...(scope === undefined ? {} : { scope }),
    ...(environments === undefined ? {} : { environments }),
  };
}

/**
 * What is to be looked at again because files of other bundles have a say in it: files on whose imports a value could flow from one
 * bundle into another; what another bundle's hook starts; a class that another bundle registers. Bounded in bytes, so that it stays
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
  const pairs = flowPairs(knowledge);
  const started = startedFiles(files);
  const index = new ModuleIndex(files);
  const registered = registeredElsewhere(files, index);
  const imports = new Map<Known, readonly Known[]>();
  const importsOfFile = (file: Known): readonly Known[] => {
    let found = imports.get(file);
    if (found === undefined) imports.set(file, (found = importsOf(file, files, index)));
    return found;
  };
  const groups: Known[][] = [];
  for (const root of files.values()) {
    const { path } = root.task;
    const reach = reachOf(root, importsOfFile);
    const ends = reach === null ? new Set<Known>() : flowing(root, reach, pairs);
    if (reach !== null && ends.size > 0) groups.push([...waysTo(root, ends, reach)]);
    else if (started.has(path) || registered.has(path)) groups.push([root]);
  }
  const { chosen, leftOut } = packed(groups, bound);
  return {
    bundles: chosen.map((group) => bundleOf([...group].map(({ task }) => told(task, started, registered)))),
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
