import type { Expression, Span, Statement } from '../../../model/program.ts';

/**
 * The output of a list of commands as one expression. One command is its call; several are a `template`, since their output is joined;
 * branches and loops become `other`, with all that is in them.
 * @returns assignments apart: they give no output, and what comes later sees them
 */
export function sequenceValue(
  statements: readonly Statement[],
  span: Span,
): { value: Expression; assignments: Statement[] } {
  const assignments: Statement[] = [];
  const parts: Expression[] = [];
  for (const statement of statements) {
    if (statement.kind === 'assign') {
      assignments.push(statement);
    } else {
      parts.push(valueOfStatement(statement));
    }
  }
  const value: Expression = parts.length === 1 ? parts[0]! : { kind: 'template', parts, span };
  return { value, assignments };
}

/** Recursion follows the nesting of statements, which the lowering has bounded. */
function valueOfStatement(statement: Statement): Expression {
  const { span } = statement;
  const values = (statements: readonly Statement[]) => statements.map(valueOfStatement);
  switch (statement.kind) {
    case 'expression':
      return statement.expression;
    case 'assign':
      return { kind: 'assignment', target: statement.target, value: statement.value, span };
    case 'branch':
      return { kind: 'other', children: [statement.test, ...values(statement.branches.flat())], span };
    case 'loop': {
      const { binding, iterable } = statement;
      const head: Expression[] = [];
      if (binding !== null && iterable !== null) {
        head.push({ kind: 'assignment', target: binding, value: iterable, span });
      } else if (iterable !== null) {
        head.push(iterable);
      }
      return { kind: 'other', children: [...head, ...values(statement.body)], span };
    }
    case 'block':
      return { kind: 'other', children: values(statement.bodies.flat()), span };
    case 'function':
      return { kind: 'function', definition: statement.definition, span };
    default:
      return { kind: 'other', children: [], span };
  }
}
