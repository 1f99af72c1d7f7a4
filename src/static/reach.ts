import type { SinkLabel, SourceLabel } from '../model/api-model.ts';
import type { Matcher } from '../model/rule.ts';
import type { Knowledge } from '../rules/knowledge.ts';
import type { FileResult } from './file-result.ts';
import type { FileTask } from './file-task.ts';
import { moduleFamilyOf, type ModuleIndex } from './facts/programs/module-paths.ts';
import type { ProgramFiles } from './facts/programs/program-files.ts';

/** Within a bundle, imports and starts are followed to any depth; from one into another, so many in a row, to so many files. */
const MAX_STEPS = 2;
const MAX_REACH = 300;

/** A file that was looked at, and the bundle it was in. */
export interface Known {
  readonly task: FileTask;
  readonly result: FileResult;
  readonly bundle: number;
}

/** All files of a target that were looked at, by path. */
export type Files = ReadonlyMap<string, Known>;
type FlowPairs = ReadonlyMap<SourceLabel, ReadonlySet<SinkLabel>>;

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

/** Names under which files of a target mean each other. */
export interface Names {
  readonly modules: ModuleIndex;
  readonly programs: ProgramFiles;
}

/** The target's own files that a file imports or starts. */
function nextOf({ task, result }: Known, files: Files, { modules, programs }: Names): readonly Known[] {
  const family = moduleFamilyOf(result.language);
  const imported =
    family === null ? [] : result.links.imports.map((name) => modules.find(task.path, family, name));
  const started = result.links.starts.flatMap(({ file }) => programs.find(task.path, file));
  return [...new Set([...imported, ...started])].flatMap((path) =>
    path === null || path === task.path ? [] : (files.get(path) ?? []),
  );
}

/** Files that another one reaches through imports and starts, each with the file that it is reached from. */
type Reach = ReadonlyMap<Known, Known>;

/** What a file reaches within {@link MAX_STEPS}, itself first; null when its bundle had all of it. */
function reachOf(root: Known, nextOfFile: (file: Known) => readonly Known[]): Reach | null {
  const reach = new Map([[root, root]]);
  let edge: readonly Known[] = [root];
  for (let step = 0; step < MAX_STEPS; step++) {
    const next: Known[] = [];
    for (const file of edge) {
      for (const found of nextOfFile(file)) {
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

/** Texts and settings start programs each on its own: what one prints goes into no other. */
function isCode({ result }: Known): boolean {
  return moduleFamilyOf(result.language) !== null || result.language === 'shell';
}

/** A file and those that it was reached through, up to the root. */
function wayTo(file: Known, reach: Reach): readonly Known[] {
  const way = [file];
  for (let at = file, from = reach.get(file); from !== undefined && from !== at; from = reach.get(at)) {
    way.push(from);
    at = from;
  }
  return way;
}

/** True when values can go from one file to the other: along the way between them, or through code that runs both. */
function isJoined(from: Known, to: Known, reach: Reach): boolean {
  const way = wayTo(from, reach);
  const meeting = wayTo(to, reach).find((each) => way.includes(each));
  return meeting === from || meeting === to || (meeting !== undefined && isCode(meeting));
}

/** Files between which values could flow that some rule looks for: where they start, and where they end. */
function flowing(root: Known, reach: Reach, pairs: FlowPairs): ReadonlySet<Known> {
  const ends = new Set<Known>();
  for (const from of reach.keys()) {
    for (const source of from.result.links.sources) {
      const sinks = pairs.get(source);
      if (sinks === undefined || (from !== root && HANDED.has(source))) continue;
      for (const to of reach.keys()) {
        if (to === from || !to.result.links.sinks.some((sink) => sinks.has(sink))) continue;
        if (ends.has(from) && ends.has(to)) continue;
        if (isJoined(from, to, reach)) ends.add(from).add(to);
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

/** Tells for a file which others it is to be looked at with, itself first; none when no value could flow between them and it. */
export function groupsBy(
  files: Files,
  names: Names,
  knowledge: Knowledge,
): (root: Known) => readonly Known[] {
  const pairs = flowPairs(knowledge);
  const known = new Map<Known, readonly Known[]>();
  const nextOfFile = (file: Known): readonly Known[] => {
    let found = known.get(file);
    if (found === undefined) known.set(file, (found = nextOf(file, files, names)));
    return found;
  };
  return (root) => {
    const reach = reachOf(root, nextOfFile);
    const ends = reach === null ? new Set<Known>() : flowing(root, reach, pairs);
    return reach === null || ends.size === 0 ? [] : waysTo(root, ends, reach);
  };
}
