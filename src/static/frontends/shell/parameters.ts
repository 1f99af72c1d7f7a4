import type { Expression } from '../../../model/program.ts';
import {
  BANG,
  characterSet,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  DIGITS,
  DOLLAR,
  DOUBLE_QUOTE,
  HASH,
  isIn,
  NAME_PART,
  NAME_START,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  SLASH,
  SPECIAL_PARAMETERS,
} from './characters.ts';
import { readArithmetic } from './arithmetic.ts';
import { applied, indirect } from './parameter-operators.ts';
import { joinParts, literalText } from './parts.ts';
import {
  OPERAND,
  OPERAND_IN_QUOTES,
  PATTERN,
  readDoubleQuoted,
  readText,
  type Style,
  SUBSCRIPT,
} from './quoting.ts';
import type { Reader } from './reader.ts';

/** Longer operators come before their beginnings. */
const OPERATORS = [
  ...[':-', ':=', ':?', ':+', '##', '%%', '//', '/#', '/%', '^^', ',,', '~~'],
  ...['-', '=', '?', '+', '#', '%', '/', '^', ',', '~', '@', ':'],
];

const PATTERN_OPERATORS = /^(?:[/#%^,~]|\/\/|\/[#%]|##|%%|\^\^|,,|~~)$/;

/** Zsh writes how to expand before the name: `${=x}`, `${~x}`, `${^x}`, `${+x}`. */
const ZSH_PREFIXES = characterSet('=~^+');

/** `${…}` (Bash manual, "Shell Parameter Expansion"), at the dollar sign. */
export function readParameter(reader: Reader, isQuoted: boolean): Expression {
  const start = reader.at;
  reader.at += 2;
  if (reader.peek() === OPEN_BRACE) {
    const placeholder = readPlaceholder(reader, start);
    if (placeholder !== null) return placeholder;
  }
  return reader.deeper(
    () => readInside(reader, start, isQuoted),
    ['}'],
    (flat) => ({ kind: 'other', children: [flat], span: reader.span(start) }),
  );
}

/** `${{ … }}`, which a template engine fills in before a shell sees it. */
function readPlaceholder(reader: Reader, start: number): Expression | null {
  const { text, end } = reader;
  for (let at = reader.at; at < end && text.charCodeAt(at) !== 0x0a; at++) {
    if (text.charCodeAt(at) === CLOSE_BRACE && text.charCodeAt(at + 1) === CLOSE_BRACE) {
      reader.at = Math.min(end, at + 2);
      return { kind: 'other', children: [], span: reader.span(start) };
    }
  }
  return null;
}

function readInside(reader: Reader, start: number, isQuoted: boolean): Expression {
  const flags = readFlags(reader);
  const prefix = readPrefix(reader);
  const base = readBase(reader);
  if (base === null) return closed(reader, start, []);
  const value = readSubscripts(reader, base, start);
  const isAllElements = value === base && reader.code(reader.at - 1) === CLOSE_BRACKET;
  const operator = OPERATORS.find((candidate) => reader.startsWith(candidate)) ?? null;
  let result = value;
  if (operator === null) {
    if (reader.peek() !== CLOSE_BRACE) return closed(reader, start, [value]);
  } else {
    reader.at += operator.length;
    const operands = operator === ':' ? readBounds(reader) : readOperands(reader, operator, isQuoted);
    result = applied(operator, value, operands, reader.span(start));
  }
  if (prefix === '!') {
    result = indirect(value, result, operator === null && !isAllElements, reader.span(start));
  } else if (prefix === '#')
    result = { kind: 'unary', operator: 'length', operand: value, span: reader.span(start) };
  result = withFlags(flags, result);
  if (reader.peek() === CLOSE_BRACE) {
    reader.at += 1;
    return { ...result, span: reader.span(start) };
  }
  return closed(reader, start, [result]);
}

/** Steps to the end of what is not understood; its expansions are kept. */
function closed(reader: Reader, start: number, parts: Expression[]): Expression {
  readText(reader, parts, OPERAND);
  if (reader.peek() === CLOSE_BRACE) reader.at += 1;
  else reader.fault(start, 'no closing }');
  return { kind: 'other', children: parts, span: reader.span(start) };
}

/** Zsh: `${(U)x}`. */
function readFlags(reader: Reader): string {
  if (reader.peek() !== OPEN_PAREN) return '';
  const start = reader.at;
  let at = start;
  while (at < reader.end && at - start < 64 && reader.text[at] !== ')') at += 1;
  if (reader.text[at] !== ')') return '';
  reader.at = at + 1;
  return reader.text.slice(start + 1, at);
}

function withFlags(flags: string, value: Expression): Expression {
  const { span } = value;
  if (flags.includes('P')) return indirect(value, value, true, span);
  const method = flags.includes('U') ? 'upper' : flags.includes('L') ? 'lower' : null;
  return method === null
    ? value
    : { kind: 'call', callee: { kind: 'member', object: value, property: method, span }, args: [], span };
}

/** `${#x}` is a length, `${!x}` the variable that x names; `${#}` and `${!}` are parameters themselves. */
function readPrefix(reader: Reader): '#' | '!' | '' {
  const code = reader.peek();
  const next = reader.peek(1);
  const isName = isIn(NAME_PART, next) || isIn(SPECIAL_PARAMETERS, next);
  if ((code === HASH || code === BANG) && isName && !(next === HASH && reader.peek(2) !== CLOSE_BRACE)) {
    reader.at += 1;
    return code === HASH ? '#' : '!';
  }
  if (isIn(ZSH_PREFIXES, code)) reader.at += 1;
  return '';
}

function readBase(reader: Reader): Expression | null {
  const start = reader.at;
  const { text, end } = reader;
  const code = reader.peek();
  let at = start;
  if (isIn(NAME_START, code)) {
    while (at < end && isIn(NAME_PART, text.charCodeAt(at))) at += 1;
  } else if (isIn(DIGITS, code)) {
    while (at < end && isIn(DIGITS, text.charCodeAt(at))) at += 1;
  } else if (isIn(SPECIAL_PARAMETERS, code)) {
    at += 1;
  } else if (code === DOLLAR) {
    return reader.grammar.dollar(reader, false);
  } else if (code === DOUBLE_QUOTE) {
    return readDoubleQuoted(reader);
  } else {
    return null;
  }
  reader.at = at;
  return { kind: 'name', name: reader.script.meantBy(text.slice(start, at)), span: reader.span(start) };
}

/** `a[i]`; all elements (`a[@]`) are the array itself. */
function readSubscripts(reader: Reader, base: Expression, start: number): Expression {
  let value = base;
  for (let count = 0; reader.peek() === OPEN_BRACKET && count < 8; count++) {
    reader.at += 1;
    const from = reader.at;
    const parts: Expression[] = [];
    readText(reader, parts, SUBSCRIPT);
    if (reader.peek() === CLOSE_BRACKET) reader.at += 1;
    const index = joinParts(parts, reader.span(from));
    const text = literalText(index);
    if (text !== '@' && text !== '*') {
      value = { kind: 'index', object: value, index, span: reader.span(start) };
    }
  }
  return value;
}

function readOperands(reader: Reader, operator: string, isQuoted: boolean): Expression[] {
  const isPattern = PATTERN_OPERATORS.test(operator);
  const isReplacement = operator.startsWith('/');
  const how: Style = isReplacement ? PATTERN : isQuoted && !isPattern ? OPERAND_IN_QUOTES : OPERAND;
  const operands = [readOperand(reader, how)];
  if (isReplacement && reader.peek() === SLASH) {
    reader.at += 1;
    operands.push(readOperand(reader, OPERAND));
  }
  return operands;
}

function readOperand(reader: Reader, how: Style): Expression {
  const start = reader.at;
  const parts: Expression[] = [];
  readText(reader, parts, how);
  return joinParts(parts, reader.span(start));
}

/** `${x:start:length}`. */
function readBounds(reader: Reader): Expression[] {
  const bounds: Expression[] = [];
  for (let count = 0; count < 2; count++) {
    bounds.push(readArithmetic(reader, CLOSE_BRACE, COLON));
    if (reader.peek() !== COLON) break;
    reader.at += 1;
  }
  return bounds;
}
