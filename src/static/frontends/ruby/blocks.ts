import type { Expression, FunctionNode, ParameterNode, Statement } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { returning } from './results.ts';
import { Scope, UNNAMED_BLOCK } from './scope.ts';
import { assignment, nameOf } from './syntax.ts';
import { rescued } from './rescue.ts';

/** Parameters, and what their patterns take apart before the body. */
export interface Parameters {
  readonly list: ParameterNode[];
  readonly first: Statement[];
}

/** True when a block begins here, behind a call. */
export function startsBlock(reader: Reader): boolean {
  const before = reader.at;
  reader.space();
  const isBlock = reader.peek() === '{' || (!reader.context.isDoTaken && reader.sees(/do(?![\w?!]|:(?!:))/y));
  if (!isBlock) reader.at = before;
  return isBlock;
}

/** `(a, (b, c))` in parameters. */
function pattern(reader: Reader): Expression {
  const start = reader.at;
  reader.at++;
  const elements: Expression[] = [];
  while (!reader.isAtEnd) {
    reader.lines();
    if (reader.take(')')) break;
    if (reader.take(',')) continue;
    if (reader.peek() === '(') {
      elements.push(reader.deeper(() => pattern(reader)));
      continue;
    }
    const at = reader.at;
    reader.match(/\*/y);
    const name = reader.match(/[a-z_\u0080-\uffff][\w\u0080-\uffff]*/y);
    if (name !== null) {
      reader.scope.declare(name);
      elements.push(nameOf(name, reader.spanFrom(at)));
    } else if (reader.at === at) {
      reader.stumble();
      break;
    }
  }
  return { kind: 'list', elements, span: reader.spanFrom(start) };
}

/** Parameters up to what ends them, which is left standing. `isEnd` tells where that is. */
export function parameters(reader: Reader, isEnd: () => boolean, isBlock: boolean): Parameters {
  const found: Parameters = { list: [], first: [] };
  const { scope } = reader;
  for (;;) {
    reader.space();
    if (reader.isAtEnd || isEnd()) return found;
    const start = reader.at;
    if (reader.take(',')) {
      reader.lines();
      continue;
    }
    if (reader.match(/;/y) !== null) {
      // Variables of the block alone.
      for (let name = localName(reader); name !== null; name = localName(reader)) scope.declare(name);
      continue;
    }
    if (reader.peek() === '(') {
      const target = pattern(reader);
      const name = `(${String(found.list.length)})`;
      found.list.push({ name, default: null, rest: null });
      found.first.push(assignment(target, nameOf(name, target.span), target.span));
      continue;
    }
    const mark = reader.match(/\.\.\.|\*\*|[*&]/y);
    const name = reader.match(/[a-z_\u0080-\uffff][\w\u0080-\uffff]*/y);
    if (mark === '&') {
      const as = `${UNNAMED_BLOCK}${name ?? ''}`;
      scope.declare('&', as);
      if (name !== null) scope.declare(name, as);
      found.list.push({ name: as, default: null, rest: null });
      continue;
    }
    if (mark !== null) {
      reader.match(/nil\b/y);
      if (name !== null) scope.declare(name);
      found.list.push({ name: name ?? mark, default: null, rest: mark === '**' ? '**' : '*' });
      continue;
    }
    if (name === null) {
      reader.stumble();
      if (reader.sees(/[\n{]/y)) return found;
      continue;
    }
    scope.declare(name);
    found.list.push({ name, default: standard(reader, isBlock, isEnd), rest: null });
    if (reader.at === start) reader.stumble();
  }
}

/** Steps to the next parameter in parentheses; true when there is none. */
export function endsParentheses(reader: Reader): boolean {
  reader.lines();
  return reader.peek() === ')';
}

function localName(reader: Reader): string | null {
  reader.space();
  reader.match(/,\s*/y);
  return reader.match(/[a-z_]\w*/y);
}

/** The value that a parameter has when none is given: `a = 1`, `a: 1`; null for none. */
function standard(reader: Reader, isBlock: boolean, isEnd: () => boolean): Expression | null {
  if (reader.match(/:(?!:)/y) === null) {
    reader.space();
    if (reader.match(/=(?![=~>])/y) === null) return null;
  }
  reader.space();
  if (reader.isAtEnd || reader.sees(/[,\n)|]/y) || isEnd()) return null;
  return reader.within(() => reader.grammar.argument(reader), { isPipeTaken: isBlock });
}

const ENDS_BRACES = /\}/y;

/** The body of a function whose parameters are known. */
export function functionOf(
  reader: Reader,
  name: string | null,
  given: Parameters,
  body: readonly Statement[],
  start: number,
): FunctionNode {
  const { scope } = reader;
  const list = [...given.list];
  if (list.length === 0 && scope.numbered > 0)
    for (let at = 1; at <= scope.numbered; at++)
      list.push({ name: `_${String(at)}`, default: null, rest: null });
  else if (list.length === 0 && scope.takesIt) list.push({ name: 'it', default: null, rest: null });
  if (scope.yields && !list.some((each) => each.name.startsWith(UNNAMED_BLOCK)))
    list.push({ name: UNNAMED_BLOCK, default: null, rest: null });
  const whole = returning(body);
  return {
    name,
    parameters: list,
    decorators: [],
    body: given.first.length === 0 ? whole : [...given.first, ...whole],
    documentation: null,
    span: reader.spanFrom(start),
  };
}

/** `{ |x| … }` or `do |x| … end`. */
export function block(reader: Reader): Expression {
  const start = reader.at;
  return inBlock(reader, () => {
    const isBraced = reader.take('{');
    if (!isBraced) reader.at += 2;
    const given = blockParameters(reader);
    return body(reader, given, isBraced, start);
  });
}

function inBlock(reader: Reader, run: () => Expression): Expression {
  const { scope, pending } = reader;
  reader.scope = new Scope(scope);
  reader.pending = [];
  const made = reader.within(run);
  reader.scope = scope;
  reader.pending = pending;
  return made;
}

function blockParameters(reader: Reader): Parameters {
  reader.lines();
  if (!reader.take('|')) return { list: [], first: [] };
  reader.scope.hasParameters = true;
  const given = parameters(reader, () => reader.peek() === '|', true);
  reader.take('|');
  return given;
}

function body(reader: Reader, given: Parameters, isBraced: boolean, start: number): Expression {
  let statements: readonly Statement[];
  if (isBraced) {
    statements = reader.grammar.statements(reader, ENDS_BRACES);
    if (!reader.take('}')) reader.trouble();
  } else statements = rescued(reader);
  const definition = functionOf(reader, null, given, statements, start);
  return { kind: 'function', definition, span: definition.span };
}

/** `->(x) { … }`; the arrow has been stepped over. */
export function arrow(reader: Reader, start: number): Expression {
  return inBlock(reader, () => {
    reader.space();
    let given: Parameters = { list: [], first: [] };
    if (reader.take('(')) {
      given = parameters(reader, () => endsParentheses(reader), false);
      reader.take(')');
      reader.scope.hasParameters = true;
    } else if (reader.sees(/[a-z_*&(]/y) && !reader.sees(/do\b/y)) {
      given = parameters(reader, () => reader.sees(/\{|do\b/y), false);
      reader.scope.hasParameters = true;
    }
    reader.space();
    const isBraced = reader.take('{');
    if (!isBraced && reader.match(/do\b/y) === null) {
      reader.trouble();
      return { kind: 'other', children: [], span: reader.spanFrom(start) };
    }
    return body(reader, given, isBraced, start);
  });
}
