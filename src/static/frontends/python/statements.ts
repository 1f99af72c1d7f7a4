import type { ArgumentNode, Expression, Statement } from '../../../model/program.ts';
import { lowerOther, type Lowering, type StatementHandler } from './lowering.ts';
import { identifierText } from './names.ts';

function push(out: Statement[], expression: Expression): void {
  out.push({ kind: 'expression', expression, span: expression.span });
}

const lowerExpressionStatement: StatementHandler = (lowering, row, out) => {
  const first = lowering.first(row);
  if (first < 0) {
    return;
  }
  if (lowering.after(first, row) >= 0) {
    // `a, b` on a line of its own.
    push(out, { kind: 'list', elements: lowering.expressions(row), span: lowering.span(row) });
  } else if (lowering.kind(first) === lowering.kinds.assignment) {
    lowerAssignment(lowering, first, out);
  } else {
    lowering.statement(first, out);
  }
};

const lowerAssignment: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const target = lowering.first(row);
  const annotation = lowering.child(row, kinds.type);
  const value = lowering.last(row);
  if (annotation >= 0 && lowering.hasCall(annotation)) {
    push(out, lowering.expression(annotation));
  }
  if (target < 0 || value === annotation || value === target) {
    return;
  }
  out.push({
    kind: 'assign',
    target: lowering.expression(target),
    value: lowering.expression(value),
    operator: '=',
    span: lowering.span(row),
  });
};

const lowerAugmented: StatementHandler = (lowering, row, out) => {
  const target = lowering.first(row);
  const operator = target < 0 ? -1 : lowering.after(target, row);
  const value = lowering.last(row);
  if (operator < 0 || value === operator) {
    push(out, lowerOther(lowering, row));
    return;
  }
  out.push({
    kind: 'assign',
    target: lowering.expression(target),
    value: lowering.expression(value),
    operator: lowering.nodeType(operator),
    span: lowering.span(row),
  });
};

const lowerReturn: StatementHandler = (lowering, row, out) => {
  const value = lowering.first(row);
  out.push({
    kind: 'return',
    value: value < 0 ? null : lowering.expression(value),
    span: lowering.span(row),
  });
};

const lowerDelete: StatementHandler = (lowering, row, out) => {
  const operand = lowering.first(row);
  if (operand >= 0) {
    push(out, {
      kind: 'unary',
      operator: 'del',
      operand: lowering.expression(operand),
      span: lowering.span(row),
    });
  }
};

/** `raise`, `assert`, `global`: only what is inside counts. */
const lowerParts: StatementHandler = (lowering, row, out) => {
  push(out, lowerOther(lowering, row));
};

/** Python 2's `print >>file, a, b` and `exec code in scope`, as the calls they became. */
function lowerKeywordCall(name: string): StatementHandler {
  return (lowering, row, out) => {
    const span = lowering.span(row);
    const args = lowering.children(row).map((child): ArgumentNode => ({
      name: lowering.kind(child) === lowering.kinds.chevron ? 'file' : null,
      value: lowering.expression(child),
    }));
    const callee: Expression = {
      kind: 'name',
      name,
      span: { start: span.start, end: span.start + name.length },
    };
    push(out, { kind: 'call', callee, args, span });
  };
}

/** `type A = B`; also `type(x).y = z`, which the grammar takes for an alias although it sets an attribute. */
const lowerTypeAlias: StatementHandler = (lowering, row, out) => {
  const left = lowering.first(row);
  const right = lowering.last(row);
  if (left < 0 || right === left) {
    return;
  }
  const target = lowering.expression(left);
  const { text, starts } = lowering.table;
  const isCall = /^type[ \t]*\(/.test(text.slice(starts[row], starts[row]! + 100));
  out.push({
    kind: 'assign',
    target: isCall ? withTypeCall(target, lowering.span(row).start) : target,
    value: lowering.expression(right),
    operator: '=',
    span: lowering.span(row),
  });
};

/** Makes `type(x).y` of `(x).y`. Recursion follows nesting that the lowering has bounded. */
function withTypeCall(target: Expression, start: number): Expression {
  const span = { start, end: target.span.end };
  if (target.kind === 'member') {
    return { ...target, object: withTypeCall(target.object, start), span };
  }
  if (target.kind === 'index') {
    return { ...target, object: withTypeCall(target.object, start), span };
  }
  const callee: Expression = { kind: 'name', name: 'type', span: { start, end: start + 'type'.length } };
  return { kind: 'call', callee, args: [{ name: null, value: target }], span };
}

/**
 * What the parser could not fit in. Its parts are lowered one by one; a name before an opening parenthesis is the call that it was
 * meant to be, as far as it goes.
 */
const lowerError: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const children = lowering.children(row);
  for (let at = 0; at < children.length; at++) {
    const child = children[at]!;
    const kind = lowering.kind(child);
    const isCallee = kind === kinds.identifier || kind === kinds.attribute;
    const opening = children[at + 1];
    if (isCallee && opening !== undefined && lowering.nodeType(opening) === '(') {
      at = lowerUnclosedCall(lowering, children, at, out);
    } else {
      lowering.statement(child, out);
    }
  }
};

/** @returns the position of the last child that belongs to the call */
function lowerUnclosedCall(
  lowering: Lowering,
  children: readonly number[],
  from: number,
  out: Statement[],
): number {
  const callee = lowering.expression(children[from]!);
  const args: ArgumentNode[] = [];
  let end = callee.span.end;
  let at = from + 2;
  for (; at < children.length && lowering.nodeType(children[at]!) !== ')'; at++) {
    const child = children[at]!;
    if (lowering.isExpression(child) && lowering.kind(child) !== lowering.kinds.ERROR) {
      const isKeyword = lowering.kind(child) === lowering.kinds.keyword_argument;
      const value = lowering.expression(child);
      args.push({ name: isKeyword ? identifierText(lowering, lowering.first(child)) : null, value });
      end = value.span.end;
    } else {
      lowering.statement(child, out);
    }
  }
  push(out, { kind: 'call', callee, args, span: { start: callee.span.start, end } });
  return at;
}

/** Handlers by node type. */
export const STATEMENT_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  expression_statement: lowerExpressionStatement,
  assignment: lowerAssignment,
  augmented_assignment: lowerAugmented,
  return_statement: lowerReturn,
  delete_statement: lowerDelete,
  raise_statement: lowerParts,
  assert_statement: lowerParts,
  global_statement: lowerParts,
  nonlocal_statement: lowerParts,
  print_statement: lowerKeywordCall('print'),
  exec_statement: lowerKeywordCall('exec'),
  type_alias_statement: lowerTypeAlias,
  ERROR: lowerError,
};
