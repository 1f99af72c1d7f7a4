import type { Expression, Statement } from '../../../model/program.ts';
import { BACKQUOTE, BACKSLASH, CLOSE_PAREN, DOLLAR, DOUBLE_QUOTE, GREATER } from './characters.ts';
import { PARENTHESIS } from './keywords.ts';
import { append } from './script.ts';
import { END_OF_TEXT, Reader } from './reader.ts';
import { pipeInto } from './streams.ts';
import { WRITTEN } from './written.ts';

/**
 * Reads `$(…)`, `<(…)`, `>(…)`: the output of what is inside. What is written to `>(…)` stands under a name that no variable can have, and
 * the whole is an assignment to it: whoever writes gives it its value.
 * @param opening length of what opens it
 */
export function readSubstitution(reader: Reader, opening: number): Expression {
  const start = reader.at;
  const { script } = reader;
  const isWritten = reader.peek() === GREATER;
  const since = script.calls.length;
  reader.at += opening;
  const value = reader.deeper(
    () => outputOf(reader, start),
    [')'],
    (flat): Expression => ({ kind: 'other', children: [flat], span: reader.span(start) }),
  );
  if (!isWritten) return value;
  const span = reader.span(start);
  const target: Expression = { kind: 'name', name: `${WRITTEN} ${String(reader.place(start))}>`, span };
  const only = script.calls.length === since + 1 ? (script.calls[since] ?? null) : null;
  pipeInto(script, since, only, target, []);
  return { kind: 'assignment', target, value, span };
}

function outputOf(reader: Reader, start: number): Expression {
  const { script, pending, outerClosers, isInSubstitution } = reader;
  const calls = script.calls.length;
  reader.pending = [];
  reader.outerClosers = 0;
  reader.isInSubstitution = true;
  const statements: Statement[] = [];
  reader.grammar.list(reader, statements, PARENTHESIS);
  if (reader.peek() === CLOSE_PAREN) reader.at += 1;
  else reader.fault(start, 'no closing )');
  script.capture(calls);
  append(pending, reader.pending);
  reader.pending = pending;
  reader.outerClosers = outerClosers;
  reader.isInSubstitution = isInSubstitution;
  return fileRead(statements) ?? script.outputOf(statements, reader.span(start));
}

/** `$(< file)` reads the file without a command. */
function fileRead(statements: readonly Statement[]): Expression | null {
  const [only] = statements;
  if (statements.length !== 1 || only?.kind !== 'expression' || only.expression.kind !== 'call') return null;
  const { callee, args, span } = only.expression;
  const [file] = args;
  if (callee.kind !== 'name' || callee.name !== ':<' || file === undefined) return null;
  return {
    kind: 'call',
    callee: { kind: 'name', name: 'cat', span },
    args: [{ name: null, value: file.value }],
    span,
  };
}

/**
 * Reads `` `…` ``. A backslash inside takes the special meaning from a backquote, a dollar sign and a backslash (and between double
 * quotes from a quote) before the text is read as commands (POSIX, 2.6.3).
 */
export function readBackquoted(reader: Reader, isQuoted: boolean): Expression {
  const { text, end, script } = reader;
  const start = reader.at;
  let close = start + 1;
  let hasEscapes = false;
  while (close < end && text.charCodeAt(close) !== BACKQUOTE) {
    hasEscapes ||= text.charCodeAt(close) === BACKSLASH;
    close += text.charCodeAt(close) === BACKSLASH ? 2 : 1;
  }
  if (close >= end) {
    reader.fault(start, 'no closing `');
    reader.at += 1;
    return { kind: 'literal', value: '', span: reader.span(start) };
  }
  const inner = hasEscapes
    ? withoutEscapes(reader, start + 1, close, isQuoted)
    : reader.part(start + 1, close);
  reader.at = close + 1;
  const span = reader.span(start);
  const calls = script.calls.length;
  const statements: Statement[] = [];
  const value = inner.deeper(
    () => {
      inner.grammar.list(inner, statements, 0);
      return script.outputOf(statements, span);
    },
    [END_OF_TEXT],
    (flat) => flat,
  );
  script.capture(calls);
  return value;
}

function withoutEscapes(reader: Reader, from: number, to: number, isQuoted: boolean): Reader {
  const { text } = reader;
  const offsets: number[] = [];
  const kept: string[] = [];
  let copied = from;
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      const isEscape =
        next === BACKQUOTE || next === DOLLAR || next === BACKSLASH || (isQuoted && next === DOUBLE_QUOTE);
      if (isEscape) {
        kept.push(text.slice(copied, at));
        at += 1;
        copied = at;
      } else {
        offsets.push(at);
        at += 1;
      }
    }
    offsets.push(at);
  }
  kept.push(text.slice(copied, to));
  offsets.push(to);
  return new Reader(kept.join(''), reader.script, reader.grammar, reader.placesOf(offsets));
}
