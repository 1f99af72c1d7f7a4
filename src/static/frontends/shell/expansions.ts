import type { Expression, Span } from '../../../model/program.ts';
import type { ExpressionHandler, Lowering } from './lowering.ts';

/** Operators that test whether the variable is set. */
const DEFAULTS: ReadonlySet<string> = new Set(['-', ':-', '=', ':=', '?', ':?']);
const ALTERNATIVES: ReadonlySet<string> = new Set(['+', ':+']);
const REPLACEMENTS: ReadonlySet<string> = new Set(['/', '//', '/#', '/%']);

/** Case changes, by the method that other languages have for it. */
const CASE_METHODS: Readonly<Record<string, string>> = { '^^': 'upper', ',,': 'lower' };

/**
 * `${…}` (Bash manual, "Shell Parameter Expansion"). What has a counterpart in other languages is written as that, so that one folder
 * undoes them all: a default is a conditional, `${x:1:3}` a slice, `${x//a/b}` a call of `replace`.
 */
const lowerExpansion: ExpressionHandler = (lowering, row) => {
  const { kinds } = lowering;
  const span = lowering.span(row);
  const operators: string[] = [];
  let variable = -1;
  const operands: number[] = [];
  for (const child of lowering.children(row)) {
    if (lowering.isExpression(child) || lowering.kind(child) === kinds.command_substitution) {
      if (variable < 0) {
        variable = child;
      } else {
        operands.push(child);
      }
    } else if (variable < 0 && lowering.nodeType(child) !== '${') {
      // `${#x}` is a length, `${!x}` the variable that x names.
      return { kind: 'other', children: partsOf(lowering, row), span };
    } else {
      operators.push(lowering.nodeType(child));
    }
  }
  if (variable < 0) {
    return { kind: 'other', children: partsOf(lowering, row), span };
  }
  const value = lowering.expression(variable);
  const operator = operators.find((text) => text !== '${' && text !== '}');
  if (operator === undefined) {
    return { ...value, span };
  }
  const parts = operands.map((operand) => lowering.expression(operand));
  return applied(operator, value, parts, span);
};

function applied(operator: string, value: Expression, parts: readonly Expression[], span: Span): Expression {
  const empty: Expression = { kind: 'literal', value: '', span };
  if (DEFAULTS.has(operator)) {
    return { kind: 'conditional', test: value, whenTrue: value, whenFalse: parts[0] ?? empty, span };
  }
  if (ALTERNATIVES.has(operator)) {
    return { kind: 'conditional', test: value, whenTrue: parts[0] ?? empty, whenFalse: empty, span };
  }
  if (REPLACEMENTS.has(operator) && parts.length > 0) {
    return methodCall(value, 'replace', [parts[0]!, parts[1] ?? empty], span);
  }
  const method = CASE_METHODS[operator];
  if (method !== undefined) {
    return methodCall(value, method, [], span);
  }
  const start = numberOf(parts[0]);
  if (operator === ':' && start !== null) {
    const length = numberOf(parts[1]);
    const number = (of: number): Expression => ({ kind: 'literal', value: of, span });
    const stop = parts.length > 1 && length !== null ? number(start + length) : null;
    return parts.length > 1 && length === null
      ? { kind: 'other', children: [value, ...parts], span }
      : { kind: 'slice', object: value, start: number(start), stop, step: null, span };
  }
  return { kind: 'other', children: [value, ...parts], span };
}

function methodCall(
  object: Expression,
  property: string,
  args: readonly Expression[],
  span: Span,
): Expression {
  return {
    kind: 'call',
    callee: { kind: 'member', object, property, span },
    args: args.map((value) => ({ name: null, value })),
    span,
  };
}

/** A constant that is a whole number from 0 on. */
function numberOf(part: Expression | undefined): number | null {
  return part?.kind === 'literal' && /^\d{1,9}$/.test(String(part.value)) ? Number(part.value) : null;
}

function partsOf(lowering: Lowering, row: number): Expression[] {
  return lowering
    .children(row)
    .filter((child) => lowering.isExpression(child))
    .map((child) => lowering.expression(child));
}

/** Handlers by node type. */
export const EXPANSION_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  expansion: lowerExpansion,
};
