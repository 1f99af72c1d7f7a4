import {
  AMPERSAND,
  ARROW,
  AT,
  AUGMENTED,
  BACKTICK,
  BAR,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  CARET,
  COLON,
  COMMA,
  DOT,
  DOUBLE_EQUALS,
  DOUBLE_SLASH,
  DOUBLE_STAR,
  ELLIPSIS,
  EQUALS,
  FIELD_CONVERSION,
  FIELD_FORMAT,
  FIELD_OPEN,
  GREATER,
  GREATER_EQUAL,
  LESS,
  LESS_EQUAL,
  LESS_GREATER,
  MINUS,
  NOT_EQUAL,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  PERCENT,
  PLUS,
  SEMICOLON,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SLASH,
  STAR,
  TILDE,
  WALRUS,
} from '../tokens.ts';
import { CONTINUES_NAME, DOT_CODE, EQUALS_CODE } from './characters.ts';
import { StringLexer } from './strings.ts';

const EXCLAMATION = 0x21;
const COLON_CODE = 0x3a;
const GREATER_CODE = 0x3e;

/** Kind of an operator of one character, by its code. */
const SINGLE = new Uint8Array(128);
/** Kind of an operator that is the same character twice. */
const DOUBLED = new Uint8Array(128);
/** 1 where `=` behind the operator makes it an augmented assignment. */
const AUGMENTS = new Uint8Array(128);

function define(operator: string, single: number, doubled: number, augments: boolean): void {
  const code = operator.charCodeAt(0);
  SINGLE[code] = single;
  DOUBLED[code] = doubled;
  AUGMENTS[code] = augments ? 1 : 0;
}
define('+', PLUS, 0, true);
define('-', MINUS, 0, true);
define('*', STAR, DOUBLE_STAR, true);
define('/', SLASH, DOUBLE_SLASH, true);
define('%', PERCENT, 0, true);
define('@', AT, 0, true);
define('&', AMPERSAND, 0, true);
define('|', BAR, 0, true);
define('^', CARET, 0, true);
define('<', LESS, SHIFT_LEFT, false);
define('>', GREATER, SHIFT_RIGHT, false);
define('=', EQUALS, DOUBLE_EQUALS, false);
define('~', TILDE, 0, false);
define(',', COMMA, 0, false);
define(';', SEMICOLON, 0, false);
define(':', COLON, 0, false);
define('`', BACKTICK, 0, false);

/** Operators and punctuation. */
export abstract class OperatorLexer extends StringLexer {
  protected operator(at: number, unit: number): number {
    const next = this.units[at + 1]!;
    if (unit === COLON_CODE && this.isField()) {
      this.push(FIELD_FORMAT, at, at + 1);
      this.enter();
      return at + 1;
    }
    if (unit === EXCLAMATION) return this.exclamation(at, next);
    const doubled = DOUBLED[unit]!;
    if (next === unit && doubled > 0) {
      const isAugmented = this.units[at + 2] === EQUALS_CODE && doubled !== DOUBLE_EQUALS;
      return this.pushOperator(isAugmented ? AUGMENTED : doubled, at, isAugmented ? 3 : 2);
    }
    if (next === EQUALS_CODE) {
      if (AUGMENTS[unit] === 1) return this.pushOperator(AUGMENTED, at, 2);
      const compared = withEquals(SINGLE[unit]!);
      if (compared > 0) return this.pushOperator(compared, at, 2);
    } else if (next === GREATER_CODE) {
      if (SINGLE[unit] === MINUS) return this.pushOperator(ARROW, at, 2);
      if (SINGLE[unit] === LESS) return this.pushOperator(LESS_GREATER, at, 2);
    }
    return this.pushOperator(SINGLE[unit]!, at, 1);
  }

  private pushOperator(kind: number, at: number, length: number): number {
    this.push(kind, at, at + length);
    return at + length;
  }

  /** `!=`, or `!r` in an f-string. */
  private exclamation(at: number, next: number): number {
    if (next === EQUALS_CODE) return this.pushOperator(NOT_EQUAL, at, 2);
    if (!this.isField()) {
      this.error(at);
      return at + 1;
    }
    let end = at + 1;
    while (CONTINUES_NAME[this.units[end]!] === 1) end += 1;
    if (end === at + 1) this.error(at);
    this.push(FIELD_CONVERSION, at, end);
    return end;
  }

  /** True directly between the braces of an f-string. */
  private isField(): boolean {
    return this.open.length > 0 && this.kinds[this.open[this.open.length - 1]!] === FIELD_OPEN;
  }

  protected point(at: number): number {
    const isEllipsis = this.units[at + 1] === DOT_CODE && this.units[at + 2] === DOT_CODE;
    return this.pushOperator(isEllipsis ? ELLIPSIS : DOT, at, isEllipsis ? 3 : 1);
  }

  protected opener(at: number, unit: number): number {
    this.push(unit === 0x28 ? PARENTHESIS_OPEN : unit === 0x5b ? BRACKET_OPEN : BRACE_OPEN, at, at + 1);
    this.enter();
    return at + 1;
  }

  protected closer(at: number, unit: number): number {
    this.close(unit === 0x29 ? PARENTHESIS_CLOSE : unit === 0x5d ? BRACKET_CLOSE : BRACE_CLOSE, at);
    return at + 1;
  }
}

function withEquals(kind: number): number {
  switch (kind) {
    case LESS:
      return LESS_EQUAL;
    case GREATER:
      return GREATER_EQUAL;
    case COLON:
      return WALRUS;
    default:
      return 0;
  }
}
