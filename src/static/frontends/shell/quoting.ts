import type { Expression } from '../../../model/program.ts';
import {
  BACKQUOTE,
  BACKSLASH,
  characterSet,
  type CharacterSet,
  DOLLAR,
  DOUBLE_QUOTE,
  isIn,
  RETURN,
  SINGLE_QUOTE,
} from './characters.ts';
import { joinParts, literal } from './parts.ts';
import type { Reader } from './reader.ts';
import { readBackquoted } from './substitutions.ts';

/** How a stretch of text is written: what ends it and what quotes in it. */
export interface Style {
  /** Characters that end the stretch. */
  readonly stops: CharacterSet;
  /** Everything that is not simply text. */
  readonly special: CharacterSet;
  /** Characters that a backslash escapes; null: all. */
  readonly escaped: CharacterSet | null;
  readonly singleQuotes: boolean;
  readonly doubleQuotes: boolean;
}

function style(
  stops: string,
  { escaped = null as string | null, singleQuotes = true, doubleQuotes = true } = {},
): Style {
  const quotes = (singleQuotes ? "'" : '') + (doubleQuotes ? '"' : '');
  return {
    stops: characterSet(stops),
    special: characterSet(`${stops}${quotes}\\$\`\r`),
    escaped: escaped === null ? null : characterSet(escaped),
    singleQuotes,
    doubleQuotes,
  };
}

const META = ' \t\n;&|<>()';

/** POSIX, 2.2.3: what a backslash escapes between double quotes. */
const IN_QUOTES = { escaped: '$`"\\', singleQuotes: false, doubleQuotes: false };

export const WORD = style(`${META}{`);
export const WORD_WITH_BRACES = style(`${META}{},`);
export const ASSIGNED = style(META);
export const REGEX = style(' \t\n()');
const DOUBLE_QUOTED = style('"', IN_QUOTES);
export const HERE_DOCUMENT = style('', { ...IN_QUOTES, escaped: '$`\\' });
export const TAB_STRIPPED = style('\n', { ...IN_QUOTES, escaped: '$`\\' });
export const OPERAND = style('}');
export const PATTERN = style('}/');
/** Between double quotes, `'` is a plain character in what replaces a parameter. */
export const OPERAND_IN_QUOTES = style('}', { escaped: '$`"\\}', singleQuotes: false });
export const SUBSCRIPT = style(']');

/**
 * Reads text with its quotes and expansions, up to a character that ends it.
 * @param parts gets the text, with quotes and backslashes removed, and the expansions
 */
export function readText(reader: Reader, parts: Expression[], how: Style): void {
  const { text } = reader;
  const { special } = how;
  for (;;) {
    const start = reader.at;
    const { end } = reader;
    let at = start;
    while (at < end && special[text.charCodeAt(at)] !== 1) at += 1;
    reader.at = at;
    if (at > start) parts.push(literal(text.slice(start, at), reader.span(start, at)));
    if (at >= end) return;
    const code = text.charCodeAt(at);
    if (isIn(how.stops, code)) return;
    switch (code) {
      case BACKSLASH:
        readEscaped(reader, parts, how.escaped);
        break;
      case SINGLE_QUOTE:
        parts.push(readSingleQuoted(reader));
        break;
      case DOUBLE_QUOTE:
        parts.push(readDoubleQuoted(reader));
        break;
      case DOLLAR:
        parts.push(reader.grammar.dollar(reader, !how.singleQuotes));
        break;
      case BACKQUOTE:
        parts.push(readBackquoted(reader, !how.singleQuotes));
        break;
      case RETURN:
        // With the line break that follows it, the end of a line; alone a character like any other.
        if (isLineEnd(reader, how)) return;
        reader.at += 1;
        parts.push(literal('\r', reader.span(at)));
        break;
    }
  }
}

/** A carriage return that ends a word. */
function isLineEnd(reader: Reader, how: Style): boolean {
  return how.stops[0x0a] === 1 && (reader.lineBreak(reader.at) === 2 || reader.at + 1 >= reader.end);
}

function readEscaped(reader: Reader, parts: Expression[], escaped: CharacterSet | null): void {
  const start = reader.at;
  const lineBreak = reader.lineBreak(start + 1);
  if (lineBreak > 0) {
    reader.at += 1 + lineBreak;
    return;
  }
  const next = reader.code(start + 1);
  const isEscape = next >= 0 && (escaped === null || isIn(escaped, next));
  reader.at += isEscape ? 2 : 1;
  const from = isEscape ? start + 1 : start;
  parts.push(literal(reader.text.slice(from, reader.at), reader.span(start)));
}

function readSingleQuoted(reader: Reader): Expression {
  const start = reader.at;
  const close = reader.text.indexOf("'", start + 1);
  if (close < 0 || close >= reader.end) {
    reader.fault(start, "no closing '");
    reader.at += 1;
    return literal('', reader.span(start));
  }
  reader.at = close + 1;
  return literal(reader.text.slice(start + 1, close), reader.span(start));
}

/** Reads `"…"`. A quote that nothing closes is skipped, so that the commands behind it are still read. */
export function readDoubleQuoted(reader: Reader): Expression {
  const start = reader.at;
  const mark = reader.script.mark();
  const parts: Expression[] = [];
  reader.at += 1;
  readText(reader, parts, DOUBLE_QUOTED);
  if (reader.peek() === DOUBLE_QUOTE) {
    reader.at += 1;
  } else {
    if (reader.script.rewind(mark)) {
      reader.at = start + 1;
      parts.length = 0;
    }
    reader.fault(start, 'no closing "');
  }
  return joinParts(parts, reader.span(start));
}
