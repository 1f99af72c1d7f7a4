import type { Expression, Statement } from '../../../model/program.ts';
import { pipeline } from './commands.ts';
import { keyword } from './keywords.ts';
import { expression, unary } from './operators.ts';
import { attribute } from './parameters.ts';
import { type Grammar, nameOf, type Reader } from './reader.ts';
import { primary } from './values.ts';

/** The grammar's parts, for those that come before it. */
const GRAMMAR: Grammar = {
  statements: (reader) => statements(reader),
  pipeline: (reader) => pipeline(reader, GRAMMAR),
  expression: (reader) => expression(reader, GRAMMAR),
  operand: (reader) => unary(reader, GRAMMAR),
  inner: (reader) => {
    const inside = simple(reader);
    if (inside.kind === 'expression') return inside.expression;
    const { target, value, span } = inside;
    return { kind: 'assignment', target, value, span };
  },
};

/** An assignment, a pipeline, or several with `&&` and `||`. */
function simple(reader: Reader): Extract<Statement, { kind: 'expression' | 'assign' }> {
  const start = reader.at;
  if (reader.sees(/[$[(@]/y) && !reader.sees(/\$\(|@\(|@["']/y)) {
    const { comments, problemAt, pending } = reader;
    reader.pending = [];
    const count = comments.length;
    const target = assignable(reader);
    reader.skip();
    const operator = target === null ? null : reader.match(/(?:[-+*/%]|\?\?)?=(?!=)/y);
    if (target !== null && operator !== null) {
      reader.pending.unshift(...pending);
      reader.skip(true);
      const value = valueOf(reader);
      return { kind: 'assign', target, value, operator, span: reader.spanFrom(start) };
    }
    comments.length = count;
    reader.problemAt = problemAt;
    reader.pending = pending;
    reader.at = start;
  }
  const value = GRAMMAR.pipeline(reader);
  return { kind: 'expression', expression: value, span: reader.spanFrom(start) };
}

/** What may stand on the left: `$x`, `[int]$x`, `$x.y`, `$a, $b`, `$env:X`. */
function assignable(reader: Reader): Expression | null {
  while (reader.match(/\[[A-Za-z][\w.]*(?:\[[\w., ]*\])?\]\s*(?=[$[])/y) !== null);
  if (reader.match(/\(\s*(?=\$\w+\s*(?:,\s*\$\w+\s*)*\)\s*=)/y) !== null) {
    const inside = assignable(reader);
    reader.skip();
    reader.take(')');
    return inside;
  }
  if (reader.sees(/\$null\s*=/iy)) {
    const start = reader.at;
    reader.match(/\$null/iy);
    return nameOf('$null', reader.spanFrom(start));
  }
  if (!reader.sees(/\$|\[[A-Za-z][\w.]*\]::/y)) return null;
  const one = (): Expression => reader.once(() => primary(reader, GRAMMAR));
  const elements = [one()];
  reader.skip();
  while (reader.sees(/,\s*\$/y)) {
    reader.match(/,\s*/y);
    elements.push(one());
    reader.skip();
  }
  const [only] = elements;
  if (elements.length > 1)
    return { kind: 'list', elements, span: { start: only!.span.start, end: reader.at } };
  return only?.kind === 'name' || only?.kind === 'member' || only?.kind === 'index' ? only : null;
}

/** What is assigned: a pipeline, another assignment, or the output of a statement. */
function valueOf(reader: Reader): Expression {
  const start = reader.at;
  if (reader.sees(/(?:if|foreach|for|while|do|switch|try)(?=[\s({])/iy)) {
    const statement = reader.deeper(() => keyword(reader, GRAMMAR));
    if (statement !== null) reader.pending.push(statement);
    return { kind: 'other', children: [], span: reader.spanFrom(start) };
  }
  const inner = reader.deeper(() => simple(reader));
  if (inner.kind === 'expression') return inner.expression;
  reader.pending.push(inner);
  return inner.target;
}

/** Statements up to a closing brace or parenthesis, which is left standing, or the text's end. */
function statements(reader: Reader): Statement[] {
  const found: Statement[] = [];
  const { pending } = reader;
  reader.pending = [];
  for (;;) {
    reader.skip(true);
    if (reader.match(/;|&&|\|\||&(?=[ \t]*(?:[\r\n;]|$))/y) !== null) continue;
    if (reader.isAtEnd || reader.sees(/[)}]/y)) break;
    const before = reader.at;
    // A label of a loop.
    if (reader.match(/:\w+\s+(?=foreach|for|while|do|switch)/iy) !== null) continue;
    if (reader.sees(/\[\w+\(/y) && attribute(reader, GRAMMAR)) continue;
    const statement = reader.deeper(() => keyword(reader, GRAMMAR) ?? simple(reader), true);
    for (const earlier of reader.pending) found.push(earlier);
    found.push(statement);
    reader.pending = [];
    if (reader.at === before) reader.stumble();
  }
  reader.pending = pending;
  return found;
}

/** A whole text: closing marks without an opening one are stepped over. */
export function program(reader: Reader): Statement[] {
  const body: Statement[] = [];
  while (!reader.isAtEnd) {
    // One by one: a call takes some hundred thousand arguments at most.
    for (const statement of statements(reader)) body.push(statement);
    if (!reader.isAtEnd) reader.stumble();
  }
  return body;
}
