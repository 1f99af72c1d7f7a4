import { normalPath } from '../../evidence/detail.ts';
import { plain, textOf } from '../../fold/constant.ts';
import type { Api } from '../../../model/api-model.ts';
import { type BoundArguments, firstArgument } from './arguments.ts';
import type { CallFact } from '../facts.ts';
import type { FlowGraph } from '../flow-graph.ts';
import { atNode, constantValue, knownText, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** A file's path on its way to the code that opens it. */
export interface HandedPath {
  /** The path itself flows from here. */
  readonly node: number;
  /** In normal form. */
  readonly path: string;
  /** The file is a secret one. */
  readonly isSecret: boolean;
  /** What hands it over. */
  readonly call: CallFact;
  /** What else the call gives, so that it is this which is written there; null: whoever opens the file says what. */
  readonly given: readonly number[] | null;
}

/** A file that is opened under a path that only flow tells. */
export interface FileAccess {
  /** What is in the file flows out of this node, or into it when the file is written. */
  readonly content: number;
  readonly isWrite: boolean;
  readonly call: CallFact;
  /** The argument that is the path. */
  readonly path: Value;
}

/** So many paths are followed in files that are looked at together. */
const MAX_PATHS = 200;

/** A text that may be the path of one file. */
function isPath(text: string): boolean {
  return text.length < 300 && /[/.~]/.test(text) && !/[\s*]|:\/\//.test(text);
}

/** Keeps that a path is handed over; returns the node that it flows from, 0 when the value is no path of a file that matters. */
export function handPath(
  graph: FlowGraph,
  value: Value,
  isSecretPath: (path: string) => boolean,
  call: () => CallFact,
): number {
  const text = value.constant === null ? knownText(value) : textOf(value.constant);
  if (text === null) return 0;
  const written = /^--?[A-Za-z][\w-]*=(.+)$/s.exec(text)?.[1] ?? text;
  if (!isPath(written)) return 0;
  const path = normalPath(written);
  const isSecret = isSecretPath(path);
  if (!isSecret && !graph.hasFile(path)) return 0;
  if (graph.handedPaths.length >= MAX_PATHS) {
    graph.isFull = true;
    return 0;
  }
  const node = graph.newNode();
  graph.handedPaths.push({ node, path, isSecret, call: call(), given: null });
  return node;
}

/** Files that are worth following a path for: whoever reads the first has a secret, whoever writes the others changes what runs. */
const READ_CLASSES = ['secret-path'] as const;
const WRITTEN_CLASSES = [
  'persistence-path',
  'agent-config-path',
  'privilege-path',
  'account-path',
  'shared-settings-path',
] as const;

/** The path that a value is, in normal form, when it is one of a file that matters; its beginning may be unknown. */
function pathThatMatters(walk: Walk, value: Value): string | null {
  const text = typeof value.constant?.value === 'string' ? value.constant.value : knownText(value);
  if (text === null || !isPath(text.replace(/^\*(?=\/)/, ''))) return null;
  const path = normalPath(text);
  const { classes } = walk.gathering.knowledge;
  return [...READ_CLASSES, ...WRITTEN_CLASSES].some((name) => classes.belongs(name, path)) ? path : null;
}

/** True when a value is, or holds, the path of a file that matters: a name in the home folder, the parts of a path, a table with one. */
export function holdsPathThatMatters(walk: Walk, value: Value, depth = 0): boolean {
  if (depth > 2) return false;
  const parts = value.elements ?? (value.entries === null ? null : [...value.entries.values()]);
  if (parts === null) return pathThatMatters(walk, value) !== null;
  const texts = parts.slice(0, 16).map(knownText);
  const whole = texts.every((text) => text !== null) ? texts.join('/') : null;
  return (
    (whole !== null && pathThatMatters(walk, constantValue(plain(`~/${whole}`))) !== null) ||
    parts.slice(0, 16).some((part) => holdsPathThatMatters(walk, part, depth + 1))
  );
}

/** What a table gives for a key that is not known, when a path of a file that matters is among what it holds. */
export function entryThatMatters(walk: Walk, { entries, node }: Value, key: Value | undefined): Value | null {
  if (entries === null || entries.size > MAX_PATHS) return null;
  // Every call that is known gives this key.
  const named = key === undefined ? null : knownText(key);
  if (named !== null && entries.has(named)) return null;
  const found = [...entries.values()].find((each) => holdsPathThatMatters(walk, each));
  return found === undefined ? null : atNode(found, walk.graph.join([found.node, node]));
}

/** The same for a known path in code that goes to a place where it is no longer known: a parameter that several calls give, an element. */
export function handedPathNode(
  walk: Walk,
  value: Value,
  call: () => CallFact,
  given: readonly number[] | null = null,
): number {
  if (walk.quiet > 0 || (value.constant === null && value.pieces === null)) return 0;
  const path = pathThatMatters(walk, value);
  if (path === null) return 0;
  const { graph } = walk;
  if (graph.handedPaths.length >= MAX_PATHS) {
    graph.isFull = true;
    return 0;
  }
  const isSecret = walk.gathering.knowledge.classes.belongs('secret-path', path);
  const node = graph.newNode();
  graph.handedPaths.push({ node, path, isSecret, call: call(), given });
  return graph.join([value.node, node]);
}

/**
 * Arguments of which the paths of files that matter flow: another call may give another path, so that neither is known in the function.
 * @param isKept they become part of an object, which writes nothing yet: a table of places is none that is written
 */
export function withHandedPaths(
  walk: Walk,
  args: BoundArguments,
  call: () => CallFact,
  isKept = false,
): BoundArguments {
  const all = [...args.positional, ...args.named.values()];
  if (!all.some(({ constant, pieces }) => typeof constant?.value === 'string' || pieces !== null))
    return args;
  const others = (value: Value): number[] =>
    all.flatMap((each) => (each === value || each.node === 0 ? [] : [each.node]));
  const handed = (value: Value): Value => {
    const node = handedPathNode(walk, value, call, isKept ? null : others(value));
    return node === 0 ? value : atNode(value, node);
  };
  return {
    ...args,
    positional: args.positional.map(handed),
    named: new Map([...args.named].map(([name, value]) => [name, handed(value)])),
  };
}

/** Calls that give the paths of what lies in a folder. */
const LISTING =
  /(?:^|[./])(?:readdir|opendir|listdir|scandir|walk|i?glob|globby|fast-glob|sync|iterdir|rglob|children|entries|each_child|foreach|find|\[\]|getfiles|Get-ChildItem|ReadDir)(?:Sync)?$/i;

/** What is read under a path that was found in a place of secrets is a secret. */
export function handFound(
  walk: Walk,
  name: string,
  args: BoundArguments,
  api: Api,
  node: number,
  call: CallFact,
): void {
  const at = api.detail === undefined ? null : firstArgument(args, api.detail.argument);
  const path = at === null ? null : knownText(at);
  const { graph } = walk;
  if (path === null || !LISTING.test(name) || graph.handedPaths.length >= MAX_PATHS) return;
  graph.handedPaths.push({ node, path: normalPath(path), isSecret: true, call, given: null });
}

/** A file is opened whose path is not known where it is opened. */
export function noteAccess(
  graph: FlowGraph,
  path: Value | null,
  call: CallFact,
  isWrite: boolean,
  result: number,
  given: readonly Value[],
): void {
  if (path === null || path.node === 0) return;
  let content = result;
  if (isWrite) {
    content = graph.join([result, ...given.filter((each) => each !== path).map(({ node }) => node)]);
  }
  const accesses = graph.accesses.get(path.node) ?? [];
  if (content !== 0 && accesses.length < 1_000)
    graph.accesses.set(path.node, [...accesses, { content, isWrite, call, path }]);
}
