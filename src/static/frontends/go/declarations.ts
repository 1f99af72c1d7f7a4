import type { Expression, ParameterNode, Statement } from '../../../model/program.ts';
import { expressionList } from './expressions.ts';
import { functionOf } from './functions.ts';
import type { Reader } from './reader.ts';
import { assigned } from './simple.ts';
import { type Field, signature, structFields, type, type Type, zeroOf } from './types.ts';

/** A function, and the type that it is a method of. */
export interface Method {
  readonly receiver: string | null;
  readonly statement: Extract<Statement, { kind: 'function' }>;
}

/** Reads `var`, `const` or `type`, one or several in brackets. @param isLocal within a function */
export function declaration(reader: Reader, isLocal: boolean): Statement[] {
  const { word } = reader;
  reader.at++;
  const one = (): Statement[] =>
    word === 'type' ? typeDeclaration(reader, isLocal) : values(reader, isLocal);
  if (!reader.take('(')) return one();
  const found: Statement[] = [];
  reader.allUpTo(')', () => {
    found.push(...one());
  });
  return found;
}

/** `a, b T = x, y` */
function values(reader: Reader, isLocal: boolean): Statement[] {
  const { start } = reader;
  const places: { readonly name: string; readonly at: number }[] = [];
  do places.push({ at: reader.start, name: reader.expectName() });
  while (reader.take(','));
  const isTyped = !reader.isSign('=') && !reader.isSign(';') && !reader.isSign(')') && !reader.isAtEnd;
  const of: Type | null = isTyped ? type(reader) : null;
  const given = reader.take('=') ? expressionList(reader) : [];
  const targets = places.map(({ name, at }): Expression => {
    const called = isLocal ? reader.declare(name, at) : name;
    return { kind: 'name', name: called, span: { start: at, end: at + name.length } };
  });
  const operator = isLocal ? ':=' : '=';
  if (given.length > 0) return assigned(reader, targets, given, operator, start);
  if (of === null) return [];
  const span = reader.spanFrom(start);
  return targets.map((target) => ({ kind: 'assign', target, value: zeroOf(of, span), operator, span }));
}

function typeDeclaration(reader: Reader, isLocal: boolean): Statement[] {
  const { start } = reader;
  const name = reader.expectName();
  if (reader.isSign('[') && reader.isName(1) && !reader.isSign(']', 2)) typeParameters(reader);
  reader.take('=');
  if (reader.take('struct')) {
    const fields = reader.deeper(() => structFields(reader));
    const called = isLocal ? reader.declare(name, start) : name;
    return [structOf(called, fields, reader, start)];
  }
  const of = type(reader);
  const span = reader.spanFrom(start);
  if (of.name === null || isLocal) return [];
  return [{ kind: 'assign', target: { kind: 'name', name, span }, value: of.name, operator: '=', span }];
}

/** `[T any, K comparable]` */
function typeParameters(reader: Reader): void {
  reader.expect('[');
  for (let open = 1; !reader.isAtEnd && open > 0; reader.at++) {
    if (reader.isSign('[')) open++;
    else if (reader.isSign(']')) open--;
  }
}

/** A struct with what is known of its fields. */
function structOf(name: string, fields: readonly Field[], reader: Reader, start: number): Statement {
  const span = reader.spanFrom(start);
  const body = fields.flatMap((field): Statement[] => {
    if (field.name === '_' || field.type.shape !== 'named') return [];
    const target: Expression = { kind: 'name', name: field.name, span: field.span };
    return [
      { kind: 'assign', target, value: zeroOf(field.type, field.span), operator: '=', span: field.span },
    ];
  });
  const bases = fields.flatMap((field) =>
    field.isEmbedded && field.type.name !== null ? [field.type.name] : [],
  );
  return { kind: 'class', name, bases, decorators: [], body, documentation: null, span };
}

/** Reads a function or a method. What has no body is written elsewhere, in another language. */
export function functionDeclaration(reader: Reader): Method | null {
  const { start } = reader;
  reader.expect('func');
  const receiver = reader.isSign('(') ? receiverOf(reader) : null;
  const name = reader.expectName();
  if (reader.isSign('[')) typeParameters(reader);
  const read = signature(reader);
  if (!reader.isSign('{')) return null;
  const definition = functionOf(reader, name, read, start, null, receiver?.parameter);
  return {
    receiver: receiver?.type ?? null,
    statement: { kind: 'function', definition, span: definition.span },
  };
}

/** `(s *Server[T])` */
function receiverOf(reader: Reader): { readonly type: string; readonly parameter: ParameterNode } {
  reader.expect('(');
  const isNamed = reader.isName() && (reader.isName(1) || reader.isSign('*', 1) || reader.isSign('(', 1));
  const name = isNamed ? reader.expectName() : '_';
  while (reader.take('*') || reader.take('('));
  const of = reader.expectName();
  while (!reader.isAtEnd && !reader.isSign(')') && !reader.isSign('{')) reader.at++;
  while (reader.isSign(')') && reader.isSign(')', 1)) reader.at++;
  reader.expect(')');
  return { type: of, parameter: { name, default: null, rest: null } };
}
