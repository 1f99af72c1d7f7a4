import type { FunctionFact } from '../facts.ts';
import type { Walk } from './walk.ts';

/** Methods that an object is turned into a text, a number, a table or a list by, without anybody calling them by name. */
const CONVERSIONS: readonly string[] = [
  'toString',
  'valueOf',
  'toJSON',
  'Symbol.toPrimitive',
  'Symbol.iterator',
  'Symbol.asyncIterator',
];

/** The node of what the conversions among an object's methods give, which run when it is used; 0: it has none. */
export function convertedNode(walk: Walk, method: (name: string) => FunctionFact | null | undefined): number {
  if (walk.language !== 'javascript' || walk.quiet > 0) return 0;
  const nodes: number[] = [];
  for (const name of CONVERSIONS) {
    const found = method(name);
    if (found === undefined || found === null) continue;
    walk.noteCallOf(found);
    nodes.push(found.returnNode);
  }
  return nodes.length === 0 ? 0 : walk.graph.join(nodes);
}
