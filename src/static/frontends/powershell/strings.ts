import type { Expression } from '../../../model/program.ts';
import { placeOfVariable } from '../windows-places.ts';
import { callOf, type Grammar, literal, nameOf, type Reader } from './reader.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What variables of PowerShell's own stand for, as paths are written elsewhere. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['home', '~'],
  ['env:home', '~'],
  ['profile', '~/Documents/PowerShell/Microsoft.PowerShell_profile.ps1'],
]);

/** The place that a variable stands for; null for any other. @param name in lower case, `env:` before those of the environment */
function placeOf(name: string): string | null {
  return PLACES.get(name) ?? (name.startsWith('env:') ? placeOfVariable(name.slice(4)) : null);
}

/** True where what follows gives the variable a value: `$home = …`, which PowerShell refuses and scripts do nonetheless. */
function isAssigned(reader: Reader): boolean {
  return /^[ \t]{0,20}[-+*/%]?=(?!=)/.test(reader.text.slice(reader.at, reader.at + 24));
}

/** A variable: `$x`, `${a b}`, `$env:NAME`, `$script:x`. Names are written in any case. */
export function variable(reader: Reader): Expression {
  const start = reader.at;
  const written = reader.match(/\$\{[^}\r\n]{1,200}\}|\$[\w:]*\w|\$[$^?_]|\$/y) ?? '$';
  const span = reader.spanFrom(start);
  const name = written
    .replace(/^\$\{?|\}$/g, '')
    .toLowerCase()
    .replace(/^(?:script|global|local|private|using|variable):/, '');
  const place = placeOf(name);
  if (place !== null && !isAssigned(reader)) return literal(place, span);
  if (name === 'true' || name === 'false' || name === 'null')
    return literal(name === 'null' ? null : name === 'true', span);
  if (!name.startsWith('env:')) return nameOf(`$${name}`, span);
  return {
    kind: 'index',
    object: nameOf('env', span),
    index: literal(name.slice(4).toUpperCase(), span),
    span,
  };
}

/** A character after a backtick. */
export function escaped(reader: Reader): string {
  reader.at++;
  const point = reader.match(/u\{[0-9a-fA-F]{1,6}\}/y);
  if (point !== null) {
    const code = Number.parseInt(point.slice(2, -1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  const character = reader.peek();
  reader.at++;
  return ESCAPES[character] ?? character;
}

/** `$( … )` in a text or an expression: the last pipeline in it is its value. */
export function subexpression(reader: Reader, grammar: Grammar, opening: number): Expression {
  const start = reader.at;
  reader.at += opening;
  const body = reader.deeper(() => grammar.statements(reader), true);
  reader.take(')');
  const values: Expression[] = [];
  for (const statement of body) {
    if (statement.kind === 'expression') values.push(statement.expression);
    else reader.pending.push(statement);
  }
  const [only] = values;
  const span = reader.spanFrom(start);
  return values.length === 1 && only !== undefined ? only : { kind: 'list', elements: values, span };
}

/** A text with variables in it, up to its closing mark. */
function expandable(reader: Reader, grammar: Grammar, isEnd: () => boolean): Expression {
  const start = reader.at;
  const parts: Expression[] = [];
  let plain = '';
  let from = start;
  const flush = (): void => {
    if (plain !== '') parts.push(literal(plain, { start: from, end: reader.at }));
    plain = '';
  };
  while (!reader.isAtEnd && !isEnd()) {
    if (reader.peek() === '`') plain += escaped(reader);
    else if (reader.startsWith('$(')) {
      flush();
      parts.push(subexpression(reader, grammar, 2));
      from = reader.at;
    } else if (reader.sees(/\$[\w{?^$]/y)) {
      flush();
      parts.push(variable(reader));
      from = reader.at;
    } else if (reader.startsWith('""')) {
      plain += '"';
      reader.at += 2;
    } else plain += reader.match(/[^`$"\r\n]+|[\s\S]/y) ?? '';
  }
  flush();
  const span = reader.spanFrom(start);
  const [only] = parts;
  if (parts.every((part) => part.kind === 'literal'))
    return literal(parts.map((part) => String(part.value)).join(''), span);
  return parts.length === 1 && only !== undefined ? only : { kind: 'template', parts, span };
}

/** A quoted text, `'…'`, `"…"`, `@'…'@` or `@"…"@`; null when none begins here. */
export function quoted(reader: Reader, grammar: Grammar): Expression | null {
  const start = reader.at;
  const opening = reader.match(/@["'][ \t]*\r?\n/y);
  if (opening !== null) {
    const mark = `${opening[1]!}@`;
    if (opening[1] === '"') {
      const isEnd = (): boolean => reader.sees(/\r?\n"@/y);
      const value = reader.startsWith('"@')
        ? literal('', reader.spanFrom(start))
        : expandable(reader, grammar, isEnd);
      reader.match(/(?:\r?\n)?"@/y);
      return { ...value, span: reader.spanFrom(start) };
    }
    const close = reader.text.indexOf(`\n${mark}`, reader.at - 1);
    const end = close === -1 ? reader.text.length : close;
    const value = reader.text.slice(reader.at, Math.max(reader.at, end)).replace(/\r$/, '');
    reader.at = Math.min(reader.text.length, end + 3);
    return literal(value, reader.spanFrom(start));
  }
  if (/['\u2018-\u201b]/.test(reader.peek())) {
    const body = reader.match(/['\u2018-\u201b](?:[^'\u2018-\u201b]|''){0,4000000}['\u2018-\u201b]?/y) ?? '';
    const value = body.replace(/^.|(?<=.)['\u2018-\u201b]$/g, '').replaceAll("''", "'");
    return literal(value, reader.spanFrom(start));
  }
  if (!/["\u201c-\u201e]/.test(reader.peek())) return null;
  reader.at++;
  const isEnd = (): boolean => /["\u201c-\u201e]/.test(reader.peek()) && reader.peek(1) !== '"';
  const value = expandable(reader, grammar, isEnd);
  reader.at = Math.min(reader.text.length, reader.at + 1);
  return { ...value, span: reader.spanFrom(start) };
}

/** A cast to `[char]` or `[char[]]`: characters by their numbers. */
export function asCharacters(value: Expression, isList: boolean): Expression {
  const { span } = value;
  const chr = nameOf('chr', span);
  if (!isList) return callOf(chr, [value], span);
  const each = nameOf('$(each)', span);
  return {
    kind: 'comprehension',
    element: callOf(chr, [each], span),
    binding: each,
    iterable: value,
    conditions: [],
    span,
  };
}
