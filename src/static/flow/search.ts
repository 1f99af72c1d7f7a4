import type { CallFact } from '../facts/facts.ts';
import { ANY_SITE, type FlowGraph } from '../facts/flow-graph.ts';

/** A state is a node and the call site through which its function was entered; 0: not known. */
const SITES = ANY_SITE;

/** What was reached from some nodes, and how. */
export interface Search {
  /** Predecessor of a state; the state itself for a start. */
  readonly cameFrom: ReadonlyMap<number, number>;
  /** There was more than may be visited. */
  readonly isCut: boolean;
}

/** The node of a state. */
export function nodeOf(state: number): number {
  return Math.floor(state / SITES);
}

/**
 * Every state that values reach from some nodes.
 * @param isTaken nodes from which on they are not followed
 * @param limit so many states are visited, at most
 */
export function spread(
  graph: FlowGraph,
  starts: Iterable<number>,
  isTaken: (node: number) => boolean,
  limit: number,
): Search {
  const cameFrom = new Map<number, number>();
  const queue: number[] = [];
  for (const node of starts) {
    const state = node * SITES;
    if (cameFrom.has(state)) continue;
    cameFrom.set(state, state);
    queue.push(state);
  }
  for (let at = 0; at < queue.length && cameFrom.size < limit; at++) {
    const state = queue[at]!;
    const site = state % SITES;
    const edges = graph.edgesOf(nodeOf(state));
    for (let edge = 0; edge < edges.length; edge += 2) {
      const crossing = edges[edge + 1]!;
      // A value leaves a function only to the call through which it entered.
      if (crossing < 0 && site !== 0 && site !== -crossing) continue;
      const node = edges[edge]!;
      const next = node * SITES + (crossing === 0 ? site : crossing > 0 ? crossing % SITES : 0);
      if (cameFrom.has(next) || isTaken(node)) continue;
      cameFrom.set(next, state);
      queue.push(next);
    }
  }
  return { cameFrom, isCut: cameFrom.size >= limit };
}

/**
 * The node that a state was reached from in the end, the last calls on the way, in order, and how many places the way has; null
 * when it is not reached.
 */
export function wayTo(
  graph: FlowGraph,
  { cameFrom }: Search,
  state: number,
): { readonly start: number; readonly through: readonly CallFact[]; readonly steps: number } | null {
  const through: CallFact[] = [];
  let at = state;
  for (let steps = 0; steps <= cameFrom.size; steps++) {
    const before = cameFrom.get(at);
    if (before === undefined) return null;
    if (before === at) return { start: nodeOf(at), through: through.reverse(), steps };
    const call = graph.calls.get(nodeOf(at));
    if (call !== undefined && through.length < 8 && through.at(-1) !== call) through.push(call);
    at = before;
  }
  return null;
}
