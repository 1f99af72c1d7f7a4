import type { FunctionFact } from '../facts.ts';
import type { FlowGraph } from '../flow-graph.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import type { BoundArguments } from './arguments.ts';

/** Methods of a generator that give its body a value: of Python, of Python's asynchronous ones, of JavaScript. */
const SENDING = /^(?:a?send|next)$/;

/** The node of what is sent into a generator's body. */
export function sentInto(graph: FlowGraph, callee: FunctionFact): number {
  if (callee.sentNode === 0) callee.sentNode = graph.newNode();
  return callee.sentNode;
}

/** `generator.send(x)`: the body goes on with it, whichever value it gave last. */
export function sendInto(
  walk: Walk,
  method: string | null,
  receiver: Value | null,
  args: BoundArguments,
): void {
  const [given] = args.positional;
  if (given === undefined || given.node === 0 || method === null || !SENDING.test(method)) return;
  const callee = walk.gathering.generators.get(receiver?.node ?? 0);
  if (callee !== undefined) walk.graph.connect(given.node, sentInto(walk.graph, callee));
}
