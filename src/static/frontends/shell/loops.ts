import type { Expression, Statement } from '../../../model/program.ts';
import { readArithmetic } from './arithmetic.ts';
import { CLOSE_PAREN, OPEN_PAREN, SEMICOLON } from './characters.ts';
import { expectCloser, readLoopBody } from './groups.ts';
import { DO, END, OPENING_BRACE, wordAhead } from './keywords.ts';
import type { Reader } from './reader.ts';
import { readWord, readWords } from './words.ts';

/** `while`, `until`: what stands before the body decides. */
export function readWhile(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  const conditions: Statement[] = [];
  const body: Statement[] = [];
  reader.at += 'while'.length;
  reader.grammar.list(reader, conditions, DO | OPENING_BRACE);
  if (conditions.length === 0) reader.fault(start, 'no condition');
  const iterable = reader.script.outputOf(conditions, reader.span(start));
  readLoopBody(reader, body, start);
  out.push({ kind: 'loop', binding: null, iterable, body, span: reader.span(start) });
  return true;
}

/** `for x in …; do …; done`, `for ((…)); do …; done`, `select`; in Zsh also `for x (…) …`. */
export function readFor(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  reader.at += wordAhead(reader).length;
  reader.skipBlanks();
  if (reader.peek() === OPEN_PAREN && reader.peek(1) === OPEN_PAREN) return readCounting(reader, out, start);
  const nameStart = reader.at;
  const name = readWord(reader);
  if (name === null) reader.fault(start, 'no variable');
  const binding: Expression | null =
    name?.kind === 'literal'
      ? { kind: 'name', name: String(name.value), span: reader.span(nameStart) }
      : name;
  reader.skipLines();
  // Without `in`, the loop goes over the arguments.
  let iterable: Expression = { kind: 'name', name: '@', span: reader.span(start) };
  const isListed = reader.peek() === OPEN_PAREN;
  if (isListed) {
    iterable = readList(reader);
  } else if (wordAhead(reader) === 'in') {
    reader.at += 'in'.length;
    iterable = readElements(reader);
  }
  const body: Statement[] = [];
  if (isListed) readShortBody(reader, body, start);
  else readLoopBody(reader, body, start);
  out.push({ kind: 'loop', binding, iterable, body, span: reader.span(start) });
  return true;
}

function readElements(reader: Reader): Expression {
  const start = reader.at;
  const elements: Expression[] = [];
  do reader.skipBlanks();
  while (readWords(reader, elements));
  return { kind: 'list', elements, span: reader.span(start) };
}

/** `( a b c )`. */
function readList(reader: Reader): Expression {
  const start = reader.at;
  reader.at += 1;
  const elements: Expression[] = [];
  do reader.skipLines();
  while (readWords(reader, elements));
  if (reader.peek() === CLOSE_PAREN) reader.at += 1;
  else reader.fault(start, 'no closing )');
  return { kind: 'list', elements, span: reader.span(start) };
}

/** A loop's body that may be one command, as in Zsh. */
function readShortBody(reader: Reader, body: Statement[], start: number): void {
  reader.skipBlanks();
  if (reader.peek() === SEMICOLON) reader.at += 1;
  reader.skipLines();
  if (wordAhead(reader) === 'do') readLoopBody(reader, body, start);
  else if (reader.grammar.command(reader, body) === null) reader.fault(start, 'no do');
}

/** `for ((a; b; c))`. */
function readCounting(reader: Reader, out: Statement[], start: number): boolean {
  reader.at += 2;
  const children: Expression[] = [];
  const opened = reader.at;
  while (children.length < 3) {
    children.push(readArithmetic(reader, SEMICOLON, CLOSE_PAREN));
    if (reader.peek() !== SEMICOLON) break;
    reader.at += 1;
  }
  if (reader.startsWith('))')) reader.at += 2;
  else reader.fault(opened, 'no closing ))');
  const iterable: Expression = { kind: 'other', children, span: reader.span(opened) };
  const body: Statement[] = [];
  readLoopBody(reader, body, start);
  out.push({ kind: 'loop', binding: null, iterable, body, span: reader.span(start) });
  return true;
}

/** Zsh: `foreach x (a b c) …; end`. */
export function readForeach(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  reader.at += 'foreach'.length;
  reader.skipBlanks();
  const name = wordAhead(reader);
  const nameStart = reader.at;
  reader.at += name.length;
  reader.skipBlanks();
  if (!/^[A-Za-z_]\w*$/.test(name) || reader.peek() !== OPEN_PAREN) {
    reader.at = start;
    return false;
  }
  const binding: Expression = { kind: 'name', name, span: reader.span(nameStart, nameStart + name.length) };
  const iterable = readList(reader);
  const body: Statement[] = [];
  reader.grammar.list(reader, body, END);
  expectCloser(reader, start, END);
  out.push({ kind: 'loop', binding, iterable, body, span: reader.span(start) });
  return true;
}

/** Zsh: `repeat 3 …`; a command of that name elsewhere. */
export function readRepeat(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  const found = /^repeat[ \t]+(?:\d+|\$\w+)[ \t;]*(?=do\s|\{\s)/.exec(reader.text.slice(start, start + 80));
  if (found === null) return false;
  reader.at += found[0].length;
  const body: Statement[] = [];
  readLoopBody(reader, body, start);
  out.push({ kind: 'loop', binding: null, iterable: null, body, span: reader.span(start) });
  return true;
}
