import { normalPath } from '../../evidence/detail.ts';
import { textOf } from '../../fold/constant.ts';
import type { BoundArguments } from './arguments.ts';
import type { CallFact } from '../facts.ts';
import type { FlowGraph } from '../flow-graph.ts';
import { atNode, knownText, type Value } from '../values/value.ts';
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
}

/** A file that is opened under a path that only flow tells. */
export interface FileAccess {
  /** What is in the file flows out of this node, or into it when the file is written. */
  readonly content: number;
  readonly isWrite: boolean;
  readonly call: CallFact;
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
  graph.handedPaths.push({ node, path, isSecret, call: call() });
  return node;
}

/** The same for a constant in code that goes to a place where it is no longer known: a parameter that several calls give, an element. */
export function secretPathNode(walk: Walk, value: Value, call: () => CallFact): number {
  if (walk.quiet > 0 || value.node !== 0 || typeof value.constant?.value !== 'string') return 0;
  const { classes } = walk.gathering.knowledge;
  const text = value.constant.value;
  if (!isPath(text) || !classes.belongs('secret-path', normalPath(text))) return 0;
  return handPath(walk.graph, value, () => true, call);
}

/** Arguments of which the paths of secret files flow: another call may give another path, so that neither is known in the function. */
export function withSecretPaths(walk: Walk, args: BoundArguments, call: CallFact): BoundArguments {
  if (!args.positional.some(({ constant }) => typeof constant?.value === 'string')) return args;
  const nodes = args.positional.map((value) => secretPathNode(walk, value, () => call));
  if (nodes.every((node) => node === 0)) return args;
  return {
    ...args,
    positional: args.positional.map((value, at) => atNode(value, value.node || (nodes[at] ?? 0))),
  };
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
    graph.accesses.set(path.node, [...accesses, { content, isWrite, call }]);
}
