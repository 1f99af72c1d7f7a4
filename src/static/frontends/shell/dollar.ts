import type { Expression } from '../../../model/program.ts';
import { readArithmetic } from './arithmetic.ts';
import {
  BACKSLASH,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  DIGITS,
  DOUBLE_QUOTE,
  isIn,
  NAME_PART,
  NAME_START,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  SINGLE_QUOTE,
  SPECIAL_PARAMETERS,
} from './characters.ts';
import { decodeAnsiC } from './escapes.ts';
import { isArithmetic } from './matching.ts';
import { readParameter } from './parameters.ts';
import { literal } from './parts.ts';
import { readDoubleQuoted } from './quoting.ts';
import type { Reader } from './reader.ts';
import { readSubstitution } from './substitutions.ts';

/** Reads what a dollar sign begins; a plain `$` when it begins nothing. @param isQuoted between double quotes */
export function readDollar(reader: Reader, isQuoted: boolean): Expression {
  const start = reader.at;
  const next = reader.peek(1);
  if (isIn(NAME_START, next)) {
    const { text, end } = reader;
    let at = start + 2;
    while (at < end && isIn(NAME_PART, text.charCodeAt(at))) at += 1;
    reader.at = at;
    return { kind: 'name', name: reader.script.meantBy(text.slice(start + 1, at)), span: reader.span(start) };
  }
  switch (next) {
    case OPEN_BRACE:
      return readParameter(reader, isQuoted);
    case OPEN_PAREN:
      return reader.peek(2) === OPEN_PAREN && isArithmetic(reader, start + 3)
        ? readArithmeticExpansion(reader)
        : readSubstitution(reader, 2);
    case OPEN_BRACKET:
      return readBracketArithmetic(reader);
    case SINGLE_QUOTE:
      if (!isQuoted) return readAnsiC(reader);
      break;
    case DOUBLE_QUOTE:
      if (!isQuoted) {
        reader.at += 1;
        return readDoubleQuoted(reader);
      }
      break;
    default:
      if (isIn(SPECIAL_PARAMETERS, next) || isIn(DIGITS, next)) {
        reader.at += 2;
        return { kind: 'name', name: reader.text[start + 1]!, span: reader.span(start) };
      }
  }
  reader.at += 1;
  return literal('$', reader.span(start));
}

function readArithmeticExpansion(reader: Reader): Expression {
  const start = reader.at;
  reader.at += 3;
  const value = readArithmetic(reader, CLOSE_PAREN);
  if (reader.startsWith('))')) reader.at += 2;
  else reader.fault(start, 'no closing ))');
  return { ...value, span: reader.span(start) };
}

/** `$[…]`, the old form of `$((…))`. */
function readBracketArithmetic(reader: Reader): Expression {
  const start = reader.at;
  reader.at += 2;
  const value = readArithmetic(reader, CLOSE_BRACKET);
  if (reader.peek() === CLOSE_BRACKET) reader.at += 1;
  else reader.fault(start, 'no closing ]');
  return { ...value, span: reader.span(start) };
}

/** `$'…'`, at the dollar sign. */
function readAnsiC(reader: Reader): Expression {
  const { text, end } = reader;
  const start = reader.at;
  let at = start + 2;
  while (at < end && text.charCodeAt(at) !== SINGLE_QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  if (at >= end) {
    reader.fault(start, "no closing '");
    reader.at += 2;
    return literal('', reader.span(start));
  }
  reader.at = at + 1;
  return literal(decodeAnsiC(text.slice(start + 2, at)), reader.span(start));
}
