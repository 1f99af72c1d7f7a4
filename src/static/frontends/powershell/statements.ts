import type { Expression, ParameterNode, Statement } from '../../../model/program.ts';
import { pipeline } from './commands.ts';
import { expression, primary, returning } from './expressions.ts';
import { type Grammar, literal, nameOf, type Reader } from './reader.ts';

/** The grammar's parts, for those that come before it. */
const GRAMMAR: Grammar = {
  statements: (reader) => statements(reader),
  pipeline: (reader) => pipeline(reader, GRAMMAR),
  expression: (reader) => expression(reader, GRAMMAR),
  inner: (reader) => {
    const inside = simple(reader);
    if (inside.kind === 'expression') return inside.expression;
    const { target, value, span } = inside;
    return { kind: 'assignment', target, value, span };
  },
};

/** `{ … }`; nothing when none begins here. */
function block(reader: Reader): Statement[] {
  reader.skip(true);
  if (!reader.take('{')) return [];
  const body = reader.deeper(() => statements(reader), true);
  reader.take('}');
  return body;
}

function condition(reader: Reader): Expression {
  reader.skip(true);
  const start = reader.at;
  if (!reader.take('(')) return literal(true, reader.spanFrom(start));
  reader.skip(true);
  const test = reader.deeper(() => GRAMMAR.inner(reader), true);
  closeParenthesis(reader);
  return test;
}

function closeParenthesis(reader: Reader): void {
  reader.skip(true);
  while (!reader.isAtEnd && !reader.take(')')) {
    reader.stumble();
    reader.skip(true);
  }
}

/** `[ValidateScript({ … })]`: what stands in an attribute may run; false when none begins here. */
function attribute(reader: Reader): boolean {
  const start = reader.at;
  if (reader.match(/\[[A-Za-z][\w.]*\s*(?=\()/y) === null) return false;
  reader.at++;
  for (;;) {
    reader.skip(true);
    if (reader.isAtEnd || reader.take(')')) break;
    if (reader.take(',')) continue;
    const before = reader.at;
    reader.match(/\w+\s*=\s*/y);
    const value = reader.deeper(() => GRAMMAR.expression(reader), false);
    if (value.kind !== 'literal')
      reader.pending.push({ kind: 'expression', expression: value, span: reader.spanFrom(start) });
    if (reader.at === before) reader.stumble();
  }
  reader.skip(true);
  reader.take(']');
  return true;
}

/** `param($a, [string]$b = 'x')` and the list behind a function's name. */
function parameters(reader: Reader): ParameterNode[] {
  const found: ParameterNode[] = [];
  reader.skip(true);
  if (!reader.take('(')) return found;
  for (;;) {
    reader.skip(true);
    if (reader.isAtEnd || reader.take(')')) return found;
    if (reader.take(',')) continue;
    const before = reader.at;
    // Attributes and types.
    if (reader.match(/\[[A-Za-z][\w.]*(?:\[\])?\]/y) !== null) continue;
    if (attribute(reader)) continue;
    const name = reader.match(/\$\w+/y);
    if (name === null) {
      primary(reader, GRAMMAR);
      if (reader.at === before) reader.stumble();
      continue;
    }
    reader.skip(true);
    const value = reader.take('=')
      ? (reader.skip(true), reader.deeper(() => GRAMMAR.expression(reader), false))
      : null;
    found.push({ name: name.toLowerCase(), default: value, rest: null });
  }
}

function functionOf(reader: Reader, start: number): Statement {
  reader.skip();
  const name = reader.match(/[\w:-]+/y) ?? '';
  const listed = parameters(reader);
  reader.skip(true);
  const given: ParameterNode[] = [];
  let body: Statement[] = [];
  if (reader.take('{')) {
    reader.skip(true);
    while (attribute(reader)) reader.skip(true);
    if (reader.match(/param(?=\s*\()/iy) !== null) given.push(...parameters(reader));
    body = reader.deeper(() => statements(reader));
    reader.take('}');
  }
  const span = reader.spanFrom(start);
  const definition = {
    name: name.toLowerCase().replace(/^(?:global|script|local):/, ''),
    parameters: [...listed, ...given],
    decorators: [],
    body: returning(body),
    documentation: null,
    span,
  };
  return { kind: 'function', definition, span };
}

/** A statement that a keyword begins; null when none does. */
function keyword(reader: Reader): Statement | null {
  const start = reader.at;
  const word = reader
    .match(
      /(?:if|elseif|else|foreach|for|while|do|switch|try|catch|finally|trap|function|filter|workflow|class|enum|param|begin|process|end|dynamicparam|return|throw|exit|break|continue|using|until|data)(?=[\s({;}]|$)/iy,
    )
    ?.toLowerCase();
  const done = (
    kind: 'branch' | 'block',
    test: Expression | null,
    bodies: readonly (readonly Statement[])[],
  ): Statement => {
    const span = reader.spanFrom(start);
    return kind === 'branch'
      ? { kind, test: test ?? literal(true, span), branches: bodies, span }
      : { kind, bodies, span };
  };
  switch (word) {
    case undefined:
      return null;
    case 'if': {
      const test = condition(reader);
      const branches = [block(reader)];
      for (;;) {
        const before = reader.at;
        reader.skip(true);
        const next = reader.match(/else(?:if)?(?=[\s({])/iy)?.toLowerCase();
        if (next === undefined) {
          reader.at = before;
          return done('branch', test, branches);
        }
        if (next === 'elseif') {
          const other = condition(reader);
          branches.push([done('branch', other, [block(reader)])]);
        } else branches.push(block(reader));
      }
    }
    case 'foreach': {
      reader.skip(true);
      if (!reader.take('(')) {
        reader.at = start;
        return null;
      }
      reader.skip(true);
      const binding = primary(reader, GRAMMAR);
      reader.skip(true);
      reader.match(/in\b/iy);
      reader.skip(true);
      const iterable = reader.deeper(() => GRAMMAR.pipeline(reader));
      closeParenthesis(reader);
      return { kind: 'loop', binding, iterable, body: block(reader), span: reader.spanFrom(start) };
    }
    case 'for': {
      reader.skip(true);
      reader.take('(');
      const head = reader.deeper(() => statements(reader));
      reader.take(')');
      const loop: Statement = {
        kind: 'loop',
        binding: null,
        iterable: null,
        body: block(reader),
        span: reader.spanFrom(start),
      };
      return done('block', null, [[...head, loop]]);
    }
    case 'while':
    case 'until': {
      const test = condition(reader);
      return {
        kind: 'loop',
        binding: null,
        iterable: test,
        body: block(reader),
        span: reader.spanFrom(start),
      };
    }
    case 'do': {
      const body = block(reader);
      reader.skip(true);
      reader.match(/(?:while|until)\b/iy);
      return { kind: 'loop', binding: null, iterable: condition(reader), body, span: reader.spanFrom(start) };
    }
    case 'switch': {
      reader.skip();
      while (reader.match(/-\w+\s*/y) !== null);
      const test = condition(reader);
      reader.skip(true);
      const branches: Statement[][] = [];
      if (reader.take('{')) {
        for (;;) {
          reader.skip(true);
          if (reader.take(';')) continue;
          if (reader.isAtEnd || reader.take('}')) break;
          const before = reader.at;
          if (reader.peek() !== '{') primary(reader, GRAMMAR);
          branches.push(block(reader));
          if (reader.at === before) reader.stumble();
        }
      }
      return done('branch', test, branches);
    }
    case 'try':
    case 'catch':
    case 'finally':
    case 'trap':
    case 'begin':
    case 'process':
    case 'end':
    case 'dynamicparam':
    case 'else':
    case 'elseif':
      reader.skip(true);
      while (reader.match(/\[[\w.]+\]\s*,?\s*/y) !== null);
      return done('block', null, [block(reader)]);
    case 'function':
    case 'filter':
    case 'workflow':
      return functionOf(reader, start);
    case 'class':
    case 'enum':
    case 'data':
      reader.match(/[^{\r\n]{0,400}/y);
      return done('block', null, [block(reader)]);
    case 'param':
      return {
        kind: 'block',
        bodies: [
          parameters(reader).map((parameter): Statement => {
            const span = reader.spanFrom(start);
            const value = parameter.default ?? { kind: 'other', children: [], span };
            return { kind: 'assign', target: nameOf(parameter.name, span), value, operator: '=', span };
          }),
        ],
        span: reader.spanFrom(start),
      };
    case 'using':
    case 'break':
    case 'continue':
      reader.match(/[^\r\n;}]{0,400}/y);
      return done('block', null, []);
    default: {
      // return, throw, exit
      reader.skip();
      const value = reader.isAtEnd || reader.sees(/[\r\n;})]/y) ? null : GRAMMAR.pipeline(reader);
      return { kind: 'return', value, span: reader.spanFrom(start) };
    }
  }
}

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
    const statement = reader.deeper(() => keyword(reader));
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
    if (reader.sees(/\[\w+\(/y) && attribute(reader)) continue;
    const statement = reader.deeper(() => keyword(reader) ?? simple(reader), true);
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
