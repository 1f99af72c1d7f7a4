import { ANY_SITE, type FlowGraph } from '../facts/flow-graph.ts';
import { nodeOf, spread } from './search.ts';

/** How many places are visited for one program. */
const MAX_STATES = 20_000;

/**
 * Follows the object for a running program to where it is written to, in a callback or another method as well: what is written there is
 * the program's input.
 */
export function settleInputs(graph: FlowGraph): void {
  if (graph.programInputs.size === 0) return;
  for (const program of graph.runningPrograms) {
    const search = spread(graph, [program], () => false, MAX_STATES);
    if (search.isCut) graph.isFull = true;
    const reached = new Set([...search.cameFrom.keys()].map(nodeOf));
    for (const [object, given] of graph.programInputs)
      if (reached.has(object)) for (const node of given) graph.connect(node, program, ANY_SITE);
  }
}
