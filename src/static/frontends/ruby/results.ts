import type { Expression, Span, Statement } from '../../../model/program.ts';
import { assignment, call, expressionStatement } from './syntax.ts';

/**
 * Statements that stand where a value is read (`x = if …`). Such a value is the call of a function with the statement as its body, until
 * somebody takes the statement.
 */
const embedded = new WeakMap<Expression, Statement>();

/** A statement as a value. */
export function valueOf(statement: Statement, span: Span): Expression {
  let body: readonly Statement[] | null = null;
  const definition = {
    name: null,
    parameters: [],
    decorators: [],
    /** Made when it is asked for: most statements are taken instead. */
    get body(): readonly Statement[] {
      return (body ??= returning([statement]));
    },
    documentation: null,
    span,
  };
  const value = call({ kind: 'function', definition, span }, [], span);
  embedded.set(value, statement);
  return value;
}

/** The statement that a value stands for; null for any other value. */
export function statementOf(value: Expression): Statement | null {
  return embedded.get(value) ?? null;
}

/** Lets the last expression of statements, in each of their branches, become something else. */
function withLast(
  body: readonly Statement[],
  change: (value: Expression) => Statement,
): readonly Statement[] {
  const last = body.at(-1);
  if (last === undefined) return body;
  const changed = changedLast(last, change);
  return changed === last ? body : [...body.slice(0, -1), changed];
}

function changedLast(last: Statement, change: (value: Expression) => Statement): Statement {
  switch (last.kind) {
    case 'expression':
      return last.expression.kind === 'unary' && last.expression.operator === 'raise'
        ? last
        : change(last.expression);
    case 'branch':
      return { ...last, branches: last.branches.map((branch) => withLast(branch, change)) };
    case 'block':
      return { ...last, bodies: last.bodies.map((body) => withLast(body, change)) };
    default:
      return last;
  }
}

/** The value of the last statement is what a method or block returns. */
export function returning(body: readonly Statement[]): readonly Statement[] {
  const last = body.at(-1);
  if (last?.kind === 'assign')
    return [
      ...body,
      { kind: 'return', value: last.target, span: { start: last.span.end, end: last.span.end } },
    ];
  return withLast(body, (value) => ({ kind: 'return', value, span: value.span }));
}

/** The value of a statement is assigned. */
export function assigning(statement: Statement, target: Expression): Statement {
  return changedLast(statement, (value) => assignment(target, value, value.span));
}

/** A value that stands alone. */
export function standingAlone(value: Expression): Statement {
  return statementOf(value) ?? expressionStatement(value);
}
