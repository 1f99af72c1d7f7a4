import type { Expression } from '../../../model/program.ts';
import { evaluate } from '../walk/expressions.ts';
import type { FunctionFact } from '../facts.ts';
import type { Walk } from '../walk/walk.ts';

/** A table that is called has so many functions, at most. */
const MAX_FUNCTIONS = 100;

/** The table that a function is taken out of by a key: `TABLE[name]`, `TABLE.get(name)`; null for any other expression. */
function tableOf(callee: Expression): Expression | null {
  if (callee.kind === 'index') return callee.object;
  const isLookup =
    callee.kind === 'call' && callee.callee.kind === 'member' && /^(?:get|pop)$/.test(callee.callee.property);
  return isLookup && callee.callee.kind === 'member' ? callee.callee.object : null;
}

/** The functions of the target that may be called when one is taken out of a table by a key that is not known. */
export function functionsInTable(walk: Walk, callee: Expression): readonly FunctionFact[] {
  const table = tableOf(callee);
  if (table === null || (table.kind !== 'name' && table.kind !== 'member')) return [];
  const { entries } = evaluate(walk, table, 'object');
  if (entries === null || entries.size > MAX_FUNCTIONS) return [];
  return [...entries.values()].flatMap(({ callable }) => callable ?? []);
}
