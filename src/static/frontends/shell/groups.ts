import type { Statement } from '../../../model/program.ts';
import { CLOSE_PAREN, OPEN_BRACE, SEMICOLON } from './characters.ts';
import { BRACE, closerOf, DO, DONE, END, PARENTHESIS, wordAhead, wordOf } from './keywords.ts';
import type { Reader } from './reader.ts';

/** Steps over the word that ends a construct; reports it when it is missing. @param start where the construct began */
export function expectCloser(reader: Reader, start: number, closer: number): boolean {
  if (closer === PARENTHESIS) {
    if (reader.peek() === CLOSE_PAREN) {
      reader.at += 1;
      return true;
    }
    reader.fault(start, 'no closing )');
    return false;
  }
  const word = wordAhead(reader);
  if (closerOf(word) === closer || (closer === END && word === 'end')) {
    reader.at += word.length;
    return true;
  }
  reader.fault(start, `no ${wordOf(closer)}`);
  return false;
}

/** `{ …; }`, and what Zsh may put behind it: `always { …; }`. */
export function readGroup(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  reader.at += 1;
  reader.grammar.list(reader, out, BRACE);
  expectCloser(reader, start, BRACE);
  const end = reader.at;
  reader.skipBlanks();
  if (wordAhead(reader) === 'always') {
    reader.at += 'always'.length;
    reader.skipBlanks();
    if (reader.peek() === OPEN_BRACE) return readGroup(reader, out);
  }
  reader.at = end;
  return true;
}

/** `do …; done`, or in Zsh `{ …; }` or one command. @param start where the loop began */
export function readLoopBody(reader: Reader, out: Statement[], start: number): void {
  reader.skipBlanks();
  if (reader.peek() === SEMICOLON) reader.at += 1;
  reader.skipLines();
  const word = wordAhead(reader);
  if (word === 'do') {
    reader.at += word.length;
    reader.grammar.list(reader, out, DONE);
    expectCloser(reader, start, DONE);
  } else if (word === '{') {
    reader.grammar.command(reader, out);
  } else {
    reader.fault(start, `no ${wordOf(DO)}`);
  }
}
