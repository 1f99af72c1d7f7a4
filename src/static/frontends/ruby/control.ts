import type { Expression, Statement } from '../../../model/program.ts';
import { skipPattern } from './patterns.ts';
import type { Reader } from './reader.ts';
import { rescued } from './rescue.ts';
import { assignment, expressionStatement, nameOf, other, targetOf } from './syntax.ts';

const ENDS = /end(?![\w?!]|:(?!:))/y;
const ENDS_BRANCH = /(?:end|else|elsif)(?![\w?!]|:(?!:))/y;
const ENDS_CASE = /(?:end|else|when|in)(?![\w?!]|:(?!:))/y;
/** More `elsif` than this stand side by side rather than in each other. */
const MAX_NESTED = 40;

function close(reader: Reader): void {
  if (reader.match(/end(?![\w?!])/y) === null) reader.trouble();
}

/** What is tested, and `then` or `do` behind it. */
function test(reader: Reader): Expression {
  reader.space();
  const value = reader.within(() => reader.grammar.expression(reader), { isDoTaken: true });
  reader.space();
  reader.match(/(?:;|\n)?\s*(?:then|do)(?![\w?!]|:(?!:))/y);
  return value;
}

function negated(value: Expression): Expression {
  return { kind: 'unary', operator: '!', operand: value, span: value.span };
}

/** `if … elsif … else … end`, `unless … else … end`. */
export function branching(reader: Reader, word: string, start: number): Statement {
  const arms: { test: Expression; body: Statement[]; start: number }[] = [];
  let last: Statement[] = [];
  let at = start;
  for (let next = word; ;) {
    if (next === 'else') {
      last = reader.grammar.statements(reader, ENDS);
      break;
    }
    const condition = test(reader);
    const body = reader.grammar.statements(reader, ENDS_BRANCH);
    arms.push({ test: next === 'unless' ? negated(condition) : condition, body, start: at });
    at = reader.at;
    const following = reader.match(/(?:elsif|else)(?![\w?!]|:(?!:))/y);
    if (following === null) break;
    next = following;
  }
  close(reader);
  const span = reader.spanFrom(start);
  if (arms.length > MAX_NESTED) {
    const [first] = arms;
    const tests = arms.map((arm) => arm.test);
    return {
      kind: 'branch',
      test: first === undefined ? other([], span) : other(tests, span),
      branches: [...arms.map(({ body }) => body), last],
      span,
    };
  }
  let made: Statement | null = null;
  for (const arm of arms.reverse()) {
    const otherwise: readonly Statement[] = made === null ? last : [made];
    const branches = otherwise.length === 0 ? [arm.body] : [arm.body, otherwise];
    made = { kind: 'branch', test: arm.test, branches, span: { start: arm.start, end: span.end } };
  }
  return made ?? { kind: 'block', bodies: [last], span };
}

/** `while … end`, `until … end`. */
export function looping(reader: Reader, word: string, start: number): Statement {
  const condition = test(reader);
  const body = reader.grammar.statements(reader, ENDS);
  close(reader);
  const iterable = word === 'until' ? negated(condition) : condition;
  return { kind: 'loop', binding: null, iterable, body, span: reader.spanFrom(start) };
}

/** `for a, b in list … end`. */
export function repeating(reader: Reader, start: number): Statement {
  const elements: Expression[] = [];
  do {
    reader.space();
    const target = targetOf(reader.grammar.operand(reader));
    if (target?.kind === 'name') reader.scope.declare(target.name);
    if (target !== null) elements.push(target);
    reader.space();
  } while (reader.take(','));
  reader.match(/in\b/y);
  const iterable = test(reader);
  const body = reader.grammar.statements(reader, ENDS);
  close(reader);
  const [only] = elements;
  const span = reader.spanFrom(start);
  const binding: Expression =
    elements.length === 1 && only !== undefined ? only : { kind: 'list', elements, span };
  return { kind: 'loop', binding, iterable, body, span };
}

/** Values after `when`. */
function values(reader: Reader): Expression[] {
  const found: Expression[] = [];
  do {
    reader.lines();
    found.push(reader.within(() => reader.grammar.argument(reader), { isDoTaken: true }));
    reader.space();
  } while (reader.take(','));
  return found;
}

/** `case x when 1, 2 then … else … end`, `case x in [a, b] …`. */
export function choosing(reader: Reader, start: number): Statement {
  reader.space();
  const isBare = reader.sees(/[\n;]/y);
  const written = isBare ? null : reader.grammar.expression(reader);
  // Patterns name parts of the subject, which is computed once.
  const isHeld = written !== null && written.kind !== 'name' && written.kind !== 'literal';
  const subject = isHeld ? nameOf('(case)', written.span) : written;
  reader.terminators();
  const tests: Expression[] = [];
  const branches: Statement[][] = [];
  for (;;) {
    reader.terminators();
    const word = reader.match(/(?:when|in|else)(?![\w?!]|:(?!:))/y);
    if (word === null) break;
    const first: Statement[] = [];
    if (word === 'when') tests.push(...values(reader));
    if (word === 'in') {
      const { names, guard } = skipPattern(reader);
      for (const name of names) first.push(assignment(name, subject ?? other([], name.span), name.span));
      if (guard !== null) first.push(expressionStatement(guard));
    }
    if (word !== 'else') reader.match(/[ \t]*(?:;|\n)?\s*then(?![\w?!]|:(?!:))/y);
    const body = reader.grammar.statements(reader, ENDS_CASE);
    branches.push(first.length === 0 ? body : [...first, ...body]);
  }
  close(reader);
  const span = reader.spanFrom(start);
  const list: Expression = { kind: 'list', elements: tests, span };
  const decides: Expression =
    subject === null
      ? other(tests, span)
      : {
          kind: 'binary',
          operator: '==',
          left: subject,
          right: tests.length === 1 ? (tests[0] ?? list) : list,
          span,
        };
  const branch: Statement = { kind: 'branch', test: decides, branches, span };
  return isHeld && subject !== null
    ? { kind: 'block', bodies: [[assignment(subject, written, written.span), branch]], span }
    : branch;
}

/** `begin … rescue … end`. */
export function beginning(reader: Reader, start: number): Statement {
  const body = reader.within(() => rescued(reader));
  const [only] = body;
  if (body.length === 1 && only?.kind === 'block') return only;
  return { kind: 'block', bodies: [body], span: reader.spanFrom(start) };
}
