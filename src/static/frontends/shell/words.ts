import type { Expression } from '../../../model/program.ts';
import { expandBraces, type Piece } from './braces.ts';
import {
  characterSet,
  CLOSE_BRACE,
  CLOSE_PAREN,
  COMMA,
  GREATER,
  isIn,
  LESS,
  OPEN_BRACE,
  OPEN_PAREN,
} from './characters.ts';
import { joinParts, literal } from './parts.ts';
import { ASSIGNED, readText, REGEX, type Style, WORD, WORD_WITH_BRACES } from './quoting.ts';
import type { Reader } from './reader.ts';
import { readSubstitution } from './substitutions.ts';

/**
 * Reads one word as a command's arguments have it, and appends the words that its braces make of it.
 * @returns false when no word stands there
 */
export function readWords(reader: Reader, out: Expression[]): boolean {
  const start = reader.at;
  const { text, end } = reader;
  const { special } = WORD;
  let at = start;
  while (at < end && special[text.charCodeAt(at)] !== 1) at += 1;
  if (at > start && (at === end || isPlainEnd(text.charCodeAt(at)))) {
    reader.at = at;
    out.push(literal(text.slice(start, at), reader.span(start, at)));
    return true;
  }
  const pieces: Piece[] = [];
  readPieces(reader, pieces, WORD);
  if (reader.at === start) return false;
  const words = pieces.includes('{') ? expandBraces(pieces, reader, start) : null;
  if (words === null) out.push(joinParts(pieces.filter(isExpression), reader.span(start)));
  else for (const word of words) out.push(word);
  return true;
}

/** Behind this many parts, braces in a word are text. */
const MAX_PIECES = 10_000;

/** What stands before a group in a pattern: `@(a|b)`, `*(.)`. */
const BEFORE_GROUP = characterSet('?*+@!');

const BEFORE_PLACEHOLDER = characterSet('/=:@');
const PLACEHOLDER = /^<[A-Za-z][\w-]{0,40}>/;
const MAX_PLACEHOLDER = 50;

/** What ends most words: blank, line break, semicolon. */
function isPlainEnd(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x3b || code === CLOSE_PAREN;
}

function isExpression(piece: Piece): piece is Expression {
  return typeof piece !== 'string';
}

/** Reads one word without making several of it; null when none stands there. */
export function readWord(reader: Reader, how: Style = ASSIGNED): Expression | null {
  const start = reader.at;
  const pieces: Piece[] = [];
  readPieces(reader, pieces, how);
  return reader.at === start ? null : joinParts(pieces.filter(isExpression), reader.span(start));
}

function readPieces(reader: Reader, pieces: Piece[], first: Style): void {
  let how = first;
  const start = reader.at;
  for (;;) {
    const parts: Expression[] = [];
    readText(reader, parts, how);
    for (const part of parts) pieces.push(part);
    const at = reader.at;
    const code = reader.peek();
    if (code === OPEN_BRACE && how !== ASSIGNED) {
      how = WORD_WITH_BRACES;
      pieces.push('{');
    } else if (how === WORD_WITH_BRACES && (code === CLOSE_BRACE || code === COMMA)) {
      pieces.push(code === COMMA ? ',' : '}');
    } else if (code === OPEN_PAREN && at > start && isIn(BEFORE_GROUP, reader.code(at - 1))) {
      readPatternGroup(reader, pieces);
      continue;
    } else if ((code === LESS || code === GREATER) && reader.peek(1) === OPEN_PAREN) {
      pieces.push(readSubstitution(reader, 2));
      continue;
    } else if (code === LESS && at > start && isIn(BEFORE_PLACEHOLDER, reader.code(at - 1))) {
      const placeholder = readPlaceholder(reader);
      if (placeholder === null) return;
      pieces.push(placeholder);
      continue;
    } else {
      return;
    }
    if (pieces.length > MAX_PIECES) {
      how = ASSIGNED;
      reader.tooWide(start);
    }
    // The brace or comma itself, for when it expands to nothing.
    reader.at = at + 1;
    pieces.push(literal(reader.text[at]!, reader.span(at)));
  }
}

/** `<name>` inside a path, an address or the value of an option, where nobody puts a redirection: to be filled in by whoever types it. */
function readPlaceholder(reader: Reader): Expression | null {
  const { at } = reader;
  const [text] = PLACEHOLDER.exec(reader.text.slice(at, Math.min(reader.end, at + MAX_PLACEHOLDER))) ?? [];
  if (text === undefined) return null;
  reader.at = at + text.length;
  return { kind: 'other', children: [], span: reader.span(at) };
}

/** `@(a|b)`, and what Zsh writes behind a pattern: `*(.)`. Its text stays as it stands. */
function readPatternGroup(reader: Reader, pieces: Piece[]): void {
  const start = reader.at;
  let depth = 0;
  for (;;) {
    const at = reader.at;
    const code = reader.peek();
    if (code < 0 || reader.lineBreak(at) > 0) {
      reader.fault(start, 'no closing )');
      return;
    }
    if (code === OPEN_PAREN) depth += 1;
    if (code === CLOSE_PAREN) depth -= 1;
    const parts: Expression[] = [];
    readText(reader, parts, REGEX);
    for (const part of parts) pieces.push(part);
    if (reader.at === at) {
      reader.at += 1;
      pieces.push(literal(reader.text[at]!, reader.span(at)));
    }
    if (depth === 0) return;
  }
}

/** A regular expression or pattern in `[[ … ]]`: parentheses belong to it, with the blanks between them. */
export function readRegex(reader: Reader): Expression | null {
  const start = reader.at;
  const pieces: Piece[] = [];
  for (;;) {
    const parts: Expression[] = [];
    readText(reader, parts, REGEX);
    for (const part of parts) pieces.push(part);
    if (reader.peek() !== OPEN_PAREN) break;
    readPatternGroup(reader, pieces);
  }
  return reader.at === start ? null : joinParts(pieces.filter(isExpression), reader.span(start));
}
