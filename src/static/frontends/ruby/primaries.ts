import type { Expression } from '../../../model/program.ts';
import { label } from './arguments.ts';
import { arrow } from './blocks.ts';
import { identifier, superCall, yielding } from './calls.ts';
import { keyword } from './keywords.ts';
import { literalAt } from './literals.ts';
import type { Reader } from './reader.ts';
import { call, literal, member, nameOf, other, textOf } from './syntax.ts';
import { valueOfAll } from './texts.ts';
import { bracketed } from './arguments.ts';

const ENDS_PARENTHESES = /\)/y;

/** `( … )`: the value of the last statement in it, or names to be assigned to. */
function parentheses(reader: Reader): Expression {
  const start = reader.at;
  reader.at++;
  const body = reader.within(() => {
    const found = reader.grammar.statements(reader, ENDS_PARENTHESES);
    return found;
  });
  if (!reader.take(')')) reader.trouble();
  return valueOfAll(body, reader.spanFrom(start));
}

/** `{ a: 1, 'b' => 2, **c }`. */
function hash(reader: Reader): Expression {
  const start = reader.at;
  reader.at++;
  const entries: { key: Expression | null; value: Expression }[] = [];
  reader.within(() => {
    for (;;) {
      reader.lines();
      if (reader.isAtEnd || reader.peek() === '}') return;
      if (reader.take(',')) continue;
      const before = reader.at;
      if (reader.match(/\*\*/y) !== null) entries.push({ key: null, value: reader.grammar.argument(reader) });
      else entries.push(entry(reader));
      if (reader.at === before) reader.stumble();
      reader.lines();
      if (!reader.isAtEnd && !reader.sees(/[,}]/y)) {
        reader.trouble();
        if (reader.sees(/(?:end|def|class|module)\b/y)) return;
      }
    }
  });
  if (!reader.take('}')) reader.trouble();
  return { kind: 'record', entries, span: reader.spanFrom(start) };
}

function entry(reader: Reader): { key: Expression; value: Expression } {
  const key = label(reader);
  if (key !== null) {
    reader.lines();
    if (!reader.isAtEnd && !reader.sees(/[,}]/y)) return { key, value: reader.grammar.argument(reader) };
    const name = textOf(key) ?? '';
    const variable = reader.scope.find(name);
    const value = variable === null ? call(nameOf(name, key.span), [], key.span) : nameOf(variable, key.span);
    return { key, value };
  }
  const written = reader.grammar.argument(reader);
  reader.lines();
  if (reader.match(/=>/y) === null) {
    reader.trouble();
    return { key: written, value: other([], written.span) };
  }
  reader.lines();
  return { key: written, value: reader.grammar.argument(reader) };
}

/** `[a, *b, c: 1]`. */
function list(reader: Reader): Expression {
  const start = reader.at;
  const { args } = bracketed(reader, ']');
  const span = reader.spanFrom(start);
  const pairs = args.filter(({ name }) => name !== null && name !== '*' && name !== '**');
  const elements = args
    .filter(({ name }) => name === null || name === '*' || name === '**')
    .map(({ value }) => value);
  if (pairs.length > 0) {
    const entries = pairs.map(({ name, value }) => ({ key: literal(name, value.span), value }));
    elements.push({ kind: 'record', entries, span });
  }
  return { kind: 'list', elements, span };
}

/** `@x`, `@@x`, `$x`. */
function variable(reader: Reader): Expression | null {
  const start = reader.at;
  const name = reader.match(
    /@@?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|-\w|\d+|[^\s\w])/y,
  );
  if (name === null) return null;
  const span = reader.spanFrom(start);
  return name.startsWith('@') && reader.isInClass
    ? member(nameOf('self', span), name, span)
    : nameOf(name, span);
}

function opening(reader: Reader): Expression | null {
  switch (reader.peek()) {
    case '(':
      return parentheses(reader);
    case '[':
      return list(reader);
    case '{':
      return hash(reader);
    case '@':
    case '$':
      return variable(reader);
    case '-': {
      const start = reader.at;
      return reader.match(/->/y) === null ? null : arrow(reader, start);
    }
    case ':': {
      if (!reader.sees(/::[A-Z]/y)) return literalAt(reader);
      reader.at += 2;
      return identifier(reader);
    }
    default:
      return literalAt(reader);
  }
}

/** A value without what is called on it. What is none is stepped over by whoever asked. */
export function primary(reader: Reader): Expression {
  const start = reader.at;
  const found = opening(reader);
  if (found !== null) return found;
  if (reader.sees(/[a-zA-Z_\u0080-\uffff]/y)) {
    const word = reader.match(/(?:yield|super)(?![\w?!]|:(?!:))/y);
    if (word !== null) return word === 'yield' ? yielding(reader, start) : superCall(reader, start);
    const value = keyword(reader) ?? identifier(reader);
    if (value !== null) return value;
  }
  reader.trouble();
  return other([], { start, end: start });
}
