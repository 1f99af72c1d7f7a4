import type { Statement } from '../../../model/program.ts';
import { definitionEnd, wordAhead } from './keywords.ts';
import type { Reader } from './reader.ts';

/** `name() { … }`. @param bodyStart offset behind the parentheses */
export function readDefinition(reader: Reader, out: Statement[], name: string, bodyStart: number): boolean {
  const start = reader.at;
  reader.at = bodyStart;
  pushDefinition(reader, out, name, start);
  return true;
}

/** `function name { … }`, with or without parentheses. */
export function readNamedDefinition(reader: Reader, out: Statement[]): boolean {
  const start = reader.at;
  reader.at += 'function'.length;
  reader.skipBlanks();
  const name = wordAhead(reader);
  if (name === '') {
    reader.fault(start, 'no name behind function');
    return true;
  }
  const end = definitionEnd(reader, name);
  reader.at = end < 0 ? reader.at + name.length : end;
  pushDefinition(reader, out, name, start);
  return true;
}

function pushDefinition(reader: Reader, out: Statement[], name: string, start: number): void {
  const body: Statement[] = [];
  reader.skipLines();
  if (reader.grammar.command(reader, body) === null) reader.fault(start, `no body of ${name}`);
  const span = reader.span(start);
  const definition = { name, parameters: [], decorators: [], body, documentation: null, span };
  out.push({ kind: 'function', definition, span });
}
