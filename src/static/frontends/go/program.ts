import type { Expression, Statement } from '../../../model/program.ts';
import { declaration, functionDeclaration } from './declarations.ts';
import { importDeclaration } from './imports.ts';
import { type Reader, TooDeep } from './reader.ts';

/** The parts of a file in the order in which they are to be known. */
interface Parts {
  readonly imports: Statement[];
  /** Methods by the type that they are of. */
  readonly methods: Map<string, Extract<Statement, { kind: 'function' }>[]>;
  readonly types: Statement[];
  readonly functions: Statement[];
  readonly values: Statement[];
  /** Functions that run when the package is loaded. */
  readonly first: Statement[];
}

const BEGINNINGS: ReadonlySet<string> = new Set(['func', 'var', 'const', 'type', 'import']);

/** Reads a whole file. What a type is stands before what is made of it, since the order in a file means nothing. */
export function program(reader: Reader): Statement[] {
  const parts: Parts = { imports: [], methods: new Map(), types: [], functions: [], values: [], first: [] };
  if (reader.take('package')) {
    reader.expectName();
    reader.take(';');
  } else reader.trouble();
  while (!reader.isAtEnd) {
    const before = reader.at;
    try {
      topLevel(reader, parts);
    } catch (error) {
      if (!(error instanceof TooDeep) && !(error instanceof RangeError)) throw error;
      reader.isCutOff = true;
      reader.surface();
      if (reader.at === before) reader.at++;
      toNext(reader);
      continue;
    }
    if (reader.take(';') || reader.isAtEnd) continue;
    reader.trouble();
    if (reader.at === before || !BEGINNINGS.has(reader.word)) {
      if (reader.at === before) reader.at++;
      toNext(reader);
    }
  }
  return ordered(parts);
}

/** Steps to the next declaration that begins a line. */
function toNext(reader: Reader): void {
  for (; !reader.isAtEnd; reader.at++) {
    const { start } = reader;
    if (BEGINNINGS.has(reader.word) && (start === 0 || reader.text[start - 1] === '\n')) return;
  }
}

function topLevel(reader: Reader, parts: Parts): void {
  switch (reader.word) {
    case 'import':
      parts.imports.push(...importDeclaration(reader));
      return;
    case 'func':
      addFunction(reader, parts);
      return;
    case 'type':
      parts.types.push(...declaration(reader, false));
      return;
    case 'var':
    case 'const':
      parts.values.push(...declaration(reader, false));
      return;
    case ';':
      return;
    default:
      reader.trouble();
  }
}

function addFunction(reader: Reader, parts: Parts): void {
  const method = functionDeclaration(reader);
  if (method === null) return;
  const { receiver, statement } = method;
  if (receiver !== null) {
    const known = parts.methods.get(receiver);
    if (known === undefined) parts.methods.set(receiver, [statement]);
    else known.push(statement);
    return;
  }
  const { span } = statement;
  if (statement.definition.name !== 'init') {
    parts.functions.push(statement);
    return;
  }
  // A package may have several, each of which runs once.
  const local = `init@${String(span.start)}`;
  parts.functions.push({ ...statement, local });
  const callee: Expression = { kind: 'name', name: local, span };
  parts.first.push({ kind: 'expression', expression: { kind: 'call', callee, args: [], span }, span });
}

/** Types with their methods first, then what is known of their fields, which may be of any of them. */
function ordered({ imports, methods, types, functions, values, first }: Parts): Statement[] {
  const classes = types.flatMap((each) =>
    each.kind === 'class' ? [{ ...each, body: [] as Statement[] }] : [],
  );
  const named = new Set(classes.map(({ name }) => name));
  for (const each of classes) {
    each.body = [...(methods.get(each.name) ?? [])];
  }
  const elsewhere = [...methods].flatMap(([name, body]): Statement[] =>
    named.has(name)
      ? []
      : [
          {
            kind: 'class',
            name,
            bases: [],
            decorators: [],
            body,
            documentation: null,
            span: body[0]?.span ?? { start: 0, end: 0 },
          },
        ],
  );
  const fields = types.filter(
    (each) => each.kind !== 'class' || each.body.length > 0 || each.bases.length > 0,
  );
  const others = fields.filter((each) => each.kind !== 'class');
  const extended = fields.filter((each) => each.kind === 'class');
  return [
    ...imports,
    ...classes.map((each) => ({ ...each, bases: [] })),
    ...elsewhere,
    ...others,
    ...extended,
    ...functions,
    ...values,
    ...first,
  ];
}
