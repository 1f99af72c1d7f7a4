import type { Expression, Statement } from '../../../model/program.ts';
import { statementOfCall } from './lowered-calls.ts';
import { assignedStatement, expression, operand } from './operators.ts';
import { skipPattern } from './patterns.ts';
import type { Reader } from './reader.ts';
import { assigning, statementOf } from './results.ts';
import { assignment, expressionStatement, member, nameOf, other, targetOf } from './syntax.ts';

const MODIFIER = /(?:if|unless|while|until|rescue)(?![\w?!]|:(?!:))/y;
const ENDS_STATEMENT = /[\n;)}\]]|(?:end|rescue|else|elsif|ensure|when|in|then|do)(?![\w?!])/y;

/** Methods that change the object they are called on, by the one that gives a changed copy. */
const IN_PLACE: ReadonlySet<string> = new Set([
  ...['<<', 'concat', 'prepend', 'push', 'append', 'unshift', 'insert'],
  ...[
    'gsub!',
    'sub!',
    'reverse!',
    'tr!',
    'delete!',
    'upcase!',
    'downcase!',
    'swapcase!',
    'capitalize!',
    'squeeze!',
  ],
  ...[
    'map!',
    'collect!',
    'select!',
    'reject!',
    'rotate!',
    'strip!',
    'chomp!',
    'compact!',
    'flatten!',
    'uniq!',
    'shuffle!',
  ],
]);

/** `x << y`, `x.reverse!`: what the variable holds afterwards. Null for anything else. */
function changeInPlace(value: Expression): Statement | null {
  if (value.kind !== 'call' || value.callee.kind !== 'member') return null;
  const { object, property, span } = value.callee;
  if (!IN_PLACE.has(property)) return null;
  // `a << b << c`: the variable is at the beginning of the row.
  let root = object;
  for (let depth = 0; depth < 300 && root.kind === 'call'; depth++) {
    if (root.callee.kind !== 'member' || root.callee.property !== '<<') return null;
    root = root.callee.object;
  }
  const isVariable =
    root.kind === 'name' ||
    (root.kind === 'member' && root.object.kind === 'name' && root.object.name === 'self');
  if (!isVariable || (root.kind === 'name' && /^[A-Z]/.test(root.name) && property !== '<<')) return null;
  const call: Expression = property.endsWith('!')
    ? { ...value, callee: member(object, property.slice(0, -1), span) }
    : value;
  return assignment(root, call, value.span);
}

/** What a whole expression is as a statement. */
function asStatement(reader: Reader, value: Expression): Statement {
  const statement =
    statementOf(value) ?? assignedStatement(value) ?? statementOfCall(reader, value) ?? changeInPlace(value);
  if (statement !== null) return statement;
  if (value.kind === 'assignment') return assignment(value.target, value.value, value.span);
  if (value.kind === 'call' && value.callee.kind === 'name' && /^(?:raise|fail)$/.test(value.callee.name)) {
    const [only] = value.args;
    const operand =
      value.args.length === 1 && only !== undefined
        ? only.value
        : other(
            value.args.map((arg) => arg.value),
            value.span,
          );
    return expressionStatement({ kind: 'unary', operator: 'raise', operand, span: value.span });
  }
  return expressionStatement(value);
}

/** What is assigned to, and what is assigned if that was read along with the last name: `, b, *c = d`. */
interface Targets {
  readonly list: Extract<Expression, { kind: 'list' }>;
  readonly value: Expression | null;
}

/** Names of a multiple assignment behind the first one. */
function moreTargets(reader: Reader, first: Expression): Targets {
  const elements = [first];
  let value: Expression | null = null;
  while (value === null && reader.take(',')) {
    reader.lines();
    if (reader.sees(/=/y)) break;
    const before = reader.at;
    if (reader.match(/\*/y) !== null) reader.space();
    const read = reader.sees(/[=,]/y) ? null : operand(reader);
    if (reader.at === before) reader.stumble();
    if (read?.kind === 'assignment') {
      elements.push(read.target);
      ({ value } = read);
    } else if (read !== null) elements.push(targetOf(read) ?? read);
    reader.space();
  }
  return { list: { kind: 'list', elements, span: { start: first.span.start, end: reader.at } }, value };
}

function declare(reader: Reader, target: Expression): void {
  if (target.kind === 'name') reader.scope.declare(target.name);
  // Patterns nest no deeper than what was parsed.
  if (target.kind === 'list') for (const element of target.elements) declare(reader, element);
}

/** Values with commas between, behind the first one. */
function moreValues(reader: Reader, first: Expression): Expression {
  const elements = [first];
  while (reader.take(',')) {
    reader.lines();
    reader.match(/\*/y);
    elements.push(reader.grammar.argument(reader));
    reader.space();
  }
  return { kind: 'list', elements, span: { start: first.span.start, end: reader.at } };
}

/** `a, *b = c`. */
function multiple(reader: Reader, first: Expression): Statement {
  const { list, value } = moreTargets(reader, targetOf(first) ?? first);
  declare(reader, list);
  let given = value;
  if (given === null) {
    reader.space();
    if (reader.match(/=(?![=~>])/y) === null) {
      if (!reader.isAtEnd && !reader.sees(/[)]|in\b/y)) reader.trouble();
      return expressionStatement(list);
    }
    reader.lines();
    given = reader.grammar.expression(reader);
  }
  reader.space();
  const statement = statementOf(given);
  if (statement !== null) return assigning(statement, list);
  const all = reader.peek() === ',' ? moreValues(reader, given) : given;
  return assignment(list, all, { start: first.span.start, end: reader.at });
}

function simple(reader: Reader): Statement {
  const start = reader.at;
  if (reader.match(/\*(?=[a-z_@(])/y) !== null) {
    const target = targetOf(operand(reader)) ?? other([], reader.spanFrom(start));
    reader.space();
    if (reader.peek() === ',' || reader.peek() === '=') {
      return multiple(reader, target);
    }
    return expressionStatement(target);
  }
  const value = expression(reader);
  reader.space();
  if (reader.peek() === ',') {
    if (value.kind === 'assignment') {
      const all = moreValues(reader, value.value);
      return assignment(value.target, all, reader.spanFrom(start));
    }
    return multiple(reader, value);
  }
  if (reader.match(/=>|in\b(?!:)/y) !== null) {
    const { names } = skipPattern(reader);
    const bodies = [[expressionStatement(value), ...names.map((name) => assignment(name, value, name.span))]];
    return { kind: 'block', bodies, span: reader.spanFrom(start) };
  }
  return asStatement(reader, value);
}

/** A statement with what stands behind it: `x if y`, `x rescue y`. */
function statement(reader: Reader): Statement {
  let made = simple(reader);
  for (let turn = 0; turn < 40; turn++) {
    reader.space();
    const word = reader.match(MODIFIER);
    if (word === null) break;
    reader.lines();
    const value = reader.grammar.expression(reader);
    const span = { start: made.span.start, end: reader.at };
    if (word === 'rescue') made = { kind: 'block', bodies: [[made], [asStatement(reader, value)]], span };
    else {
      const test: Expression = /^un/.test(word)
        ? { kind: 'unary', operator: '!', operand: value, span: value.span }
        : value;
      made =
        word === 'if' || word === 'unless'
          ? { kind: 'branch', test, branches: [[made]], span }
          : { kind: 'loop', binding: null, iterable: test, body: [made], span };
    }
  }
  return made;
}

/** Statements up to what `closers` matches, which is left standing, or the end. */
export function statements(reader: Reader, closers: RegExp): Statement[] {
  const found: Statement[] = [];
  const { pending } = reader;
  reader.pending = [];
  for (;;) {
    reader.terminators();
    if (reader.isAtEnd || reader.sees(closers)) break;
    const before = reader.at;
    const made = reader.deeper(() => statement(reader));
    for (const earlier of reader.pending) found.push(earlier);
    reader.pending = [];
    if (reader.at === before) {
      reader.stumble();
      continue;
    }
    found.push(made);
    reader.space();
    if (!reader.isAtEnd && !reader.sees(ENDS_STATEMENT)) reader.trouble();
  }
  reader.pending = pending;
  return found;
}

/** Matches nothing: a whole text goes to its end. */
const NEVER = /(?!)/y;

/** A whole text. What closes something that was not opened is stepped over. */
export function program(reader: Reader): Statement[] {
  const body = statements(reader, NEVER);
  const first: Statement[] = [...reader.first];
  if (reader.dataAt >= 0) {
    const span = { start: reader.dataAt, end: reader.text.length };
    const text = reader.text.slice(reader.dataAt).replace(/^\r?\n/, '');
    first.push(assignment(nameOf('DATA', span), { kind: 'literal', value: text, span }, span));
  }
  if (first.length === 0) return body;
  for (const statement of body) first.push(statement);
  return first;
}
