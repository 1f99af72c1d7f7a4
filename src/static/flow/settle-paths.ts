import { ANY_SITE, type FlowGraph } from '../facts/flow-graph.ts';
import { nodeOf, spread, wayTo } from './search.ts';

/** How many places are visited for one path. */
const MAX_STATES = 20_000;

/**
 * Follows the paths that are handed over to the code that opens them: what it reads is in that file, a secret one makes what it reads
 * a secret, and what it writes is in that file from then on.
 */
export function settlePaths(graph: FlowGraph): void {
  const { accesses, handedPaths } = graph;
  if (accesses.size === 0) return;
  for (const { node, path, isSecret, call } of handedPaths) {
    const search = spread(graph, [node], () => false, MAX_STATES);
    if (search.isCut) graph.isFull = true;
    for (const state of search.cameFrom.keys()) {
      for (const access of accesses.get(nodeOf(state)) ?? []) {
        if (access.isWrite) {
          graph.connect(access.content, graph.fileNode(path), ANY_SITE);
          continue;
        }
        graph.connect(graph.fileNode(path), access.content, ANY_SITE);
        if (!isSecret) continue;
        const through = (wayTo(graph, search, state)?.through ?? []).filter((each) => each !== access.call);
        const steps = through[0] === call ? through : [call, ...through];
        graph.sources.push({ node: access.content, label: 'secret', call: access.call, path, before: steps });
      }
    }
  }
}
