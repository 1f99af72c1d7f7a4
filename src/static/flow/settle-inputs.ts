import { ANY_SITE, type FlowGraph } from '../facts/flow-graph.ts';
import { nodeOf, spread } from './search.ts';

/** How many places are visited for one object. */
const MAX_STATES = 20_000;

/**
 * Follows the object for a running program, or for an open file, to where it is written to, in a callback or another method as well:
 * what is written there is the program's input, or in the file.
 */
export function settleInputs(graph: FlowGraph): void {
  if (graph.written.size === 0) return;
  for (const receiver of graph.receivers) {
    const search = spread(graph, [receiver], () => false, MAX_STATES);
    if (search.isCut) graph.isFull = true;
    const reached = new Set([...search.cameFrom.keys()].map(nodeOf));
    for (const [object, given] of graph.written)
      if (reached.has(object)) for (const node of given) graph.connect(node, receiver, ANY_SITE);
  }
}
