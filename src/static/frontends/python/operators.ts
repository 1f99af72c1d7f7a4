import type { Expression } from '../../../model/program.ts';
import { lowerOther, type ExpressionHandler, type Lowering } from './lowering.ts';

/** Chains longer than this are balanced, or flattened when the operator does not allow it. */
const MAX_CHAIN = 32;

/** Operators where `(a · b) · c` is `a · (b · c)` for every type they are defined on in the standard library. */
const ASSOCIATIVE: ReadonlySet<string> = new Set(['+', 'and', 'or', '|', '&']);

/**
 * `a + b + c` is a tree that leans to the left, as deep as the chain is long. The spine is walked with a loop, and a long chain
 * becomes a balanced tree, so that ten thousand joined pieces of a hidden string still fold.
 */
const lowerBinary: ExpressionHandler = (lowering, row) => {
  const { kinds, table } = lowering;
  const operands: number[] = [];
  const operators: string[] = [];
  const rows: number[] = [];
  let current = row;
  while (
    lowering.kind(current) === kinds.binary_operator ||
    lowering.kind(current) === kinds.boolean_operator
  ) {
    const [left, operator, right, ...more] = lowering.children(current);
    const isUsual = left !== undefined && operator !== undefined && right !== undefined && more.length === 0;
    if (!isUsual || !lowering.isToken(operator)) {
      break;
    }
    rows.push(current);
    operands.push(right);
    operators.push(lowering.nodeType(operator));
    current = left;
  }
  if (rows.length === 0) {
    return lowerOther(lowering, row);
  }
  operands.push(current);
  operands.reverse();
  operators.reverse();
  rows.reverse();
  if (operators.length <= MAX_CHAIN) {
    let result = lowering.expression(operands[0]!, operators.length);
    for (let at = 0; at < operators.length; at++) {
      const right = lowering.expression(operands[at + 1]!, operators.length - at);
      const span = { start: result.span.start, end: table.ends[rows[at]!]! };
      result = { kind: 'binary', operator: operators[at]!, left: result, right, span };
    }
    return result;
  }
  const levels = Math.ceil(Math.log2(operands.length)) + 1;
  const parts = operands.map((operand) => lowering.expression(operand, levels));
  const operator = operators[0]!;
  if (ASSOCIATIVE.has(operator) && operators.every((other) => other === operator)) {
    return balance(operator, parts, 0, parts.length);
  }
  return { kind: 'other', children: parts, span: lowering.span(row) };
};

/** Recursion no deeper than the logarithm of the number of parts. */
function balance(operator: string, parts: readonly Expression[], from: number, to: number): Expression {
  if (to - from === 1) {
    return parts[from]!;
  }
  const middle = (from + to) >> 1;
  const left = balance(operator, parts, from, middle);
  const right = balance(operator, parts, middle, to);
  return {
    kind: 'binary',
    operator,
    left,
    right,
    span: { start: left.span.start, end: right.span.end },
  };
}

/** `a < b < c` holds b once: as `(a < b) < c`, which is wrong as a value and right as what is compared. */
const lowerComparison: ExpressionHandler = (lowering, row) => {
  const operands: Expression[] = [];
  const operators: string[] = [];
  const children = lowering.children(row);
  const levels = Math.min(MAX_CHAIN, (children.length + 1) >> 1);
  for (const child of children) {
    if (lowering.isExpression(child)) {
      operands.push(lowering.expression(child, levels));
    } else {
      operators.push(lowering.nodeType(child));
    }
  }
  const span = lowering.span(row);
  if (operators.length > MAX_CHAIN || operators.length !== operands.length - 1) {
    return { kind: 'other', children: operands, span };
  }
  let result = operands[0]!;
  for (let at = 0; at < operators.length; at++) {
    const right = operands[at + 1]!;
    result = {
      kind: 'binary',
      operator: operators[at]!,
      left: result,
      right,
      span: { start: span.start, end: right.span.end },
    };
  }
  return result;
};

const lowerNot: ExpressionHandler = (lowering, row) => unary(lowering, row, 'not', lowering.first(row));

const lowerUnary: ExpressionHandler = (lowering, row) => {
  const operator = lowering.first(row);
  return unary(lowering, row, operator < 0 ? '' : lowering.nodeType(operator), lowering.last(row));
};

function unary(lowering: Lowering, row: number, operator: string, operand: number): Expression {
  const span = lowering.span(row);
  return operand < 0
    ? { kind: 'other', children: [], span }
    : { kind: 'unary', operator, operand: lowering.expression(operand), span };
}

/** Handlers by node type. */
export const OPERATOR_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  binary_operator: lowerBinary,
  boolean_operator: lowerBinary,
  comparison_operator: lowerComparison,
  not_operator: lowerNot,
  unary_operator: lowerUnary,
};
