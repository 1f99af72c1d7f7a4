import type { FunctionNode, Statement } from '../../../model/program.ts';
import type { FunctionFact } from '../facts.ts';
import { changed, listValue, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** Lists of more values are rows of something, and no results of their own each. */
const MAX_RESULTS = 8;

/** So deep a body's last statement is looked for in branches of branches. */
const MAX_DEPTH = 8;

/** How many values a function returns, by its definition or by what its body ends with (`return address, headers`); one where it is not clear. */
export function resultCount({ results = [], body }: FunctionNode): number {
  if (results.length > 1) return results.length;
  const count = returnedAtEnd(body, 0);
  return count <= MAX_RESULTS ? count : 1;
}

function returnedAtEnd(body: readonly Statement[], depth: number): number {
  const last = body.at(-1);
  if (last === undefined || depth > MAX_DEPTH) return 1;
  if (last.kind === 'return') {
    const { value } = last;
    return value?.kind === 'list' ? value.elements.length : 1;
  }
  if (last.kind === 'with') return returnedAtEnd(last.body, depth + 1);
  if (last.kind === 'block')
    return Math.max(1, ...last.bodies.slice(0, 2).map((each) => returnedAtEnd(each, depth + 1)));
  return 1;
}

/** Lets a returned value flow out of a function: each result for itself, where there are several. */
export function noteResults({ graph }: Walk, { returnNode, resultNodes }: FunctionFact, value: Value): void {
  graph.connect(value.node, returnNode);
  const isEach = value.elements?.length === resultNodes.length;
  resultNodes.forEach((node, index) => {
    graph.connect((isEach ? value.elements?.[index] : value)?.node ?? 0, node);
  });
}

/**
 * What a call of a function of the target gives that returns several values: each with what flows into it alone.
 * @param whole what it gives as one value
 */
export function withResults(walk: Walk, callee: FunctionFact, whole: Value, site: number): Value {
  const { resultNodes, returned, definition } = callee;
  if (resultNodes.length < 2 || (definition.results?.length ?? 0) > 1) return whole;
  const known = returned?.elements?.length === resultNodes.length ? returned.elements : null;
  const elements = resultNodes.map((from, index) => {
    const node = walk.graph.newNode();
    walk.graph.connect(from, node, -site);
    const { name = null, callable = null, instance = null, entries = null } = known?.[index] ?? {};
    return changed(whole, { name, callable, instance, entries, node });
  });
  return changed(listValue(elements, whole.node), { name: whole.name });
}
