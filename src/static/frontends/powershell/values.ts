import type { Expression, Statement } from '../../../model/program.ts';
import { asCharacters, quoted, subexpression, variable } from './strings.ts';
import { callOf, type Grammar, literal, nameOf, type Reader, typeName } from './reader.ts';

/** A script block as a function of what is piped into it. */
export function scriptBlock(reader: Reader, grammar: Grammar): Expression {
  const start = reader.at;
  reader.at++;
  const { pending } = reader;
  reader.pending = [];
  const body = reader.deeper(() => grammar.statements(reader), true);
  reader.take('}');
  reader.pending = pending;
  const span = reader.spanFrom(start);
  const parameters = [{ name: '$_', default: null, rest: null }] as const;
  return {
    kind: 'function',
    definition: { name: null, parameters, decorators: [], body: returning(body), documentation: null, span },
    span,
  };
}

/** What a function writes out is what it returns. */
export function returning(body: readonly Statement[]): readonly Statement[] {
  const last = body.at(-1);
  return last?.kind === 'expression'
    ? [...body.slice(0, -1), { kind: 'return', value: last.expression, span: last.span }]
    : body;
}

/** `@{ a = 1; 'b' = 2 }`. */
function record(reader: Reader, grammar: Grammar): Expression {
  const start = reader.at;
  reader.at += 2;
  const entries: { key: Expression; value: Expression }[] = [];
  for (;;) {
    reader.skip(true);
    if (reader.take(';')) continue;
    if (reader.isAtEnd || reader.take('}')) break;
    const keyAt = reader.at;
    const word = reader.match(/[\w-]+(?=\s*=)/y);
    const key = word === null ? primary(reader, grammar) : literal(word, reader.spanFrom(keyAt));
    reader.skip();
    if (!reader.take('=')) {
      if (reader.at === keyAt) reader.stumble();
      continue;
    }
    reader.skip(true);
    entries.push({ key, value: grammar.pipeline(reader) });
  }
  return { kind: 'record', entries, span: reader.spanFrom(start) };
}

/** A number, with a suffix for its type or its size. */
const NUMBER =
  /0x[0-9a-fA-F]+(?:[lL]|[kmgtpKMGTP][bB])?|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:e[+-]?\d+)?(?:[lLdD]|[kmgtpKMGTP][bB])?(?![\w-])/iy;

/** `[Type]`, followed by a static member or by what it is cast from. */
function typed(reader: Reader, grammar: Grammar): Expression | null {
  const start = reader.at;
  const written = reader.match(
    /\[[ ]*[A-Za-z_][\w.+`]{0,300}(?:\[[\w., [\]`]{0,300}\])?(?:\([^()\r\n]{0,500}\))?[ ]*\]/y,
  );
  if (written === null) return null;
  const name = written.slice(1, -1).trim();
  const span = reader.spanFrom(start);
  if (reader.startsWith('::')) return typeName(name, span);
  reader.skip();
  if (!reader.sees(/[$("'@[{\d]|[+-][\d$(]/y)) return typeName(name, span);
  const value = reader.deeper(() => grammar.operand(reader));
  if (/^char$/i.test(name)) return asCharacters(value, false);
  if (/^char\[\]$/i.test(name) && value.kind === 'list') return asCharacters(value, true);
  if (
    /^(?:system\.)?(?:management\.automation\.)?scriptblock$|^(?:system\.)?(?:net\.webclient|uri)$/i.test(
      name,
    )
  )
    return callOf(typeName(name, span), [value], span);
  return value;
}

/** What stands between the parentheses of a call. */
function arguments_(reader: Reader, grammar: Grammar): Expression[] {
  const given: Expression[] = [];
  reader.at++;
  for (;;) {
    reader.skip(true);
    if (reader.isAtEnd || reader.take(')')) return given;
    if (reader.take(',')) continue;
    const before = reader.at;
    given.push(reader.deeper(() => grammar.expression(reader), false));
    if (reader.at === before) reader.stumble();
  }
}

/** Members, calls and indexes behind a value. */
function withMembers(reader: Reader, grammar: Grammar, value: Expression): Expression {
  let whole = value;
  for (let turn = 0; turn < 2_000; turn++) {
    const start = whole.span.start;
    if (reader.sees(/(?:\?\.|\.|::)(?=[A-Za-z_$"'(])(?!\.)/y)) {
      reader.match(/\?\.|::|\./y);
      const at = reader.at;
      const word = reader.match(/[A-Za-z_]\w*/y);
      if (word === null) {
        const index =
          reader.peek() === '('
            ? parenthesised(reader, grammar)
            : (quoted(reader, grammar) ?? variable(reader));
        whole =
          index.kind === 'literal' && typeof index.value === 'string'
            ? {
                kind: 'member',
                object: whole,
                property: index.value.toLowerCase(),
                span: reader.spanFrom(start),
              }
            : { kind: 'index', object: whole, index, span: reader.spanFrom(start) };
      } else {
        const property = word.toLowerCase();
        whole = { kind: 'member', object: whole, property, span: { start, end: at + word.length } };
      }
      if (reader.peek() !== '(') continue;
      const args = reader.deeper(() => arguments_(reader, grammar));
      // `[Type]::new(…)` makes an object, and `.Invoke(…)` runs what it is called on.
      const callee: Expression =
        whole.kind === 'member' && (whole.property === 'new' || whole.property === 'invoke')
          ? whole.object
          : whole;
      whole = callOf(callee, args, reader.spanFrom(start));
    } else if (reader.peek() === '[' && !reader.sees(/\[\]/y)) {
      reader.at++;
      reader.skip(true);
      const index = reader.deeper(() => grammar.expression(reader), true);
      reader.skip(true);
      reader.take(']');
      whole = { kind: 'index', object: whole, index, span: reader.spanFrom(start) };
    } else if (reader.match(/\+\+|--(?![A-Za-z])/y) === null) return whole;
  }
  return whole;
}

/** `( … )`: what it holds. */
function parenthesised(reader: Reader, grammar: Grammar): Expression {
  const start = reader.at;
  reader.at++;
  reader.skip(true);
  const value: Expression =
    reader.peek() === ')'
      ? { kind: 'list', elements: [], span: reader.spanFrom(start) }
      : reader.deeper(() => grammar.inner(reader), true);
  reader.closeParenthesis();
  return value;
}

/** One value with what hangs on it. */
export function primary(reader: Reader, grammar: Grammar): Expression {
  const tried = reader.again();
  if (tried !== null) return tried;
  const start = reader.at;
  const text = quoted(reader, grammar);
  if (text !== null) return withMembers(reader, grammar, text);
  if (reader.startsWith('$(')) return withMembers(reader, grammar, subexpression(reader, grammar, 2));
  if (reader.startsWith('@(')) {
    const inside = subexpression(reader, grammar, 2);
    const list: Expression =
      inside.kind === 'list' ? inside : { kind: 'list', elements: [inside], span: inside.span };
    return withMembers(reader, grammar, list);
  }
  if (reader.startsWith('@{'))
    return withMembers(
      reader,
      grammar,
      reader.deeper(() => record(reader, grammar), true),
    );
  if (reader.peek() === '(') return withMembers(reader, grammar, parenthesised(reader, grammar));
  if (reader.peek() === '{') return withMembers(reader, grammar, scriptBlock(reader, grammar));
  if (reader.peek() === '[') {
    const cast = typed(reader, grammar);
    if (cast !== null) return withMembers(reader, grammar, cast);
  }
  if (reader.sees(/[$@][\w{?^$:]/y)) {
    if (reader.peek() === '@') reader.at++;
    if (reader.peek() !== '$') reader.at--;
    if (reader.peek() === '@') {
      // `@name`: a table whose entries are the arguments.
      const name = reader.match(/@\w+/y) ?? '@';
      return nameOf(`$${name.slice(1).toLowerCase()}`, reader.spanFrom(start));
    }
    return withMembers(reader, grammar, variable(reader));
  }
  const number = reader.match(NUMBER);
  if (number !== null)
    return withMembers(
      reader,
      grammar,
      literal(
        Number.parseFloat(number) === 0 && /^0x/i.test(number)
          ? Number.parseInt(number, 16)
          : Number.parseFloat(number),
        reader.spanFrom(start),
      ),
    );
  const word = reader.match(/[A-Za-z_]\w*/y);
  if (word !== null) return withMembers(reader, grammar, literal(word, reader.spanFrom(start)));
  reader.stumble();
  return { kind: 'other', children: [], span: reader.spanFrom(start) };
}
