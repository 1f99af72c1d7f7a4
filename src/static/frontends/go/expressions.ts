import type { ArgumentNode, Expression, FunctionNode, Statement } from '../../../model/program.ts';
import { functionOf } from './functions.ts';
import { composite, literal } from './literals.ts';
import type { Reader } from './reader.ts';
import { sum } from './sums.ts';
import { KIND } from './tokens.ts';
import { beginsType, isBasicType, signature, type, type Type, typeNamed, zeroOf } from './types.ts';

const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['||', 1],
  ['&&', 2],
  ...['==', '!=', '<', '<=', '>', '>='].map((sign) => [sign, 3] as const),
  ...['+', '-', '|', '^'].map((sign) => [sign, 4] as const),
  ...['*', '/', '%', '<<', '>>', '&', '&^'].map((sign) => [sign, 5] as const),
]);

/** So many operators or members in a row are kept as they are. */
const MAX_ROW = 300;

/** An expression, or a type where one may stand. */
export function expression(reader: Reader): Expression {
  return reader.deeper(() => binary(reader, 1));
}

/** Takes a row that is too long apart: what stands in it is kept. */
function apart(reader: Reader, operands: readonly Expression[], start: number): Expression {
  reader.isCutOff = true;
  return { kind: 'other', children: operands, span: reader.spanFrom(start) };
}

function binary(reader: Reader, least: number): Expression {
  const { start } = reader;
  let left = unary(reader);
  for (let length = 0; ; length++) {
    const operator = reader.kind === KIND.operator ? reader.word : '';
    const precedence = PRECEDENCE.get(operator) ?? 0;
    if (precedence < least) return left;
    if (operator === '+') {
      left = sum(reader, left, start, () => binary(reader, precedence + 1));
      continue;
    }
    reader.at++;
    const right = binary(reader, precedence + 1);
    left =
      length < MAX_ROW
        ? { kind: 'binary', operator, left, right, span: reader.spanFrom(start) }
        : apart(reader, left.kind === 'other' ? [...left.children.slice(0, 1), right] : [left, right], start);
  }
}

/** Signs in front of an operand that leave it what it is: an address, what stands at one, what comes out of a channel. */
const SAME: ReadonlySet<string> = new Set(['&', '*', '+', '<-']);

function unary(reader: Reader): Expression {
  const { start } = reader;
  const signs: { readonly sign: string; readonly start: number }[] = [];
  while (['&', '*', '+', '<-', '-', '!', '^', '&&'].some((sign) => reader.isSign(sign))) {
    signs.push({ sign: reader.word, start: reader.start });
    reader.at++;
  }
  let value = postfix(reader, start);
  if (signs.length > MAX_ROW) return apart(reader, [value], start);
  for (const { sign, start: from } of signs.reverse()) {
    if (SAME.has(sign) || sign === '&&') continue;
    const operator = sign === '^' ? '~' : sign;
    value = { kind: 'unary', operator, operand: value, span: reader.spanFrom(from) };
  }
  return value;
}

/** An operand with everything that is done to it. */
function postfix(reader: Reader, from: number): Expression {
  const { start } = reader;
  let value = operand(reader);
  const rest: Expression[] = [];
  for (let length = 0; !reader.isAtEnd; length++) {
    if (length > MAX_ROW) {
      // What comes further on is called on something that is not known any more.
      reader.isCutOff = true;
      rest.push(value);
      value = { kind: 'other', children: [], span: reader.spanFrom(start) };
      length = 0;
    }
    const next = step(reader, value, start);
    if (next === null) break;
    value = next;
  }
  return rest.length === 0 ? value : apart(reader, [...rest, value], from);
}

/** `.name`, `.(T)`, `[…]`, `(…)` or `{…}` behind a value; null when nothing of it stands here. */
function step(reader: Reader, value: Expression, start: number): Expression | null {
  if (reader.take('.')) {
    if (reader.take('(')) {
      if (!reader.take('type')) type(reader);
      reader.expect(')');
      return value;
    }
    const property = reader.expectName();
    return { kind: 'member', object: value, property, span: reader.spanFrom(start) };
  }
  if (reader.isSign('(')) {
    const args = callArguments(reader);
    return { kind: 'call', callee: value, args, span: reader.spanFrom(start) };
  }
  if (reader.isSign('[')) {
    const { isHeader } = reader;
    return reader.inHeader(false, () => indexed(reader, value, start, isHeader));
  }
  if (!reader.isSign('{') || reader.isHeader || !isTypeName(value)) return null;
  return composite(reader, typeNamed(value), start);
}

/** `T`, `pkg.T`: what a value in braces may be of. */
function isTypeName(value: Expression): boolean {
  return value.kind === 'name' || (value.kind === 'member' && value.object.kind === 'name');
}

function callArguments(reader: Reader): ArgumentNode[] {
  const args: ArgumentNode[] = [];
  reader.expect('(');
  reader.inHeader(false, () => {
    while (!reader.isAtEnd && !reader.isSign(')')) {
      const before = reader.at;
      const value = expression(reader);
      args.push({ name: reader.take('...') ? '*' : null, value });
      if (!reader.take(',')) break;
      if (reader.at === before) break;
    }
  });
  reader.expect(')');
  return args;
}

/** `a[i]`, `a[i:j]`, or `f[T]` of something generic, which is `f`. */
function indexed(reader: Reader, object: Expression, start: number, isHeader: boolean): Expression {
  const isType = beginsTypeArgument(reader);
  reader.expect('[');
  const bounds: (Expression | null)[] = [null];
  let isSlice = false;
  while (!reader.isAtEnd && !reader.isSign(']')) {
    if (reader.take(':')) {
      isSlice = true;
      bounds.push(null);
    } else if (reader.take(',')) bounds.push(null);
    else {
      const before = reader.at;
      bounds[bounds.length - 1] = expression(reader);
      if (reader.at === before) break;
    }
  }
  reader.expect(']');
  const span = reader.spanFrom(start);
  const [first = null, second = null, most = null] = bounds;
  const stop: Expression | null =
    second === null || most === null ? second : { kind: 'other', children: [second, most], span };
  if (isSlice) return { kind: 'slice', object, start: first, stop, step: null, span };
  const isInstance = bounds.length > 1 || first === null || isType || isTypeArgument(first, reader, isHeader);
  return isInstance ? object : { kind: 'index', object, index: first, span };
}

/** The name of a basic type stands in brackets. */
function beginsTypeArgument(reader: Reader): boolean {
  const inside = reader.isName(1) ? (reader.tokens.words[reader.at + 1] ?? '') : '';
  return isBasicType(inside) && (reader.isSign(']', 2) || reader.isSign(',', 2));
}

/** `f[T](…)`, `T[k]{…}`: the name of a type, behind which it goes on as behind a function or a type. */
function isTypeArgument(index: Expression, reader: Reader, isHeader: boolean): boolean {
  if (reader.isSign('{')) return !isHeader;
  const name = index.kind === 'name' ? index.name : index.kind === 'member' ? index.property : '';
  const isEmpty = (index.kind === 'list' && index.elements.length === 0) || index.kind === 'record';
  return reader.isSign('(') && (isEmpty || /^\p{Lu}/u.test(name));
}

function operand(reader: Reader): Expression {
  const { start } = reader;
  if (reader.isName()) {
    const name = reader.expectName();
    const span = reader.spanFrom(start);
    if (reader.scope?.find(name) === null || reader.scope === null) {
      if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', span };
      if (name === 'nil') return { kind: 'literal', value: null, span };
    }
    return { kind: 'name', name: reader.resolve(name), span };
  }
  if (reader.kind >= KIND.number) return literal(reader);
  if (reader.isSign('func')) return functionLiteral(reader);
  if (reader.take('(')) {
    const value = reader.inHeader(false, () => expression(reader));
    reader.expect(')');
    return value;
  }
  if (beginsType(reader)) return ofType(reader, start);
  reader.trouble();
  return { kind: 'other', children: [], span: { start, end: start } };
}

/** `[]T{…}` is a value, `[]T(x)` is `x`; a type alone is given to `make` and its like, and stands for what they make of it. */
function ofType(reader: Reader, start: number): Expression {
  const of: Type = type(reader);
  if (reader.isSign('{')) return composite(reader, of, start);
  if (!reader.isSign('(')) return zeroOf(of, reader.spanFrom(start));
  const args = callArguments(reader);
  const [only] = args;
  return args.length === 1 && only !== undefined
    ? only.value
    : { kind: 'other', children: args.map(({ value }) => value), span: reader.spanFrom(start) };
}

function functionLiteral(reader: Reader): Expression {
  const { start } = reader;
  reader.expect('func');
  const outer = reader.scope;
  const read = signature(reader);
  if (!reader.isSign('{')) {
    const span = reader.spanFrom(start);
    if (!reader.isSign('(')) return { kind: 'other', children: [], span };
    const args = callArguments(reader);
    return { kind: 'other', children: args.map(({ value }) => value), span: reader.spanFrom(start) };
  }
  const definition: FunctionNode = functionOf(reader, null, read, start, outer);
  return { kind: 'function', definition, span: definition.span };
}

/** A list of expressions with commas between. */
export function expressionList(reader: Reader): Expression[] {
  const list = [expression(reader)];
  while (reader.take(',')) list.push(expression(reader));
  return list;
}

/** What a statement is evaluated for its effect only. */
export function effect(value: Expression): Statement {
  return { kind: 'expression', expression: value, span: value.span };
}
