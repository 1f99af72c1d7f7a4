import type { Expression, Statement } from '../../../model/program.ts';
import { forStatement, ifStatement, selectStatement, switchStatement } from './control.ts';
import { declaration } from './declarations.ts';
import { expressionList } from './expressions.ts';
import type { Reader } from './reader.ts';
import { simpleStatement, statementsOf } from './simple.ts';

/** Statements between braces, in a scope of their own unless the braces are a function's. */
export function block(reader: Reader): Statement[] {
  reader.expect('{');
  const found = statementList(reader, () => reader.isSign('}'));
  reader.expect('}');
  return found;
}

/** Statements up to what ends them. */
export function statementList(reader: Reader, isEnd: () => boolean): Statement[] {
  const found: Statement[] = [];
  while (!reader.isAtEnd && !isEnd()) {
    const before = reader.at;
    if (beginsFunction(reader)) {
      reader.trouble();
      break;
    }
    for (const each of statement(reader)) found.push(each);
    if (reader.take(';') || isEnd() || reader.isAtEnd) continue;
    if (reader.isSign('}')) break;
    reader.trouble();
    reader.skipStatement();
    if (reader.at === before) reader.at++;
  }
  return found;
}

/** A receiver is no longer (tokens). */
const MAX_RECEIVER = 12;

/** A function with a name begins a line, which none does within another: a brace is missing before it. */
function beginsFunction(reader: Reader): boolean {
  if (!reader.isSign('func') || (reader.start > 0 && reader.text[reader.start - 1] !== '\n')) return false;
  if (reader.isName(1)) return true;
  for (let ahead = 2; ahead < MAX_RECEIVER; ahead++)
    if (reader.isSign(')', ahead)) return reader.isName(ahead + 1) && reader.isSign('(', ahead + 2);
  return false;
}

function statement(reader: Reader): readonly Statement[] {
  // Labels.
  while (reader.isName() && reader.isSign(':', 1)) reader.at += 2;
  if (reader.isSign('}')) return [];
  switch (reader.word) {
    case 'if':
      return reader.deeper(() => reader.inBlock(() => ifStatement(reader)));
    case 'for':
      return reader.deeper(() => reader.inBlock(() => forStatement(reader)));
    case 'switch':
      return reader.deeper(() => reader.inBlock(() => switchStatement(reader)));
    case 'select':
      return reader.deeper(() => selectStatement(reader));
    case 'return':
      return [returned(reader)];
    case 'go':
    case 'defer':
      if (reader.take(reader.word)) return statementsOf(simpleStatement(reader));
      break;
    case 'break':
    case 'continue':
    case 'goto':
    case 'fallthrough':
      if (!reader.take(reader.word)) break;
      if (reader.isName()) reader.at++;
      return [];
    case 'var':
    case 'const':
    case 'type':
      return declaration(reader, true);
    case '{':
      return reader.deeper(() => reader.inBlock(() => block(reader)));
    case ';':
      return [];
    default:
  }
  return statementsOf(simpleStatement(reader));
}

/** What has names and is returned without being named. */
function returned(reader: Reader): Statement {
  const { start } = reader;
  reader.expect('return');
  const isBare = reader.isSign(';') || reader.isSign('}') || reader.isAtEnd;
  const values: Expression[] = isBare
    ? reader.results.map((name) => ({
        kind: 'name',
        name: reader.resolve(name),
        span: reader.spanFrom(start),
      }))
    : expressionList(reader);
  const [only] = values;
  const span = reader.spanFrom(start);
  if (only === undefined) return { kind: 'return', value: null, span };
  return {
    kind: 'return',
    value: values.length === 1 ? only : { kind: 'list', elements: values, span },
    span,
  };
}
