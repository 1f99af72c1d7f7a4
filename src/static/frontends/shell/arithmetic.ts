import type { Expression } from '../../../model/program.ts';
import {
  BACKQUOTE,
  BACKSLASH,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  DIGITS,
  DOLLAR,
  DOUBLE_QUOTE,
  isIn,
  NAME_PART,
  NAME_START,
  NEWLINE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUESTION,
  RETURN,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './characters.ts';
import { literal } from './parts.ts';
import { readText, SUBSCRIPT } from './quoting.ts';
import type { Reader } from './reader.ts';
import { readBackquoted } from './substitutions.ts';

/** Operators by how they bind, loosest first (Bash manual, "Shell Arithmetic"); longer ones come before their beginnings. */
const BINARY: readonly (readonly [operator: string, strength: number])[] = [
  ['**', 13],
  ['&&', 4],
  ['||', 3],
  ['<<', 10],
  ['>>', 10],
  ['<=', 9],
  ['>=', 9],
  ['==', 8],
  ['!=', 8],
  ['<', 9],
  ['>', 9],
  ['|', 5],
  ['^', 6],
  ['&', 7],
  ['+', 11],
  ['-', 11],
  ['*', 12],
  ['/', 12],
  ['%', 12],
];
const ASSIGNMENTS = ['<<=', '>>=', '+=', '-=', '*=', '/=', '%=', '&=', '^=', '|=', '='];
const PREFIXES = ['++', '--', '!', '~', '-', '+'];
const WEAKEST = 3;

/** An expression with more operands than this is listed flat: it is generated, and as deep as it is long. */
const MAX_OPERANDS = 64;

/** One reading of an arithmetic expression. */
interface Sum {
  readonly reader: Reader;
  readonly closer: number;
  /** Another character that ends it; the same when there is none. */
  readonly otherCloser: number;
  /** Every operand, for when the expression makes no sense or is too long. */
  readonly operands: Expression[];
}

/**
 * Reads arithmetic up to the closer, which stays. What makes no sense in it is stepped over: Bash looks at it only when it runs.
 * @param closer the character that ends it: `)`, `]`, `}` or `;`
 * @param otherCloser another that does
 */
export function readArithmetic(reader: Reader, closer: number, otherCloser = closer): Expression {
  const start = reader.at;
  const sum: Sum = { reader, closer, otherCloser, operands: [] };
  const found: Expression[] = [];
  let isOdd = false;
  for (;;) {
    skipSpace(reader);
    const code = reader.peek();
    if (code < 0 || code === closer || code === otherCloser) break;
    const before = reader.at;
    const value = readBinary(sum, WEAKEST);
    if (value !== null) found.push(value);
    skipSpace(reader);
    if (reader.peek() === closer || reader.peek() === otherCloser) break;
    const isComma = reader.text[reader.at] === ',';
    isOdd ||= !isComma;
    // What begins no expression is stepped over.
    if (isComma || reader.at === before) reader.at += 1;
  }
  const span = reader.span(start);
  const children = isOdd || sum.operands.length > MAX_OPERANDS ? sum.operands : found;
  return children.length === 1 ? children[0]! : { kind: 'other', children, span };
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.peek();
    if (code === BACKSLASH && reader.lineBreak(reader.at + 1) > 0) reader.at += 1;
    else if (code !== SPACE && code !== TAB && code !== NEWLINE && code !== RETURN) return;
    reader.at += 1;
  }
}

function readBinary(sum: Sum, weakest: number): Expression | null {
  return sum.reader.deeper(
    () => readOperators(sum, weakest),
    [sum.closer === CLOSE_PAREN ? ')' : String.fromCharCode(sum.closer)],
    (flat) => {
      // The closer went with it.
      sum.reader.at = Math.max(0, sum.reader.at - 1);
      sum.operands.push(flat);
      return flat;
    },
  );
}

function readOperators(sum: Sum, weakest: number): Expression | null {
  const { reader } = sum;
  const start = reader.at;
  let left = readOperand(sum);
  while (left !== null && sum.operands.length <= MAX_OPERANDS) {
    skipSpace(reader);
    const assignment = ASSIGNMENTS.find((operator) => reader.startsWith(operator));
    if (assignment !== undefined && !reader.startsWith('==')) {
      reader.at += assignment.length;
      skipSpace(reader);
      const value = readBinary(sum, 1);
      if (value !== null) left = assigned(reader, left, assignment, value, start);
      continue;
    }
    if (reader.peek() === QUESTION && weakest <= WEAKEST) {
      left = readChoice(sum, left, start);
      continue;
    }
    const found: readonly [string, number] | undefined = BINARY.find(([operator]) =>
      reader.startsWith(operator),
    );
    if (found === undefined || found[1] < weakest) break;
    const [operator, strength] = found;
    reader.at += operator.length;
    skipSpace(reader);
    const right = readBinary(sum, strength + (operator === '**' ? 0 : 1));
    if (right === null) break;
    left = { kind: 'binary', operator, left, right, span: reader.span(start) };
  }
  return left;
}

function assigned(
  reader: Reader,
  target: Expression,
  operator: string,
  operand: Expression,
  start: number,
): Expression {
  const span = reader.span(start);
  const value: Expression =
    operator === '='
      ? operand
      : { kind: 'binary', operator: operator.slice(0, -1), left: target, right: operand, span };
  return { kind: 'assignment', target, value, span };
}

function readChoice(sum: Sum, test: Expression, start: number): Expression {
  const { reader } = sum;
  reader.at += 1;
  skipSpace(reader);
  const whenTrue = readBinary(sum, WEAKEST);
  skipSpace(reader);
  if (reader.peek() === COLON && sum.otherCloser !== COLON) reader.at += 1;
  skipSpace(reader);
  const whenFalse = readBinary(sum, WEAKEST);
  const span = reader.span(start);
  return whenTrue === null || whenFalse === null
    ? { kind: 'other', children: [test, ...[whenTrue, whenFalse].filter((part) => part !== null)], span }
    : { kind: 'conditional', test, whenTrue, whenFalse, span };
}

function readOperand(sum: Sum): Expression | null {
  const { reader } = sum;
  const start = reader.at;
  let operator: string | null = null;
  for (;;) {
    const prefix = PREFIXES.find((candidate) => reader.startsWith(candidate));
    if (prefix === undefined) break;
    operator ??= prefix;
    reader.at += prefix.length;
    skipSpace(reader);
  }
  const operand = readPrimary(sum);
  if (operand === null) return null;
  const postfix = ['++', '--'].find((candidate) => reader.startsWith(candidate));
  if (postfix !== undefined) reader.at += 2;
  operator ??= postfix ?? null;
  return operator === null ? operand : { kind: 'unary', operator, operand, span: reader.span(start) };
}

function readPrimary(sum: Sum): Expression | null {
  const { reader } = sum;
  const code = reader.peek();
  if (code === OPEN_PAREN) {
    reader.at += 1;
    const value = readArithmetic(reader, CLOSE_PAREN);
    if (reader.peek() === CLOSE_PAREN) reader.at += 1;
    sum.operands.push(value);
    return value;
  }
  const value = readAtom(reader, code);
  if (value !== null) sum.operands.push(value);
  return value;
}

function readAtom(reader: Reader, code: number): Expression | null {
  const start = reader.at;
  if (isIn(DIGITS, code)) {
    const { text, end } = reader;
    let at = start;
    while (at < end && (isIn(NAME_PART, text.charCodeAt(at)) || text[at] === '#')) at += 1;
    reader.at = at;
    const source = text.slice(start, at);
    const number = Number(source);
    const span = reader.span(start);
    return Number.isSafeInteger(number) ? { kind: 'literal', value: number, span } : literal(source, span);
  }
  if (isIn(NAME_START, code)) {
    const { text, end } = reader;
    let at = start;
    while (at < end && isIn(NAME_PART, text.charCodeAt(at))) at += 1;
    reader.at = at;
    const name: Expression = { kind: 'name', name: text.slice(start, at), span: reader.span(start) };
    return reader.peek() === OPEN_BRACKET ? readElement(reader, name, start) : name;
  }
  if (code === DOLLAR) return reader.grammar.dollar(reader, false);
  if (code === BACKQUOTE) return readBackquoted(reader, false);
  if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
    // Quotes mean nothing in arithmetic.
    reader.at += 1;
    return null;
  }
  return null;
}

function readElement(reader: Reader, object: Expression, start: number): Expression {
  const parts: Expression[] = [];
  reader.at += 1;
  readText(reader, parts, SUBSCRIPT);
  if (reader.peek() === CLOSE_BRACKET) reader.at += 1;
  const [only] = parts;
  const span = reader.span(start);
  const index: Expression = parts.length === 1 ? only! : { kind: 'other', children: parts, span };
  return { kind: 'index', object, index, span };
}
