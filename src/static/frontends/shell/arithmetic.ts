import type { Expression } from '../../../model/program.ts';
import type { ExpressionHandler, Lowering } from './lowering.ts';

/** The parts that have a value, with numbers as numbers. */
function operandsOf(lowering: Lowering, row: number): Expression[] {
  return lowering
    .children(row)
    .filter((child) => lowering.isExpression(child) || lowering.isStatement(child))
    .map((child) => operand(lowering, child));
}

function operand(lowering: Lowering, row: number): Expression {
  const value = lowering.expression(row);
  const isNumber = lowering.kind(row) === lowering.kinds.number && value.kind === 'literal';
  const number = isNumber ? Number(value.value) : Number.NaN;
  return Number.isSafeInteger(number) ? { kind: 'literal', value: number, span: value.span } : value;
}

function operatorOf(lowering: Lowering, row: number): string {
  for (const child of lowering.children(row)) {
    const type = lowering.nodeType(child);
    if (type === 'test_operator') {
      return lowering.text(child);
    }
    if (!lowering.isExpression(child) && !lowering.isStatement(child)) {
      return type;
    }
  }
  return '';
}

/** `a + b` in arithmetic, `$a == b*` and `$a -nt $b` in tests. */
const lowerBinary: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const [left, right, ...more] = operandsOf(lowering, row).filter(
    (_, at, all) => !isOperator(lowering, row, at, all),
  );
  return left === undefined || right === undefined || more.length > 0
    ? lowerParts(lowering, row)
    : { kind: 'binary', operator: operatorOf(lowering, row), left, right, span };
};

/** A test operator between two words is a node of its own, and so among the operands. */
function isOperator(lowering: Lowering, row: number, at: number, all: readonly Expression[]): boolean {
  return all.length === 3 && at === 1 && operatorOf(lowering, row) === literalText(all[1]);
}

function literalText(value: Expression | undefined): string | null {
  return value?.kind === 'literal' ? String(value.value) : null;
}

/** `! a`, `-f path`, `i++`. */
const lowerUnary: ExpressionHandler = (lowering, row) => {
  const operator = operatorOf(lowering, row);
  const operands = operandsOf(lowering, row);
  const value = operands.at(-1);
  const isTest = operands.length === 2 && literalText(operands[0]) === operator;
  return value === undefined || (operands.length > 1 && !isTest)
    ? lowerParts(lowering, row)
    : { kind: 'unary', operator, operand: value, span: lowering.span(row) };
};

const lowerTernary: ExpressionHandler = (lowering, row) => {
  const [test, whenTrue, whenFalse] = operandsOf(lowering, row);
  return test === undefined || whenTrue === undefined || whenFalse === undefined
    ? lowerParts(lowering, row)
    : { kind: 'conditional', test, whenTrue, whenFalse, span: lowering.span(row) };
};

/** Parentheses, `$((…))`, `[ … ]`: what they wrap. */
const lowerWrapper: ExpressionHandler = (lowering, row) => {
  const operands = operandsOf(lowering, row);
  return operands.length === 1
    ? operands[0]!
    : { kind: 'other', children: operands, span: lowering.span(row) };
};

/** What has no counterpart: its parts. */
const lowerParts: ExpressionHandler = (lowering, row) => ({
  kind: 'other',
  children: operandsOf(lowering, row),
  span: lowering.span(row),
});

/** Handlers by node type. */
export const ARITHMETIC_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  postfix_expression: lowerUnary,
  ternary_expression: lowerTernary,
  parenthesized_expression: lowerWrapper,
  arithmetic_expansion: lowerWrapper,
  test_command: lowerWrapper,
};
