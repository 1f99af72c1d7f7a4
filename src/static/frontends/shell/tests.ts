import type { Expression, Span } from '../../../model/program.ts';
import { AMPERSAND, BANG, CLOSE_PAREN, isIn, METACHARACTERS, OPEN_PAREN, PIPE } from './characters.ts';
import { literalText } from './parts.ts';
import type { Reader } from './reader.ts';
import type { Redirection } from './redirections.ts';
import { readRegex, readWord } from './words.ts';
import { WORD } from './quoting.ts';

/** A longer chain of `&&` and `||` is listed flat; nested, it would be as deep as it is long. */
const MAX_CHAIN = 32;

/** `[ … ]`: the test in its words. @param words without the brackets */
export function bracketTest(
  words: readonly Expression[],
  redirections: readonly Redirection[],
  span: Span,
): Expression {
  const test = testOf(words, span);
  const others = redirections.map(({ value }) => value).filter((value) => value.kind !== 'literal');
  return others.length === 0 ? test : { kind: 'other', children: [test, ...others], span };
}

function testOf(words: readonly Expression[], span: Span): Expression {
  const [first, second, third] = words;
  if (first !== undefined && literalText(first) === '!' && words.length > 1) {
    const isLong = words.length > 4;
    const operand: Expression = isLong
      ? { kind: 'other', children: words.slice(1), span }
      : testOf(words.slice(1), span);
    return { kind: 'unary', operator: '!', operand, span };
  }
  if (words.length === 1) return first!;
  if (words.length === 2 && literalText(first)?.startsWith('-') === true) {
    return { kind: 'unary', operator: literalText(first)!, operand: second!, span };
  }
  const operator = literalText(second);
  if (words.length === 3 && operator !== null) {
    return { kind: 'binary', operator, left: first!, right: third!, span };
  }
  return { kind: 'other', children: words, span };
}

/** `[[ … ]]`, at the brackets. */
export function readConditional(reader: Reader): Expression {
  const start = reader.at;
  reader.at += 2;
  const value = readEither(reader);
  while (!isClosing(reader) && reader.peek() >= 0 && reader.lineBreak(reader.at) === 0) {
    reader.fault(reader.at, 'unexpected word in [[ ]]');
    if (readWord(reader) === null) reader.at += 1;
    reader.skipBlanks();
  }
  if (isClosing(reader)) reader.at += 2;
  else reader.fault(start, 'no closing ]]');
  return value === null ? { kind: 'other', children: [], span: reader.span(start) } : value;
}

function isClosing(reader: Reader): boolean {
  const behind = reader.peek(2);
  return (
    reader.startsWith(']]') &&
    (behind < 0 || isIn(METACHARACTERS, behind) || behind === 0x0d || behind === 0x7d)
  );
}

function readEither(reader: Reader): Expression | null {
  return readChain(reader, PIPE, '||', () => readChain(reader, AMPERSAND, '&&', () => readNegated(reader)));
}

function readChain(
  reader: Reader,
  code: number,
  operator: string,
  readOne: () => Expression | null,
): Expression | null {
  const start = reader.at;
  const operands: Expression[] = [];
  let next = readOne();
  if (next === null) return null;
  operands.push(next);
  for (;;) {
    reader.skipLines();
    if (reader.peek() !== code || reader.peek(1) !== code) break;
    reader.at += 2;
    next = readOne();
    if (next === null) reader.fault(reader.at, `nothing behind ${operator}`);
    else operands.push(next);
  }
  const span = reader.span(start);
  if (operands.length > MAX_CHAIN) return { kind: 'other', children: operands, span };
  return operands.reduce((left, right) => ({ kind: 'binary', operator, left, right, span }));
}

function readNegated(reader: Reader): Expression | null {
  const start = reader.at;
  let isNegated = false;
  for (;;) {
    reader.skipLines();
    if (reader.peek() !== BANG || !isIn(METACHARACTERS, reader.peek(1))) break;
    isNegated = !isNegated;
    reader.at += 1;
  }
  const operand = reader.peek() === OPEN_PAREN ? readParenthesized(reader) : readComparison(reader);
  return operand === null || !isNegated
    ? operand
    : { kind: 'unary', operator: '!', operand, span: reader.span(start) };
}

function readParenthesized(reader: Reader): Expression | null {
  const start = reader.at;
  reader.at += 1;
  return reader.deeper(
    () => {
      const value = readEither(reader);
      reader.skipLines();
      if (reader.peek() === CLOSE_PAREN) reader.at += 1;
      else reader.fault(start, 'no closing )');
      return value;
    },
    [')'],
    (flat) => flat,
  );
}

function readComparison(reader: Reader): Expression | null {
  if (isClosing(reader)) return null;
  const start = reader.at;
  const left = readWord(reader, WORD);
  if (left === null) return null;
  const source = reader.text.slice(start, reader.at);
  reader.skipLines();
  if (/^-[A-Za-z]$/.test(source) && !isEnd(reader)) {
    const operand = readWord(reader);
    if (operand !== null) return { kind: 'unary', operator: source, operand, span: reader.span(start) };
  }
  const operator = /^(?:==?|!=|=~|<=?|>=?|-[a-z]{2})(?=[\s"'$])/.exec(
    reader.text.slice(reader.at, reader.at + 4),
  )?.[0];
  if (operator === undefined) return left;
  reader.at += operator.length;
  reader.skipLines();
  const right = readRegex(reader);
  return right === null ? left : { kind: 'binary', operator, left, right, span: reader.span(start) };
}

/** Nothing that a test could be about follows. */
function isEnd(reader: Reader): boolean {
  const code = reader.peek();
  const isChain = (code === AMPERSAND || code === PIPE) && reader.peek(1) === code;
  return code < 0 || code === CLOSE_PAREN || isChain || isClosing(reader);
}
