import type { Expression, Span, Statement } from '../../../model/program.ts';
import { AMPERSAND, NEWLINE, PIPE, SEMICOLON } from './characters.ts';
import { closerAhead } from './closers.ts';
import { closerOf, END, OPENING_BRACE, wordAhead } from './keywords.ts';
import { readPipeline } from './pipelines.ts';
import type { Reader } from './reader.ts';
import { append } from './script.ts';

/** A longer chain of `&&` and `||` is taken as one command after the other. */
const MAX_CHAIN = 32;

/**
 * Reads commands up to a word that ends the list, which stays, or to the end of the text. Words that end nothing here are reported and
 * skipped; those that end something further out end this list too.
 * @param closers what ends the list, as a mask; 0: only the end of the text
 */
export function readList(reader: Reader, out: Statement[], closers: number): void {
  const { outerClosers, listClosers } = reader;
  const expected = closers | outerClosers;
  reader.outerClosers = expected & ~(OPENING_BRACE | END);
  reader.listClosers = closers;
  for (;;) {
    reader.skipLines();
    const before = reader.at;
    if (reader.peek() < 0) break;
    const closer = closerAhead(reader);
    if ((closer & expected) !== 0) break;
    if (closer === 0 && readAndOr(reader, out)) {
      reader.skipBlanks();
      // Zsh has `{` behind a condition, on its line.
      if ((closers & OPENING_BRACE) !== 0 && wordAhead(reader) === '{') break;
      endStatement(reader);
      if (reader.at > before) continue;
    }
    reader.fault(before, `unexpected ${wordAhead(reader) || reader.text.slice(before, before + 1)}`);
    skipStray(reader);
  }
  reader.outerClosers = outerClosers;
  reader.listClosers = listClosers;
}

function endStatement(reader: Reader): void {
  const code = reader.peek();
  if (code === SEMICOLON && closerAhead(reader) === 0) {
    reader.at += 1;
  } else if (code === AMPERSAND && reader.peek(1) !== AMPERSAND) {
    reader.at += 1;
    // Zsh: `&!` and `&|` also let go of the command.
    if ((reader.peek() === PIPE && reader.peek(1) !== PIPE) || reader.startsWith('!\n')) reader.at += 1;
  } else if (code === NEWLINE) {
    reader.newLine();
  } else if (code >= 0 && closerAhead(reader) === 0) {
    reader.fault(reader.at, `unexpected ${reader.text.slice(reader.at, reader.at + 1)}`);
  }
}

function skipStray(reader: Reader): void {
  const word = wordAhead(reader);
  reader.at += closerOf(word) === 0 ? (reader.startsWith(';;') ? 2 : 1) : word.length;
}

/** Reads commands joined by `&&` and `||`: each is the test that guards the next. @returns false when no command stands there */
function readAndOr(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  return reader.script.statement(out, () => {
    const first: Statement[] = [];
    if (!readPipeline(reader, first)) return false;
    const operands = [first];
    const operators: string[] = [];
    for (;;) {
      reader.skipBlanks();
      const code = reader.peek();
      if ((code !== AMPERSAND && code !== PIPE) || reader.peek(1) !== code) break;
      const at = reader.at;
      reader.at += 2;
      reader.skipLines();
      const next: Statement[] = [];
      if (closerOf(wordAhead(reader)) !== 0 || !readPipeline(reader, next)) {
        reader.fault(at, `nothing behind ${code === PIPE ? '||' : '&&'}`);
        break;
      }
      operators.push(code === PIPE ? '||' : '&&');
      operands.push(next);
    }
    if (operators.length === 0 || operators.length > MAX_CHAIN) {
      for (const operand of operands) append(out, operand);
    } else {
      pushGuarded(reader, out, operands, operators, reader.span(start));
    }
    return true;
  });
}

function pushGuarded(
  reader: Reader,
  out: Statement[],
  operands: readonly Statement[][],
  operators: readonly string[],
  span: Span,
): void {
  const { script } = reader;
  let test = script.outputOf(operands[0]!, spanOf(operands[0]!, span));
  for (let at = 1; at < operators.length; at++) {
    const right = script.outputOf(operands[at]!, spanOf(operands[at]!, span));
    const both = { start: test.span.start, end: right.span.end };
    test = { kind: 'binary', operator: operators[at - 1]!, left: test, right, span: both };
  }
  const guard: Expression =
    operators.at(-1) === '&&' ? test : { kind: 'unary', operator: '!', operand: test, span: test.span };
  out.push({ kind: 'branch', test: guard, branches: [operands.at(-1)!], span });
}

function spanOf(statements: readonly Statement[], otherwise: Span): Span {
  const first = statements[0];
  return first === undefined ? otherwise : { start: first.span.start, end: statements.at(-1)!.span.end };
}
