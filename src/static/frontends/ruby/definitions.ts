import type { Expression, Statement } from '../../../model/program.ts';
import { endsParentheses, functionOf, type Parameters, parameters } from './blocks.ts';
import type { Reader } from './reader.ts';
import { rescued } from './rescue.ts';
import { Scope } from './scope.ts';
import { expressionStatement } from './syntax.ts';

const METHOD_NAME =
  /(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:[?!](?!=)|=(?![=~>]))?|\[\]=?|[-+!~]@|<=>|===?|=~|!=|!~|\*\*|<<|>>|<=|>=|[-+*/%&|^<>~!`])/y;

/** Runs in a scope of its own, which sees no variables around it. */
function apart<Result>(reader: Reader, run: () => Result): Result {
  const { scope, method, pending } = reader;
  reader.scope = new Scope(null);
  reader.pending = [];
  const result = reader.within(run);
  reader.scope = scope;
  reader.method = method;
  reader.pending = pending;
  return result;
}

/** `def name(…) … end`, `def self.name`, `def name(…) = value`. */
export function methodOf(reader: Reader, start: number): Statement {
  reader.space();
  reader.match(/(?:(?:@@?|\$)?[A-Za-z_]\w*)\s?(?:\.(?!\.)|::)\s?/y);
  const name = reader.match(METHOD_NAME);
  if (name === null) reader.trouble();
  const definition = apart(reader, () => {
    reader.method = nameIn(name);
    // Before the parameters, whose defaults may call it.
    const given = parametersOf(reader);
    reader.space();
    if (reader.match(/=(?![=~>])/y) !== null) {
      reader.lines();
      const value = reader.grammar.expression(reader);
      return functionOf(reader, nameIn(name), given, [expressionStatement(value)], start);
    }
    const body = rescued(reader);
    return functionOf(reader, nameIn(name), given, body, start);
  });
  return { kind: 'function', definition, span: definition.span };
}

/** What is called when an object is made is called the same in all languages. */
function nameIn(name: string | null): string | null {
  return name === 'initialize' ? 'constructor' : name;
}

function parametersOf(reader: Reader): Parameters {
  reader.space();
  if (reader.take('(')) {
    const given = parameters(reader, () => endsParentheses(reader), false);
    if (!reader.take(')')) reader.trouble();
    return given;
  }
  return parameters(reader, () => reader.sees(/[\n;=]/y), false);
}

/** Modules that a class takes methods from: `include M`. */
function included(body: readonly Statement[]): Expression[] {
  return body.flatMap((statement) => {
    if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return [];
    const { callee, args } = statement.expression;
    const isIncluding = callee.kind === 'name' && /^(?:include|extend|prepend)$/.test(callee.name);
    return isIncluding
      ? args.map(({ value }) => value).filter(({ kind }) => kind === 'name' || kind === 'member')
      : [];
  });
}

function members(reader: Reader): readonly Statement[] {
  const { isInClass } = reader;
  reader.isInClass = true;
  const body = apart(reader, () => {
    reader.method = null;
    return rescued(reader);
  });
  reader.isInClass = isInClass;
  return body;
}

function made(reader: Reader, name: string, bases: readonly Expression[], start: number): Statement {
  const body = members(reader);
  const inside = body.flatMap((each) =>
    each.kind === 'block' && opened.has(each) ? (each.bodies[0] ?? []) : [each],
  );
  return {
    kind: 'class',
    name: name.slice(name.lastIndexOf(':') + 1),
    bases: [...bases, ...included(inside)],
    decorators: [],
    body: inside,
    documentation: null,
    span: reader.spanFrom(start),
  };
}

function className(reader: Reader): string {
  const name = reader.match(/(?:::)?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:::\w+)*/y);
  if (name === null) reader.trouble();
  return name ?? '';
}

/** Bodies of `class << self`, whose methods are those of the class around. */
const opened = new WeakSet<Statement>();

/** `class Name < Base … end`, `class << self … end`. */
export function classOf(reader: Reader, start: number): Statement {
  reader.space();
  if (reader.match(/<</y) !== null) {
    reader.space();
    reader.grammar.operand(reader);
    const body = members(reader);
    const statement: Statement = { kind: 'block', bodies: [body], span: reader.spanFrom(start) };
    opened.add(statement);
    return statement;
  }
  const name = className(reader);
  reader.space();
  const bases: Expression[] = [];
  if (reader.match(/<(?!<)/y) !== null) {
    reader.space();
    bases.push(reader.grammar.expression(reader));
  }
  return made(reader, name, bases, start);
}

/** `module Name … end`. */
export function moduleOf(reader: Reader, start: number): Statement {
  reader.space();
  return made(reader, className(reader), [], start);
}
