import { partsOf } from '../../model/expression-parts.ts';
import type { Expression } from '../../model/program.ts';
import { arithmetic } from '../fold/operations.ts';
import type { Condition } from './settings.ts';

/** So many parts of an expression are looked at. */
const MAX_PARTS = 120;

/** What an expression gives its value from: of a record the values alone, its keys are names of them. */
function valuesIn(expression: Expression): readonly Expression[] {
  return expression.kind === 'record' ? expression.entries.map(({ value }) => value) : partsOf(expression);
}

/** An expression and what it is made of, outermost first; bounded. */
export function allParts(expression: Expression): readonly Expression[] {
  const parts: Expression[] = [expression];
  for (let at = 0; at < parts.length && parts.length < MAX_PARTS; at++)
    for (const part of valuesIn(parts[at]!).slice(0, MAX_PARTS)) parts.push(part);
  return parts.slice(0, MAX_PARTS);
}

/** Names in an expression: of variables and of properties, not of what is called. */
export function namesIn(expression: Expression): readonly string[] {
  return allParts(expression).flatMap((part) =>
    part.kind === 'name' ? [part.name] : part.kind === 'member' ? [part.property] : [],
  );
}

/** Texts that stand in an expression. */
export function textsIn(expression: Expression): readonly string[] {
  return allParts(expression).flatMap((part) =>
    part.kind === 'literal' && typeof part.value === 'string' ? [part.value] : [],
  );
}

/** The number that an expression is whatever happens: `1`, `-0.5`, `1.0 / 0.4`, `True`, `float(1)`; null when it depends. */
export function constantOf(expression: Expression, depth = 0): number | null {
  if (depth > 6) return null;
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'number'
        ? expression.value
        : typeof expression.value === 'boolean'
          ? Number(expression.value)
          : null;
    case 'unary': {
      const inner = constantOf(expression.operand, depth + 1);
      return inner === null ? null : expression.operator === '-' ? -inner : inner;
    }
    case 'binary': {
      const left = constantOf(expression.left, depth + 1);
      const right = constantOf(expression.right, depth + 1);
      return left === null || right === null ? null : computed(expression.operator, left, right);
    }
    case 'call':
      return expression.callee.kind === 'name' &&
        /^(?:float|int|bool|Number)$/.test(expression.callee.name) &&
        expression.args.length === 1
        ? constantOf(expression.args[0]!.value, depth + 1)
        : null;
    default:
      return null;
  }
}

function computed(operator: string, left: number, right: number): number | null {
  return operator === '+'
    ? left + right
    : /^[-*/]$/.test(operator)
      ? arithmetic(operator, left, right, 'python')
      : null;
}

/** The least that a value is made to be: `max(score, 0.97)` gives 0.97; null when it is not raised so. */
export function raisedTo(expression: Expression): number | null {
  if (expression.kind !== 'call') return null;
  const { callee, args } = expression;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  if (!/^(?:max|maximum)$/.test(name) || args.length < 2) return null;
  const constants = args.map(({ value }) => constantOf(value));
  if (constants.every((value) => value !== null)) return null;
  const [least] = constants.filter((value) => value !== null);
  return least ?? null;
}

/** The values that an expression may come out as, with what each depends on: the arms of `a if t else b`. */
export function armsOf(
  value: Expression,
  depth = 0,
): readonly { readonly value: Expression; readonly conditions: readonly Condition[] }[] {
  if (value.kind !== 'conditional' || depth > 4) return [{ value, conditions: [] }];
  return [true, false].flatMap((holds) =>
    armsOf(holds ? value.whenTrue : value.whenFalse, depth + 1).map((arm) => ({
      value: arm.value,
      conditions: [{ test: value.test, holds }, ...arm.conditions],
    })),
  );
}

/** The single tests that a condition is put together from with `and`, `or` and `not`. */
export function leavesOf(test: Expression): readonly Expression[] {
  const leaves: Expression[] = [];
  const waiting: Expression[] = [test];
  for (let at = 0; at < waiting.length && at < MAX_PARTS; at++) {
    const part = waiting[at]!;
    if (part.kind === 'unary' && /^(?:not|!)$/.test(part.operator)) waiting.push(part.operand);
    else if (part.kind === 'binary' && /^(?:and|or|&&|\|\||&|\|)$/.test(part.operator))
      waiting.push(part.left, part.right);
    else leaves.push(part);
  }
  return leaves;
}
