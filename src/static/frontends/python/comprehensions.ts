import type { Expression } from '../../../model/program.ts';
import { lowerOther, type ExpressionHandler, type Lowering } from './lowering.ts';

/** More `for` clauses than this are flattened; nobody writes them. */
const MAX_CLAUSES = 16;

interface Clause {
  readonly row: number;
  readonly conditions: number[];
}

/** `[e for a in A if p for b in B]` is a comprehension over A whose element is a comprehension over B. */
const lowerComprehension: ExpressionHandler = (lowering, row) => {
  const [element, ...rest] = lowering.children(row);
  const clauses: Clause[] = [];
  for (const child of rest) {
    if (lowering.kind(child) === lowering.kinds.for_in_clause) {
      clauses.push({ row: child, conditions: [] });
    } else {
      clauses.at(-1)?.conditions.push(child);
    }
  }
  if (element === undefined || clauses.length === 0 || clauses.length > MAX_CLAUSES) {
    return lowerOther(lowering, row);
  }
  let result = lowering.expression(element, clauses.length);
  for (let at = clauses.length - 1; at >= 0; at--) {
    result = overClause(lowering, result, clauses[at]!, at + 1);
  }
  return { ...result, span: lowering.span(row) };
};

function overClause(lowering: Lowering, element: Expression, clause: Clause, levels: number): Expression {
  const span = lowering.span(clause.row);
  const [binding, ...iterables] = lowering
    .children(clause.row)
    .filter((child) => lowering.isExpression(child))
    .map((child) => lowering.expression(child, levels));
  const iterable: Expression =
    iterables.length === 1 ? iterables[0]! : { kind: 'list', elements: iterables, span };
  return {
    kind: 'comprehension',
    element,
    binding: binding ?? { kind: 'other', children: [], span },
    iterable,
    conditions: clause.conditions.map((condition) => lowering.expression(condition, levels)),
    span,
  };
}

/** Handlers by node type. */
export const COMPREHENSION_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  for_in_clause: lowerOther,
  if_clause: (lowering, row) => {
    const condition = lowering.first(row);
    return condition < 0 ? lowerOther(lowering, row) : lowering.expression(condition);
  },
};
