import type { Api } from '../../../model/api-model.ts';
import { atNode, knownText, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { allArguments, type BoundArguments } from './arguments.ts';

/** Longer texts are no paths (UTF-16 units). */
const MAX_PATH = 1_024;

/** True for a call that hands its words to a program, or runs them: it loads nothing. */
function startsSomething(api: Api | null): boolean {
  return api?.sinks?.some(({ label }) => label === 'process' || label === 'code') === true;
}

/**
 * A call that names a data file of the target gives what stands in it, whatever the function: `open`, `read_text`, `get_data`, `jq`. So
 * does the object that it is called on from then on: `config.read('tasks.ini')`.
 */
export function withLoadedData(walk: Walk, api: Api | null, args: BoundArguments, result: Value): Value {
  if (walk.quiet > 0 || startsSomething(api)) return result;
  const { graph, gathering } = walk;
  let loaded = result;
  for (const value of allArguments(args)) {
    const path = knownText(value);
    const node = path === null || path.length > MAX_PATH ? 0 : gathering.dataNode(walk, path);
    if (node === 0) continue;
    if (args.receiver !== null && args.receiver !== value) graph.connect(node, args.receiver.node);
    if (loaded.node === 0) loaded = atNode(loaded, graph.newNode());
    graph.connect(node, loaded.node);
  }
  return loaded;
}
