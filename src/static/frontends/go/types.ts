import type { Expression, ParameterNode, Span } from '../../../model/program.ts';
import type { Reader } from './reader.ts';

/** A type, as far as values of it differ for who follows them. */
export interface Type {
  readonly shape: 'named' | 'list' | 'record' | 'struct' | 'text' | 'number' | 'truth' | 'other';
  /** Of a named one. */
  readonly name: Expression | null;
  /** What a list or a table holds. */
  readonly element: Type | null;
}

export const OTHER: Type = { shape: 'other', name: null, element: null };

const BASIC: ReadonlyMap<string, Type['shape']> = new Map([
  ['string', 'text'],
  ['bool', 'truth'],
  ...'int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr byte rune float32 float64'
    .split(' ')
    .map((name) => [name, 'number'] as const),
  ...'error any comparable complex64 complex128'.split(' ').map((name) => [name, 'other'] as const),
]);

/** True for the name of a type of the language. */
export function isBasicType(name: string): boolean {
  return BASIC.has(name);
}

/** What a type is written as that is read as an expression first: `T`, `pkg.T`. */
export function typeNamed(name: Expression): Type {
  const shape = name.kind === 'name' ? BASIC.get(name.name) : undefined;
  return shape === undefined ? { shape: 'named', name, element: null } : { shape, name: null, element: null };
}

/** True when a type begins here that is no name. */
export function beginsType(reader: Reader): boolean {
  return (
    reader.isSign('[') ||
    reader.isSign('map') ||
    reader.isSign('chan') ||
    reader.isSign('struct') ||
    reader.isSign('interface') ||
    reader.isSign('func')
  );
}

/** True when any type may begin here. */
function mayBegin(reader: Reader, ahead = 0): boolean {
  return (
    reader.isName(ahead) ||
    ['[', 'map', 'chan', 'struct', 'interface', 'func', '*', '(', '<-', '...', '~'].some((sign) =>
      reader.isSign(sign, ahead),
    )
  );
}

/** Reads a type. */
export function type(reader: Reader): Type {
  return reader.deeper(() => typeHere(reader));
}

function typeHere(reader: Reader): Type {
  if (reader.isName()) return namedType(reader);
  if (reader.take('*') || reader.take('~')) return type(reader);
  if (reader.take('...')) return { shape: 'list', name: null, element: type(reader) };
  if (reader.take('(')) {
    const inner = type(reader);
    reader.expect(')');
    return inner;
  }
  if (reader.take('[')) return listType(reader);
  if (reader.take('map')) {
    reader.expect('[');
    type(reader);
    reader.expect(']');
    return { shape: 'record', name: null, element: type(reader) };
  }
  if (reader.take('<-')) {
    reader.expect('chan');
    return { shape: 'other', name: null, element: type(reader) };
  }
  if (reader.take('chan')) {
    reader.take('<-');
    return { shape: 'other', name: null, element: type(reader) };
  }
  if (reader.take('func')) {
    signature(reader);
    return OTHER;
  }
  if (reader.take('struct')) {
    structFields(reader);
    return { shape: 'struct', name: null, element: null };
  }
  if (reader.take('interface')) {
    skipBraces(reader);
    return OTHER;
  }
  reader.trouble();
  return OTHER;
}

/** The rest of `[]T`, `[4]T`, `[...]T`. */
function listType(reader: Reader): Type {
  if (!reader.take(']')) {
    if (!reader.take('...')) reader.inHeader(false, () => reader.grammar.expression(reader));
    reader.expect(']');
  }
  return { shape: 'list', name: null, element: type(reader) };
}

function namedType(reader: Reader): Type {
  const { start } = reader;
  const first = reader.expectName();
  let name: Expression = { kind: 'name', name: reader.resolve(first), span: reader.spanFrom(start) };
  if (reader.take('.')) {
    const property = reader.expectName();
    name = { kind: 'member', object: name, property, span: reader.spanFrom(start) };
  }
  if (reader.isSign('[') && !reader.isSign(']', 1)) typeArguments(reader);
  return typeNamed(name);
}

/** `[K, V]` behind the name of something generic. */
function typeArguments(reader: Reader): void {
  reader.expect('[');
  while (!reader.isAtEnd && !reader.isSign(']')) {
    type(reader);
    if (!reader.take(',')) break;
  }
  reader.expect(']');
}

/** Steps over what stands between braces: nothing in it runs. */
function skipBraces(reader: Reader): void {
  if (!reader.expect('{')) return;
  for (let open = 1; !reader.isAtEnd && open > 0; reader.at++) {
    if (reader.isSign('{')) open++;
    else if (reader.isSign('}')) open--;
  }
}

/** A field of a struct, or what is embedded in it. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly isEmbedded: boolean;
  readonly span: Span;
}

/** The fields between the braces of a struct. */
export function structFields(reader: Reader): readonly Field[] {
  const fields: Field[] = [];
  if (!reader.expect('{')) return fields;
  reader.allUpTo('}', () => {
    const { start } = reader;
    const isEmbedded =
      reader.isSign('*') ||
      reader.isSign('.', 1) ||
      reader.isSign(';', 1) ||
      isTagged(reader) ||
      isGeneric(reader, [';', '}']);
    const names: string[] = [];
    if (!isEmbedded) {
      do names.push(reader.expectName());
      while (reader.take(','));
    }
    const held = type(reader);
    const span = reader.spanFrom(start);
    if (isEmbedded) {
      const name =
        held.name?.kind === 'member' ? held.name.property : held.name?.kind === 'name' ? held.name.name : '';
      fields.push({ name, type: held, isEmbedded, span });
    }
    for (const name of names) fields.push({ name, type: held, isEmbedded, span });
    if (reader.kind >= 6) reader.next();
  });
  return fields;
}

/** `T "tag"` and `T }`: a type alone. */
function isTagged(reader: Reader): boolean {
  return (reader.tokens.kinds[reader.at + 1] ?? 0) >= 6 || reader.isSign('}', 1);
}

/** One entry between the brackets of a signature: a name, a type, or both. */
interface Entry {
  readonly name: string | null;
  readonly at: number;
  type: Type | null;
  readonly isRest: boolean;
}

/** What a function takes and gives. */
export interface Signature {
  readonly parameters: readonly ParameterNode[];
  readonly results: readonly (Expression | null)[];
  /** Results that have names, with what they hold at first. */
  readonly named: readonly { readonly name: string; readonly type: Type; readonly at: number }[];
}

/** Reads the parameters and results of a function. */
export function signature(reader: Reader): Signature {
  const entries = entriesOf(reader);
  const given: readonly Entry[] = reader.isSign('(')
    ? entriesOf(reader)
    : mayBegin(reader) && !reader.isSign('...')
      ? [{ name: null, at: reader.start, type: type(reader), isRest: false }]
      : [];
  return {
    parameters: entries.map(({ name, type: of, isRest }) => ({
      name: name ?? '_',
      default: null,
      rest: isRest ? '*' : null,
      ...(of?.name === null || of === null ? {} : { annotation: of.name }),
    })),
    results: given.map((each) => each.type?.name ?? null),
    named: given.flatMap(({ name, type: of, at }) =>
      name === null ? [] : [{ name, type: of ?? OTHER, at }],
    ),
  };
}

/** `(a, b int, c string)`, `(int, string)`: where one has a name, those that seem to be types alone are names too. */
function entriesOf(reader: Reader): Entry[] {
  const entries: Entry[] = [];
  if (!reader.expect('(')) return entries;
  while (!reader.isAtEnd && !reader.isSign(')')) {
    const at = reader.start;
    const before = reader.at;
    const isNamed =
      reader.isName() && !reader.isSign('.', 1) && mayBegin(reader, 1) && !isGeneric(reader, [',', ')']);
    const name = isNamed ? reader.expectName() : null;
    const isRest = reader.isSign('...');
    entries.push({ name, at, type: type(reader), isRest });
    if (!reader.take(',')) break;
    if (reader.at === before) break;
  }
  reader.expect(')');
  if (!entries.some(({ name }) => name !== null)) return entries;
  let next: Type | null = null;
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]!;
    if (entry.name !== null) next = entry.type;
    else {
      const written = /^[\p{L}\p{Nd}_]+/u.exec(reader.text.slice(entry.at, entry.at + 200))?.[0] ?? '_';
      entries[index] = { ...entry, name: written, type: next };
    }
  }
  return entries;
}

/** `List[T]` rather than `list []T`: a sign stands behind it that ends a type. */
function isGeneric(reader: Reader, signs: readonly string[]): boolean {
  if (!reader.isSign('[', 1) || reader.isSign(']', 2)) return false;
  for (let ahead = 2, open = 1; ahead < 200; ahead++) {
    if (reader.isSign('[', ahead)) open++;
    else if (reader.isSign(']', ahead) && --open === 0)
      return signs.some((sign) => reader.isSign(sign, ahead + 1));
  }
  return false;
}

/** What a variable of a type holds at first. */
export function zeroOf({ shape, name }: Type, span: Span): Expression {
  switch (shape) {
    case 'list':
      return { kind: 'list', elements: [], span };
    case 'record':
    case 'struct':
      return { kind: 'record', entries: [], span };
    case 'text':
      return { kind: 'literal', value: '', span };
    case 'number':
      return { kind: 'literal', value: 0, span };
    case 'truth':
      return { kind: 'literal', value: false, span };
    default:
      return name ?? { kind: 'other', children: [], span };
  }
}
