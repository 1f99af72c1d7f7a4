import type { Expression } from '../../../../model/program.ts';
import {
  AMPERSAND,
  AND,
  AT,
  BAR,
  CARET,
  DOUBLE_EQUALS,
  DOUBLE_SLASH,
  DOUBLE_STAR,
  GREATER,
  GREATER_EQUAL,
  IN,
  IS,
  KIND_COUNT,
  LESS,
  LESS_EQUAL,
  LESS_GREATER,
  MINUS,
  NOT,
  NOT_EQUAL,
  OR,
  PERCENT,
  PLUS,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SLASH,
  STAR,
  TILDE,
} from '../tokens.ts';
import { PrimaryParser } from './primaries.ts';

/** Chains longer than this are balanced, or flattened when the operator does not allow it. */
const MAX_CHAIN = 32;

/** Operators where `(a · b) · c` is `a · (b · c)` for every type they are defined on in the standard library. */
const ASSOCIATIVE: ReadonlySet<string> = new Set(['+', 'and', 'or', '|', '&']);

/** Precedence of `or`, the weakest. */
export const DISJUNCTION = 1;
const NEGATION = 3;
const COMPARISON = 4;
const OPERAND = 5;

/** How tight an operator between two operands binds; 0 for what is none. */
const PRECEDENCE = new Uint8Array(KIND_COUNT);
const OPERATOR_TEXT: string[] = new Array<string>(KIND_COUNT).fill('');

function define(precedence: number, operators: readonly (readonly [kind: number, text: string])[]): void {
  for (const [kind, text] of operators) {
    PRECEDENCE[kind] = precedence;
    OPERATOR_TEXT[kind] = text;
  }
}
define(DISJUNCTION, [[OR, 'or']]);
define(2, [[AND, 'and']]);
define(COMPARISON, [
  [LESS, '<'],
  [GREATER, '>'],
  [LESS_EQUAL, '<='],
  [GREATER_EQUAL, '>='],
  [DOUBLE_EQUALS, '=='],
  [NOT_EQUAL, '!='],
  [LESS_GREATER, '<>'],
  [IN, 'in'],
  [IS, 'is'],
  [NOT, 'not in'],
]);
define(OPERAND, [[BAR, '|']]);
define(6, [[CARET, '^']]);
define(7, [[AMPERSAND, '&']]);
define(8, [
  [SHIFT_LEFT, '<<'],
  [SHIFT_RIGHT, '>>'],
]);
define(9, [
  [PLUS, '+'],
  [MINUS, '-'],
]);
define(10, [
  [STAR, '*'],
  [SLASH, '/'],
  [DOUBLE_SLASH, '//'],
  [PERCENT, '%'],
  [AT, '@'],
]);

/** Operators, by precedence climbing. */
export abstract class OperatorParser extends PrimaryParser {
  protected disjunction(): Expression {
    return this.right(DISJUNCTION);
  }

  protected operand(): Expression {
    return this.right(OPERAND);
  }

  /** @param weakest precedence of the operators that are still part of it */
  protected operation(weakest: number): Expression {
    const start = this.starts[this.at]!;
    let left = this.kinds[this.at] === NOT ? this.prefixed('not', NEGATION) : this.unary();
    for (;;) {
      const precedence = PRECEDENCE[this.kinds[this.at]!]!;
      if (precedence < weakest || precedence === 0) return left;
      if (precedence === COMPARISON) {
        if (this.kinds[this.at] === NOT && this.kinds[this.at + 1] !== IN) return left;
        left = this.comparison(left, start);
      } else {
        left = this.chain(left, start, precedence);
      }
      if (this.isTooHigh(this.height)) left = this.cut(left);
    }
  }

  /** An operand with the operators that bind at least as tight. */
  private right(precedence: number): Expression {
    if (!this.descend()) return this.defer();
    const right = this.operation(precedence);
    this.ascend();
    return right;
  }

  /**
   * `a + b + c` leans to the left, as deep as the chain is long. A long chain becomes a balanced tree, so that ten thousand joined
   * pieces of a hidden string still fold.
   */
  private chain(first: Expression, start: number, precedence: number): Expression {
    let left = first;
    let { height } = this;
    for (let count = 0; PRECEDENCE[this.kinds[this.at]!] === precedence; count++) {
      if (count === MAX_CHAIN) return this.longChain(left, precedence, height - MAX_CHAIN);
      const operator = OPERATOR_TEXT[this.kinds[this.at]!]!;
      this.at += 1;
      const right = this.right(precedence + 1);
      left = { kind: 'binary', operator, left, right, span: this.spanFrom(start) };
      height = (this.height > height ? this.height : height) + 1;
    }
    this.height = height;
    return left;
  }

  /** @param begun the first operations of the chain, nested */
  private longChain(begun: Expression, precedence: number, begunHeight: number): Expression {
    const operands: Expression[] = [];
    const operators: string[] = [];
    let left = begun;
    while (operators.length < MAX_CHAIN && left.kind === 'binary') {
      operands.push(left.right);
      operators.push(left.operator);
      left = left.left;
    }
    operands.push(left);
    operands.reverse();
    operators.reverse();
    let height = Math.max(begunHeight, 1);
    while (PRECEDENCE[this.kinds[this.at]!] === precedence) {
      operators.push(OPERATOR_TEXT[this.kinds[this.at]!]!);
      this.at += 1;
      operands.push(this.right(precedence + 1));
      height = Math.max(height, this.height);
    }
    const operator = operators[0]!;
    if (ASSOCIATIVE.has(operator) && operators.every((other) => other === operator)) {
      this.height = height + Math.ceil(Math.log2(operands.length));
      return balance(operator, operands, 0, operands.length);
    }
    this.height = height + 1;
    return { kind: 'other', children: operands, span: this.spanFrom(left.span.start) };
  }

  /** `a < b < c` holds b once: as `(a < b) < c`, which is wrong as a value and right as what is compared. */
  private comparison(first: Expression, start: number): Expression {
    let left = first;
    let { height } = this;
    for (let count = 0; ; count++) {
      const operator = this.comparisonOperator();
      if (operator === null) break;
      if (count === MAX_CHAIN) return this.longComparison(left, start, height);
      const right = this.right(OPERAND);
      left = { kind: 'binary', operator, left, right, span: this.spanFrom(start) };
      height = (this.height > height ? this.height : height) + 1;
    }
    this.height = height;
    return left;
  }

  /** The first comparisons nested, all further operands beside them. */
  private longComparison(begun: Expression, start: number, begunHeight: number): Expression {
    const children = [begun];
    let height = begunHeight;
    do {
      children.push(this.right(OPERAND));
      height = Math.max(height, this.height);
    } while (this.comparisonOperator() !== null);
    this.height = height + 1;
    return { kind: 'other', children, span: this.spanFrom(start) };
  }

  /** Reads an operator that compares; null when there is none. */
  private comparisonOperator(): string | null {
    const kind = this.kinds[this.at]!;
    if (PRECEDENCE[kind] !== COMPARISON) return null;
    if (kind === NOT) {
      if (this.kinds[this.at + 1] !== IN) return null;
      this.at += 2;
      return 'not in';
    }
    this.at += 1;
    if (kind === IS && this.accept(NOT)) return 'is not';
    return OPERATOR_TEXT[kind]!;
  }

  private unary(): Expression {
    switch (this.kinds[this.at]) {
      case MINUS:
        return this.prefixed('-', 0);
      case PLUS:
        return this.prefixed('+', 0);
      case TILDE:
        return this.prefixed('~', 0);
      default:
        return this.power();
    }
  }

  /** @param weakest precedence of the operators that the operand holds; 0 when it is itself unary */
  private prefixed(operator: string, weakest: number): Expression {
    const start = this.starts[this.at]!;
    this.at += 1;
    if (!this.descend()) return this.defer();
    const operand = weakest === 0 ? this.unary() : this.operation(weakest);
    this.ascend();
    this.height += 1;
    const result: Expression = { kind: 'unary', operator, operand, span: this.spanFrom(start) };
    return this.isTooHigh(this.height) ? this.cut(result) : result;
  }

  private power(): Expression {
    const start = this.starts[this.at]!;
    const base = this.primary();
    if (this.kinds[this.at] !== DOUBLE_STAR) return base;
    const { height } = this;
    this.at += 1;
    if (!this.descend()) return this.defer();
    const exponent = this.unary();
    this.ascend();
    this.height = Math.max(height, this.height) + 1;
    const result: Expression = {
      kind: 'binary',
      operator: '**',
      left: base,
      right: exponent,
      span: this.spanFrom(start),
    };
    return this.isTooHigh(this.height) ? this.cut(result) : result;
  }
}

/** Recursion no deeper than the logarithm of the number of parts. */
function balance(operator: string, parts: readonly Expression[], from: number, to: number): Expression {
  if (to - from === 1) return parts[from]!;
  const middle = (from + to) >> 1;
  const left = balance(operator, parts, from, middle);
  const right = balance(operator, parts, middle, to);
  return { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } };
}
