import { partsOf } from '../../model/expression-parts.ts';
import type { Expression, Statement } from '../../model/program.ts';

/** The expression and everything inside it, functions' bodies left out. */
export function withParts(root: Expression): Expression[] {
  const found: Expression[] = [];
  const waiting: Expression[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    for (const part of partsOf(next).toReversed()) waiting.push(part);
  }
  return found;
}

/** The blocks inside a statement. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'function':
      return [statement.definition.body];
    case 'class':
    case 'loop':
    case 'with':
      return [statement.body];
    case 'branch':
      return statement.branches;
    case 'block':
      return statement.bodies;
    default:
      return [];
  }
}

/** The expressions that stand in a statement itself. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'expression':
      return [statement.expression];
    case 'assign':
    case 'export':
      return [statement.value];
    case 'return':
      return statement.value === null ? [] : [statement.value];
    case 'with':
      return [statement.value];
    case 'loop':
      return statement.iterable === null ? [] : [statement.iterable];
    case 'branch':
      return [statement.test];
    default:
      return [];
  }
}

/** The expressions of all statements, those in blocks inside others too. */
export function allExpressions(body: readonly Statement[]): Expression[] {
  const found: Expression[] = [];
  const waiting: (readonly Statement[])[] = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const statement of next) {
      waiting.push(...blocksOf(statement));
      for (const expression of expressionsOf(statement)) found.push(expression);
    }
  return found;
}

/** What a lambda gives; null for anything else. */
export function givenBy(expression: Expression | undefined): Expression | null {
  if (expression?.kind !== 'function') return null;
  const [only] = expression.definition.body;
  return only?.kind === 'return' ? only.value : null;
}

/** The text of a literal; null for anything else. */
export function stringOf(expression: Expression): string | null {
  return expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : null;
}
