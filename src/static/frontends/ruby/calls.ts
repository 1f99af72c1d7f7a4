import type { Expression } from '../../../model/program.ts';
import { bracketed, commandArguments, type Given, startsArgument } from './arguments.ts';
import { block, startsBlock } from './blocks.ts';
import { calling } from './idioms.ts';
import type { Reader } from './reader.ts';
import { call, expressionStatement, member, nameOf, numberOf, other, positional } from './syntax.ts';

const NONE: Given = { args: [], block: null };

const METHOD =
  /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:[?!](?![=])|[?!](?==[=~>]))?|\[\]=?|<=>|===?|=~|!=|!~|\*\*|<<|>>|<=|>=|[-+*/%&|^<>~!`]/y;

/** An assignment follows rather than an argument. */
const ASSIGNMENT = /[ \t]*(?:\*\*|\|\||&&|<<|>>|[-+*/%&|^])?=(?![=~>])/y;

/** So many calls in one chain are kept together. */
const MAX_CHAIN = 120;

/** What follows a method's name: arguments in parentheses or without, and a block. */
function givenTo(reader: Reader, isCommand: boolean): Given | null {
  let given: Given | null = null;
  if (reader.peek() === '(') given = bracketed(reader, ')');
  else if (isCommand && !reader.sees(ASSIGNMENT)) {
    const before = reader.at;
    const isApart = reader.space();
    if (isApart && startsArgument(reader) && !(reader.peek() === '[' && reader.context.isPipeTaken))
      given = commandArguments(reader);
    else reader.at = before;
  }
  if (startsBlock(reader)) {
    const made = block(reader);
    if (given === null) return { args: [], block: made };
    given.block = made;
  }
  return given;
}

/** `x[1..3]`, `x[2, 4]` with numbers that are known; null for other indexes. */
function sliced(object: Expression, values: readonly Expression[], reader: Reader): Expression | null {
  const span = reader.spanFrom(object.span.start);
  const [first, second] = values;
  if (first === undefined) return null;
  if (second !== undefined) {
    const [from, count] = [numberOf(first), numberOf(second)];
    if (from === null || count === null || values.length > 2) return null;
    const stop = from < 0 && from + count >= 0 ? null : ({ ...second, value: from + count } as Expression);
    return { kind: 'slice', object, start: first, stop, step: null, span };
  }
  const range = reader.ranges.get(first);
  if (range === undefined) return null;
  const { from, to, isExclusive } = range;
  const last = to === null ? null : numberOf(to);
  if (to !== null && last === null && !isExclusive) return null;
  if (to === null || last === null || isExclusive)
    return { kind: 'slice', object, start: from, stop: to, step: null, span };
  const stop: Expression | null = last === -1 ? null : { kind: 'literal', value: last + 1, span: to.span };
  return { kind: 'slice', object, start: from, stop, step: null, span };
}

function indexed(reader: Reader, object: Expression): Expression {
  const { args, block: given } = bracketed(reader, ']');
  const values = args.map(({ value }) => value);
  const span = reader.spanFrom(object.span.start);
  const slice = sliced(object, values, reader);
  if (slice !== null) return slice;
  const [only] = values;
  if (values.length === 1 && only !== undefined && given === null)
    return { kind: 'index', object, index: only, span };
  return call(member(object, '[]', span), args, span);
}

/** A call of a method on what was read before; `.` has been stepped over. */
function methodCall(reader: Reader, object: Expression, isScope: boolean): Expression {
  const { start } = object.span;
  reader.lines();
  if (reader.peek() === '(') return calling(object, 'call', bracketed(reader, ')'), reader.spanFrom(start));
  const name = reader.match(METHOD);
  if (name === null) {
    reader.trouble();
    return object;
  }
  const isConstant = isScope && /^[A-Z]/.test(name) && reader.peek() !== '(';
  if (isConstant && !reader.sees(/[ \t]+["'\d]/y)) return member(object, name, reader.spanFrom(start));
  const given = givenTo(reader, true);
  const made = calling(object, name, given ?? NONE, reader.spanFrom(start));
  if (given?.block !== null && given !== null) reader.blockCalls.set(made, { object, name, given });
  return made;
}

/** Something that is too long to be kept in one piece: it is read before the rest. */
function putAside(reader: Reader, value: Expression): Expression {
  reader.isCutOff = true;
  reader.pending.push(expressionStatement(value));
  return other([], value.span);
}

/**
 * What is called on a value, one after the other.
 * @param isCallable a block may follow: the value is a call
 */
export function chain(reader: Reader, first: Expression): Expression {
  let value = first;
  for (let length = 0; ; length++) {
    if (length >= MAX_CHAIN) {
      value = putAside(reader, value);
      length = 0;
    }
    const before = reader.at;
    if (reader.peek() === '[' && canIndex(value)) {
      value = indexed(reader, value);
      continue;
    }
    if (reader.startsWith('::') && !reader.sees(/::\s/y)) {
      reader.at += 2;
      value = methodCall(reader, value, true);
      continue;
    }
    reader.space();
    if (reader.peek() === '\n' && !reader.continuation()) {
      reader.at = before;
      return value;
    }
    if (reader.sees(/&?\.(?!\.)/y)) {
      reader.match(/&?\./y);
      value = methodCall(reader, value, false);
      continue;
    }
    if (reader.peek() === '[' && reader.at > before && value.kind === 'name') {
      value = indexed(reader, value);
      continue;
    }
    reader.at = before;
    return value;
  }
}

function canIndex(value: Expression): boolean {
  return value.kind !== 'literal' || typeof value.value === 'string';
}

/** `x "y"`, `x y`: a method of the same name as a variable. */
function isCommandAnyway(reader: Reader): boolean {
  if (!reader.sees(/[ \t]+["'@$\w\u0080-\uffff{]/y)) return false;
  const before = reader.at;
  reader.space();
  const isCommand =
    startsArgument(reader) ||
    reader.peek() === '{' ||
    (!reader.context.isDoTaken && reader.sees(/do(?![\w?!]|:(?!:))/y));
  reader.at = before;
  return isCommand;
}

/** A name: of a local variable, a constant, or a method that is called. */
export function identifier(reader: Reader): Expression | null {
  const start = reader.at;
  const name = reader.match(/[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*(?:[?!](?!=)|[?!](?==[=~>]))?/y);
  if (name === null) return null;
  const span = reader.spanFrom(start);
  const variable = reader.scope.find(name);
  if (variable !== null && reader.peek() !== '(' && !isCommandAnyway(reader)) return nameOf(variable, span);
  const numbered = numberedParameter(reader, name);
  if (numbered !== null) return numbered;
  const isConstant = /^[A-Z]/.test(name);
  if (isConstant && reader.peek() !== '(') {
    const isCommand = reader.sees(/[ \t]+(?:["'\d]|[a-z_@:]\w)/y);
    const before = reader.at;
    reader.space();
    const isGiven = isCommand && startsArgument(reader);
    reader.at = before;
    const hasBlock = !reader.context.isDoTaken && reader.sees(/[ \t]+do(?![\w?!]|:(?!:))/y);
    if (!isGiven && !hasBlock) return nameOf(name, span);
  }
  const given = givenTo(reader, true);
  const made = calling(null, name, given ?? NONE, reader.spanFrom(start));
  if (given?.block !== null && given !== null) reader.blockCalls.set(made, { object: null, name, given });
  return made;
}

/** `_1` and `it` in a block that names no parameters; null for any other name. */
function numberedParameter(reader: Reader, name: string): Expression | null {
  const { scope } = reader;
  if (!scope.isBlock || scope.hasParameters) return null;
  const span = { start: reader.at - name.length, end: reader.at };
  if (/^_[1-9]$/.test(name)) {
    scope.numbered = Math.max(scope.numbered, Number(name[1]));
    return nameOf(name, span);
  }
  if (name !== 'it' || reader.sees(/[ \t]*(?:["'({]|do\b)/y)) return null;
  scope.takesIt = true;
  return nameOf(name, span);
}

/** `yield`, which calls the block of the method. */
export function yielding(reader: Reader, start: number): Expression {
  const { root } = reader.scope;
  root.yields = true;
  const given = givenTo(reader, true) ?? NONE;
  return call(nameOf(reader.scope.block, reader.spanFrom(start)), given.args, reader.spanFrom(start));
}

/** `super`, which calls the method of the same name of the class above. */
export function superCall(reader: Reader, start: number): Expression {
  const given = givenTo(reader, true) ?? NONE;
  const span = reader.spanFrom(start);
  const name = nameOf('super', { start, end: start + 5 });
  const values = given.block === null ? given.args : [...given.args, ...positional([given.block])];
  return call(reader.method === null ? name : member(name, reader.method, span), values, span);
}
