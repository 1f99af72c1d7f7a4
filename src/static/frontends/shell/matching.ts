import {
  BACKQUOTE,
  BACKSLASH,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  DOUBLE_QUOTE,
  NEWLINE,
  OPEN_BRACKET,
  OPEN_PAREN,
  SINGLE_QUOTE,
} from './characters.ts';
import type { Reader } from './reader.ts';

/**
 * Whether `((` opens arithmetic: its first closing parenthesis is then followed by another (Bash manual, "Conditional Constructs");
 * otherwise it is a subshell in a subshell. Looks ahead, within the script's allowance.
 * @param from offset behind the second parenthesis
 */
export function isArithmetic(reader: Reader, from: number): boolean {
  const close = matching(reader, from, OPEN_PAREN, CLOSE_PAREN, false);
  return close >= 0 && reader.code(close + 1) === CLOSE_PAREN;
}

/** Offset of the `]` that ends a subscript; -1 when there is none on the line. @param from offset behind the `[` */
export function closingBracket(reader: Reader, from: number): number {
  return matching(reader, from, OPEN_BRACKET, CLOSE_BRACKET, true);
}

function matching(reader: Reader, from: number, open: number, close: number, staysOnLine: boolean): number {
  const { script } = reader;
  let depth = 1;
  let at = from;
  for (; at < reader.end && at - from < script.lookahead; at++) {
    const code = reader.code(at);
    if (code === open) {
      depth += 1;
    } else if (code === close) {
      depth -= 1;
      if (depth === 0) break;
    } else if (code === BACKSLASH) {
      at += 1;
    } else if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE || code === BACKQUOTE) {
      at = quoteEnd(reader, at, code);
    } else if (code === NEWLINE && staysOnLine) {
      break;
    }
  }
  script.lookahead -= Math.min(script.lookahead, at - from);
  return depth === 0 ? at : -1;
}

function quoteEnd(reader: Reader, from: number, quote: number): number {
  let at = from + 1;
  while (at < reader.end && reader.code(at) !== quote) {
    at += quote !== SINGLE_QUOTE && reader.code(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}
