import { AMPERSAND, CLOSE_PAREN, PIPE, SEMICOLON } from './characters.ts';
import { closerOf, END, NEXT_CASE, PARENTHESIS, wordAhead } from './keywords.ts';
import type { Reader } from './reader.ts';

/** What at the reader may end a list of commands; 0 for nothing. */
export function closerAhead(reader: Reader): number {
  const code = reader.peek();
  if (code === CLOSE_PAREN) return PARENTHESIS;
  if (code === SEMICOLON) {
    const next = reader.peek(1);
    return next === SEMICOLON || next === AMPERSAND || next === PIPE ? NEXT_CASE : 0;
  }
  const word = wordAhead(reader);
  if (word === 'end') return reader.listClosers & END;
  return word === '' ? 0 : closerOf(word);
}
