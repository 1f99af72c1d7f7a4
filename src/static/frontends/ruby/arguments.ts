import type { ArgumentNode, Expression } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { call, literal, member, nameOf, textOf } from './syntax.ts';
import { textAt } from './texts.ts';

/** `name:` or `"name":` before a value. */
const LABEL = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*[?!]?:(?!:)/y;
const QUOTED_LABEL = /"(?:[^"\\\n]|\\.){0,300}":(?!:)|'(?:[^'\\\n]|\\.){0,300}':(?!:)/y;

/** The name that a value is labelled with; null when it is not. */
export function label(reader: Reader): Expression | null {
  const start = reader.at;
  const word = reader.match(LABEL);
  if (word !== null) return literal(word.slice(0, -1), reader.spanFrom(start));
  if (!reader.sees(QUOTED_LABEL)) return null;
  const close = reader.peek();
  reader.at++;
  const value = textAt(reader, start, { close, isRaw: close === "'" });
  reader.take(':');
  return value;
}

/** `x:` without a value is `x: x`. */
function omittedValue(reader: Reader, key: Expression): Expression | null {
  reader.space();
  if (!reader.isAtEnd && !reader.sees(/[,)\]}\n]/y)) return null;
  const name = textOf(key) ?? '';
  const variable = reader.scope.find(name);
  return variable === null ? call(nameOf(name, key.span), [], key.span) : nameOf(variable, key.span);
}

/** What `&…` hands to a call as its block. */
function blockArgument(reader: Reader): Expression {
  const start = reader.at;
  const method = reader.match(/:[A-Za-z_]\w*[?!]?/y);
  if (method === null) {
    if (reader.isAtEnd || reader.sees(/[),\]\s]/y)) return nameOf(reader.scope.block, reader.spanFrom(start));
    return reader.grammar.argument(reader);
  }
  const span = reader.spanFrom(start);
  const given = nameOf('_1', span);
  const value = call(member(given, method.slice(1), span), [], span);
  return {
    kind: 'function',
    definition: {
      name: null,
      parameters: [{ name: '_1', default: null, rest: null }],
      decorators: [],
      body: [{ kind: 'return', value, span }],
      documentation: null,
      span,
    },
    span,
  };
}

/** What a call is given: values by place and name, and the block. */
export interface Given {
  readonly args: ArgumentNode[];
  block: Expression | null;
}

/** One argument, put to what was given before. `pairs` collects `key => value`. */
function argument(reader: Reader, given: Given, pairs: { key: Expression; value: Expression }[]): void {
  const start = reader.at;
  // What a method was given without a name for it goes on under the mark that stands for it in its parameters.
  if (reader.match(/\.\.\.(?=\s*\))/y) !== null) {
    given.args.push({ name: '*', value: nameOf('...', reader.spanFrom(start)) });
    return;
  }
  const mark = reader.match(/\*\*|\*(?!\s)/y);
  if (mark !== null) {
    const value = reader.sees(/[),\]\s]/y)
      ? nameOf(mark, reader.spanFrom(start))
      : reader.grammar.argument(reader);
    given.args.push({ name: mark, value });
    return;
  }
  if (reader.match(/&(?![&.\s])/y) !== null) {
    given.block = blockArgument(reader);
    return;
  }
  const key = label(reader);
  if (key !== null) {
    const before = reader.at;
    const omitted = omittedValue(reader, key);
    if (omitted === null) {
      reader.at = before;
      reader.lines();
    }
    const value = omitted ?? reader.grammar.argument(reader);
    const name = textOf(key);
    if (name === null) pairs.push({ key, value });
    else given.args.push({ name, value });
    return;
  }
  const value = reader.grammar.argument(reader);
  reader.space();
  if (reader.match(/=>/y) === null) {
    given.args.push({ name: null, value });
    return;
  }
  reader.lines();
  const right = reader.grammar.argument(reader);
  const isSymbol = reader.text[value.span.start] === ':' && textOf(value) !== null;
  if (isSymbol) given.args.push({ name: textOf(value), value: right });
  else pairs.push({ key: value, value: right });
}

/** Arguments with commas between, as far as they go. `hasLines`: in brackets, where lines may end anywhere. */
function listed(reader: Reader, close: string | null): Given {
  const given: Given = { args: [], block: null };
  const pairs: { key: Expression; value: Expression }[] = [];
  const start = reader.at;
  for (;;) {
    if (close !== null) reader.lines();
    if (reader.isAtEnd || (close !== null && reader.startsWith(close))) break;
    const before = reader.at;
    argument(reader, given, pairs);
    if (close !== null) reader.lines();
    else reader.space();
    const after = reader.at;
    if (reader.take(',')) {
      reader.lines();
      continue;
    }
    if (close === null) break;
    if (reader.startsWith(close)) break;
    if (after === before) reader.stumble();
    else {
      // Something that is no argument: a bracket that nothing closes ends where a line begins anew.
      reader.trouble();
      if (reader.sees(/(?:end|def|class|module)\b/y)) break;
    }
  }
  if (pairs.length > 0)
    given.args.push({ name: null, value: { kind: 'record', entries: pairs, span: reader.spanFrom(start) } });
  return given;
}

/** Arguments in parentheses or brackets, the opening one of which stands here. */
export function bracketed(reader: Reader, close: ')' | ']'): Given {
  reader.at++;
  const given = reader.within(() => listed(reader, close));
  if (!reader.take(close)) reader.trouble();
  return given;
}

/** Arguments of a command, without parentheses. */
export function commandArguments(reader: Reader): Given {
  const { isChoice, isPipeTaken } = reader.context;
  return reader.within(() => listed(reader, null), { isDoTaken: true, isChoice, isPipeTaken });
}

/** An argument of a command begins here, behind a blank. */
const ARGUMENT_START =
  /["'`@\dA-Za-z_[(\u0080-\uffff]|\$[^\s]|:(?:["'A-Za-z_\u0080-\uffff@$[+\-*/<=>!~%^&|]|:[A-Z])|[-*~](?![\s=])|&(?![\s=&.])|!(?![=~])|\/(?![\s=])|%[wWiIqQxrs]?[^\w\s=]|<<[~-]?["'`A-Z_a-z]|\?(?:[^\s\\](?!\w)|\\)/y;

/** Words that go on with or end what stands before them. */
const NO_ARGUMENT =
  /(?:if|unless|while|until|and|or|then|do|rescue|ensure|else|elsif|end|in|when)(?![\w?!]|:(?!:))/y;

/** True when what follows a name and a blank is an argument of a command. */
export function startsArgument(reader: Reader): boolean {
  if (!reader.sees(ARGUMENT_START) || reader.sees(NO_ARGUMENT)) return false;
  const character = reader.peek();
  if (character === ':' && reader.context.isChoice) return reader.sees(/::/y);
  if (character === '&' && reader.peek(1) === '.') return false;
  return true;
}
