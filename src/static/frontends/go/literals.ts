import type { ArgumentNode, Expression } from '../../../model/program.ts';
import { codeOfRune, numberOf, textOfQuoted, textOfRaw } from './constants.ts';
import type { Reader } from './reader.ts';
import { KIND } from './tokens.ts';
import { OTHER, type Type } from './types.ts';

/** Reads a number, a rune or a text. */
export function literal(reader: Reader): Expression {
  const { kind, start } = reader;
  const written = reader.next();
  const span = reader.spanFrom(start);
  if (kind === KIND.number) {
    const value = numberOf(written);
    return value === null ? { kind: 'other', children: [], span } : { kind: 'literal', value, span };
  }
  if (kind === KIND.rune) return { kind: 'literal', value: codeOfRune(written), span };
  const end = written.endsWith(written[0] ?? '') && written.length > 1 ? -1 : undefined;
  const inside = written.slice(1, end);
  return { kind: 'literal', value: kind === KIND.raw ? textOfRaw(inside) : textOfQuoted(inside), span };
}

interface Entry {
  readonly key: Expression | null;
  /** The key is a name alone, as that of a field. */
  readonly field: string | null;
  readonly value: Expression;
}

/**
 * Reads the braces of `T{…}`. A list gives a list, a table a record; what is made of a named type is a call of it, with fields as named
 * arguments.
 */
export function composite(reader: Reader, of: Type, start: number): Expression {
  const entries = reader.deeper(() => reader.inHeader(false, () => entriesOf(reader, of.element ?? OTHER)));
  const span = reader.spanFrom(start);
  if (of.shape === 'list') return { kind: 'list', elements: entries.map(({ value }) => value), span };
  const hasFields = entries.every(({ key, field }) => key === null || field !== null);
  if (of.shape === 'named' && of.name !== null && hasFields) {
    const args = entries.map(({ field, value }): ArgumentNode => ({ name: field, value }));
    return { kind: 'call', callee: of.name, args, span };
  }
  if (of.shape === 'other' && entries.length > 0 && entries.every(({ key }) => key === null))
    return { kind: 'list', elements: entries.map(({ value }) => value), span };
  const isTable = of.shape === 'record' || !hasFields;
  return {
    kind: 'record',
    entries: entries.map(({ key, field, value }) => ({
      key:
        field !== null && !isTable && key !== null ? { kind: 'literal', value: field, span: key.span } : key,
      value,
    })),
    span,
  };
}

function entriesOf(reader: Reader, element: Type): Entry[] {
  const entries: Entry[] = [];
  reader.expect('{');
  while (!reader.isAtEnd && !reader.isSign('}')) {
    const before = reader.at;
    const field = reader.isName() && reader.isSign(':', 1) ? reader.word : null;
    const first = valueOf(reader, element);
    entries.push(
      reader.take(':')
        ? { key: first, field, value: valueOf(reader, element) }
        : { key: null, field: null, value: first },
    );
    if (!reader.take(',')) {
      // A line's end before the brace is no comma: such a program is not built.
      if (reader.isSign('}')) break;
      reader.trouble();
      if (reader.isSign(';')) reader.at++;
      else if (reader.at === before) break;
    }
  }
  reader.expect('}');
  return entries;
}

/** A value in braces may leave out its type, which is that of all. */
function valueOf(reader: Reader, element: Type): Expression {
  return reader.isSign('{') ? composite(reader, element, reader.start) : reader.grammar.expression(reader);
}
