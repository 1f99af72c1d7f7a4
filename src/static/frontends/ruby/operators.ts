import type { Expression } from '../../../model/program.ts';
import { chain } from './calls.ts';
import { primary } from './primaries.ts';
import type { Reader } from './reader.ts';
import { assigning, statementOf } from './results.ts';
import { call, expressionStatement, literal, nameOf, other, positional, targetOf, textOf } from './syntax.ts';

/** How tightly operators bind; `**` binds to the right. */
const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '<=>': 3,
  '==': 3,
  '===': 3,
  '!=': 3,
  '=~': 3,
  '!~': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '|': 5,
  '^': 5,
  '&': 6,
  '<<': 7,
  '>>': 7,
  '+': 8,
  '-': 8,
  '*': 9,
  '/': 9,
  '%': 9,
  '**': 10,
};

const OPERATOR = /\*\*|<=>|===?|=~|!=|!~|&&|\|\||<<|>>|<=|>=|[-+*/%|^<>]|&(?!\.)/y;
const ASSIGNING = /(?:\*\*|\|\||&&|<<|>>|[-+*/%&|^])?=(?![=~>])/y;

/** So many operators in a row are kept together. */
const MAX_ROW = 300;

/** `x << y`: adds to what a variable holds, or writes to it. */
function appended(left: Expression, right: Expression): Expression {
  const span = { start: left.span.start, end: right.span.end };
  return call({ kind: 'member', object: left, property: '<<', span }, positional([right]), span);
}

function binary(reader: Reader, least: number): Expression {
  let left = operand(reader);
  for (let turn = 1; ; turn++) {
    const before = reader.at;
    reader.space();
    if (reader.context.isPipeTaken && reader.peek() === '|') {
      reader.at = before;
      return left;
    }
    const at = reader.at;
    const operator = reader.sees(ASSIGNING) ? null : reader.match(OPERATOR);
    const strength = operator === null ? 0 : (PRECEDENCE[operator] ?? 0);
    if (operator === null || strength < least || strength === 0) {
      reader.at = before;
      return left;
    }
    reader.lines();
    if (reader.isAtEnd) {
      reader.at = at;
      reader.stumble();
      return left;
    }
    const right = reader.deeper(() => binary(reader, operator === '**' ? strength : strength + 1));
    if (operator === '<<') left = appended(left, right);
    else
      left = { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } };
    if (turn % MAX_ROW === 0) {
      reader.isCutOff = true;
      reader.pending.push(expressionStatement(left));
      left = other([], left.span);
    }
  }
}

/** A value with what is called on it, and what is assigned to it. */
export function operand(reader: Reader): Expression {
  const start = reader.at;
  const sign = reader.match(/!(?![=~])|~|\+|-(?!>)|\*\*?(?=[\w@[(])|&(?=[:\w@])/y);
  if (sign !== null) {
    reader.space();
    const value = reader.deeper(() => operand(reader));
    const span = reader.spanFrom(start);
    if (sign === '-' && value.kind === 'literal' && typeof value.value === 'number')
      return literal(-value.value, span);
    if (textOf(value) !== null || /[+*&]/.test(sign)) return value;
    return { kind: 'unary', operator: sign, operand: value, span };
  }
  if (reader.match(/defined\?/y) !== null) {
    reader.space();
    reader.deeper(() => operand(reader));
    return other([], reader.spanFrom(start));
  }
  const value = chain(reader, primary(reader));
  const before = reader.at;
  reader.space();
  const operator = reader.sees(ASSIGNING) ? reader.match(ASSIGNING) : null;
  const target = operator === null ? null : targetOf(value);
  if (operator === null || target === null) {
    reader.at = before;
    return value;
  }
  return assigned(reader, target, operator.slice(0, -1));
}

/** What is assigned, behind the operator. */
function assigned(reader: Reader, target: Expression, operator: string): Expression {
  if (target.kind === 'name') reader.scope.declare(target.name);
  reader.lines();
  const right = reader.within(() => rightSide(reader), reader.context);
  const span = reader.spanFrom(target.span.start);
  const value: Expression =
    operator === ''
      ? right
      : operator === '<<'
        ? appended(target, right)
        : { kind: 'binary', operator, left: target, right, span };
  return { kind: 'assignment', target, value, span };
}

function rightSide(reader: Reader): Expression {
  const value = reader.grammar.argument(reader);
  const before = reader.at;
  reader.space();
  if (reader.match(/rescue\b(?!:(?!:))/y) === null) {
    reader.at = before;
    return value;
  }
  reader.lines();
  const handler = reader.grammar.argument(reader);
  return {
    kind: 'binary',
    operator: 'or',
    left: value,
    right: handler,
    span: reader.spanFrom(value.span.start),
  };
}

/** `(1..5)` as the numbers, `('a'..'e')` as the characters. */
function rangeOf(
  reader: Reader,
  from: Expression | null,
  to: Expression | null,
  isExclusive: boolean,
  start: number,
): Expression {
  const span = reader.spanFrom(start);
  const [first, last] = [textOf(from ?? undefined), textOf(to ?? undefined)];
  let made: Expression;
  if (first?.length === 1 && last?.length === 1) {
    const elements: Expression[] = [];
    const stop = last.charCodeAt(0) - Number(isExclusive);
    for (let code = first.charCodeAt(0); code <= stop && elements.length < 256; code++)
      elements.push(literal(String.fromCharCode(code), span));
    made = { kind: 'list', elements, span };
  } else if (from === null || to === null)
    made = other(
      [from, to].filter((each) => each !== null),
      span,
    );
  else {
    const one = literal(1, to.span);
    const stop: Expression = isExclusive
      ? to
      : to.kind === 'literal' && typeof to.value === 'number'
        ? literal(to.value + 1, to.span)
        : { kind: 'binary', operator: '+', left: to, right: one, span: to.span };
    made = call(nameOf('range', span), positional([from, stop]), span);
  }
  reader.ranges.set(made, { from, to, isExclusive });
  return made;
}

function range(reader: Reader): Expression {
  const start = reader.at;
  const from = reader.sees(/\.\.\.?/y) ? null : binary(reader, 1);
  const before = reader.at;
  reader.space();
  const mark = reader.match(/\.\.\.?/y);
  if (mark === null) {
    reader.at = before;
    return from ?? other([], reader.spanFrom(start));
  }
  reader.space();
  const isOpen = reader.isAtEnd || reader.sees(/[)\]\n;,}]|(?:then|do|and|or|if|unless)\b/y);
  const to = isOpen ? null : binary(reader, 1);
  return rangeOf(reader, from, to, mark === '...', start);
}

/** An expression as an argument may be: all operators but `and`, `or` and `not`. */
export function argument(reader: Reader): Expression {
  return reader.deeper(() => choice(reader));
}

function choice(reader: Reader): Expression {
  const test = range(reader);
  const before = reader.at;
  reader.space();
  if (reader.peek() !== '?') {
    reader.at = before;
    return test;
  }
  reader.at++;
  reader.lines();
  const whenTrue = reader.within(() => reader.grammar.argument(reader), {
    ...reader.context,
    isChoice: true,
  });
  reader.lines();
  if (!reader.take(':')) {
    reader.trouble();
    return {
      kind: 'binary',
      operator: '&&',
      left: test,
      right: whenTrue,
      span: reader.spanFrom(test.span.start),
    };
  }
  reader.lines();
  const whenFalse = reader.grammar.argument(reader);
  return { kind: 'conditional', test, whenTrue, whenFalse, span: reader.spanFrom(test.span.start) };
}

function negated(reader: Reader): Expression {
  const start = reader.at;
  if (reader.match(/not(?![\w?!]|:(?!:))/y) === null) return argument(reader);
  reader.space();
  const value = reader.deeper(() => negated(reader));
  return { kind: 'unary', operator: '!', operand: value, span: reader.spanFrom(start) };
}

/** An expression with `and`, `or` and `not`. */
export function expression(reader: Reader): Expression {
  let left = negated(reader);
  for (let turn = 1; ; turn++) {
    const before = reader.at;
    reader.space();
    const operator = reader.match(/(?:and|or)(?![\w?!]|:(?!:))/y);
    if (operator === null) {
      reader.at = before;
      return left;
    }
    reader.lines();
    const right = negated(reader);
    left = { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } };
    if (turn % MAX_ROW === 0) {
      reader.isCutOff = true;
      reader.pending.push(expressionStatement(left));
      left = other([], left.span);
    }
  }
}

/** `x = if …` as the statement with the assignment in its branches; null when no statement is assigned. */
export function assignedStatement(value: Expression): ReturnType<typeof statementOf> {
  if (value.kind !== 'assignment') return null;
  const statement = statementOf(value.value);
  return statement === null ? null : assigning(statement, value.target);
}
