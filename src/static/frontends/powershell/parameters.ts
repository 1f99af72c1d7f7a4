import type { ParameterNode } from '../../../model/program.ts';
import type { Grammar, Reader } from './reader.ts';
import { primary } from './values.ts';

/** `[ValidateScript({ … })]`: what stands in an attribute may run; false when none begins here. */
export function attribute(reader: Reader, grammar: Grammar): boolean {
  const start = reader.at;
  if (reader.match(/\[[A-Za-z][\w.]*\s*(?=\()/y) === null) return false;
  reader.at++;
  for (;;) {
    reader.skip(true);
    if (reader.isAtEnd || reader.take(')')) break;
    if (reader.take(',')) continue;
    const before = reader.at;
    reader.match(/\w+\s*=\s*/y);
    const value = reader.deeper(() => grammar.expression(reader), false);
    if (value.kind !== 'literal')
      reader.pending.push({ kind: 'expression', expression: value, span: reader.spanFrom(start) });
    if (reader.at === before) reader.stumble();
  }
  reader.skip(true);
  reader.take(']');
  return true;
}

/** `param($a, [string]$b = 'x')` and the list behind a function's name. */
export function parameters(reader: Reader, grammar: Grammar): ParameterNode[] {
  const found: ParameterNode[] = [];
  reader.skip(true);
  if (!reader.take('(')) return found;
  for (;;) {
    reader.skip(true);
    if (reader.isAtEnd || reader.take(')')) return found;
    if (reader.take(',')) continue;
    const before = reader.at;
    // Attributes and types.
    if (reader.match(/\[[A-Za-z][\w.]*(?:\[\])?\]/y) !== null) continue;
    if (attribute(reader, grammar)) continue;
    const name = reader.match(/\$\w+/y);
    if (name === null) {
      primary(reader, grammar);
      if (reader.at === before) reader.stumble();
      continue;
    }
    reader.skip(true);
    const value = reader.take('=')
      ? (reader.skip(true), reader.deeper(() => grammar.expression(reader), false))
      : null;
    found.push({ name: name.toLowerCase(), default: value, rest: null });
  }
}
