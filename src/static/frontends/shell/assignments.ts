import type { Expression, Statement } from '../../../model/program.ts';
import {
  CLOSE_BRACKET,
  CLOSE_PAREN,
  EQUALS,
  isIn,
  NAME_PART,
  NAME_START,
  OPEN_BRACKET,
  OPEN_PAREN,
  PLUS,
} from './characters.ts';
import { closingBracket } from './matching.ts';
import { joinParts, literal } from './parts.ts';
import { readText, SUBSCRIPT } from './quoting.ts';
import type { Reader } from './reader.ts';
import { readWord, readWords } from './words.ts';

/** Reads `name=value`, `name+=value`, `name[index]=value`, `name=(…)`. @returns false when none stands there */
export function readAssignment(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  if (!isIn(NAME_START, reader.peek())) return false;
  let at = start + 1;
  while (isIn(NAME_PART, reader.code(at))) at += 1;
  const nameEnd = at;
  if (reader.code(at) === OPEN_BRACKET) {
    const close = closingBracket(reader, at + 1);
    if (close < 0) return false;
    at = close + 1;
  }
  const isAppending = reader.code(at) === PLUS;
  if (isAppending) at += 1;
  if (reader.code(at) !== EQUALS) return false;
  let target: Expression = {
    kind: 'name',
    name: reader.script.meantBy(reader.text.slice(start, nameEnd)),
    span: reader.span(start, nameEnd),
  };
  reader.at = nameEnd;
  if (reader.peek() === OPEN_BRACKET) target = readElement(reader, target, start);
  reader.at = at + 1;
  const value = readValue(reader);
  const operator = isAppending ? '+=' : '=';
  out.push({ kind: 'assign', target, value, operator, span: reader.span(start) });
  return true;
}

function readElement(reader: Reader, object: Expression, start: number): Expression {
  reader.at += 1;
  const index = readIndex(reader);
  return { kind: 'index', object, index, span: reader.span(start) };
}

/** Behind `[`, up to and with `]`. */
function readIndex(reader: Reader): Expression {
  const start = reader.at;
  const parts: Expression[] = [];
  readText(reader, parts, SUBSCRIPT);
  const index = joinParts(parts, reader.span(start));
  if (reader.peek() === CLOSE_BRACKET) reader.at += 1;
  return index;
}

function readValue(reader: Reader): Expression {
  if (reader.peek() === OPEN_PAREN) return readArray(reader);
  return readWord(reader) ?? literal('', reader.span(reader.at));
}

/** `(a b c)` is a list, `([k]=v …)` a record. */
function readArray(reader: Reader): Expression {
  const start = reader.at;
  const elements: Expression[] = [];
  const entries: { key: Expression | null; value: Expression }[] = [];
  reader.at += 1;
  for (;;) {
    reader.skipLines();
    const code = reader.peek();
    if (code < 0 || code === CLOSE_PAREN) break;
    const entry = code === OPEN_BRACKET ? readEntry(reader) : null;
    if (entry !== null) {
      entries.push(entry);
      elements.push(entry.key, entry.value);
    } else if (!readWords(reader, elements)) {
      reader.fault(reader.at, `unexpected ${reader.text[reader.at] ?? ''}`);
      reader.at += 1;
    }
  }
  if (reader.peek() === CLOSE_PAREN) reader.at += 1;
  else reader.fault(start, 'no closing )');
  const span = reader.span(start);
  return entries.length > 0 && elements.length === 2 * entries.length
    ? { kind: 'record', entries, span }
    : { kind: 'list', elements, span };
}

function readEntry(reader: Reader): { key: Expression; value: Expression } | null {
  const start = reader.at;
  const close = closingBracket(reader, start + 1);
  const isAppending = close >= 0 && reader.code(close + 1) === PLUS;
  const equals = close + (isAppending ? 2 : 1);
  if (close < 0 || reader.code(equals) !== EQUALS) return null;
  reader.at = start + 1;
  const key = readIndex(reader);
  reader.at = equals + 1;
  return { key, value: readWord(reader) ?? literal('', reader.span(reader.at)) };
}

/** `export "NAME=value"`: the assignment in a quoted word; null when it is none. */
export function assignedIn(word: Expression): Statement | null {
  const parts = word.kind === 'template' ? word.parts : [word];
  const [first, ...rest] = parts;
  if (first?.kind !== 'literal') return null;
  const found = /^(?<name>[A-Za-z_]\w*)=(?<value>[^]*)$/.exec(String(first.value));
  if (found?.groups === undefined) return null;
  const { span } = word;
  const start: Expression = literal(found.groups['value'] ?? '', first.span);
  return {
    kind: 'assign',
    target: { kind: 'name', name: found.groups['name'] ?? '', span: first.span },
    value: joinParts([start, ...rest], span),
    operator: '=',
    span,
  };
}
