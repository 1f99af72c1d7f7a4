import type { Expression } from '../../../model/program.ts';
import type { Reader } from './reader.ts';
import { joined, textParts } from './texts.ts';
import { call, nameOf, positional } from './syntax.ts';

const OPENING = /<<([~-]?)(?:(["'`])([^"'`\n]{1,200})\2|([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,200}))/y;

/** Where the body of a here-document ends, and where the line behind its closing word begins. */
interface Body {
  readonly end: number;
  readonly next: number;
  /** The least indentation of its lines, in columns. */
  readonly indent: number;
}

function columnsOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 8 - (columns % 8);
    else return columns;
  }
  return Number.POSITIVE_INFINITY;
}

/** Finds the line that closes a here-document. */
function bodyOf(reader: Reader, start: number, word: string, isIndented: boolean): Body {
  const { text } = reader;
  let indent = Number.POSITIVE_INFINITY;
  for (let at = start; at < reader.end;) {
    const newline = text.indexOf('\n', at);
    const stop = newline === -1 ? reader.end : Math.min(newline, reader.end);
    const line = text.slice(at, stop).replace(/\r$/, '');
    if ((isIndented ? line.replace(/^[ \t]+/, '') : line) === word)
      return { end: at, next: Math.min(stop + 1, reader.end), indent };
    indent = Math.min(indent, columnsOf(line));
    at = stop + 1;
  }
  reader.trouble();
  return { end: Math.max(start, reader.end), next: reader.end, indent };
}

/** A here-document whose `<<` stands here; null when there is none. Its body is read at once, and stepped over at the end of the line. */
export function hereDocument(reader: Reader): Expression | null {
  const start = reader.at;
  OPENING.lastIndex = start;
  const opening = OPENING.exec(reader.text);
  if (opening === null || start + opening[0].length > reader.end) return null;
  const [written, mark = '', quote, quotedWord, bareWord] = opening;
  reader.at = start + written.length;
  const span = reader.spanFrom(start);
  const line = reader.nextMark('\n');
  if (line === -1 || line >= reader.end) {
    reader.trouble();
    return { kind: 'literal', value: '', span };
  }
  const bodyAt = Math.min(reader.bodies.get(line) ?? line + 1, reader.end);
  const body = bodyOf(reader, bodyAt, quotedWord ?? bareWord ?? '', mark !== '');
  reader.bodies.set(line, body.next);
  const { at, end } = reader;
  reader.at = bodyAt;
  reader.end = body.end;
  const indent = mark === '~' && Number.isFinite(body.indent) ? body.indent : undefined;
  const form = { close: null, isRaw: quote === "'", ...(indent === undefined ? {} : { indent }) };
  const value = joined(bodyAt < body.end ? textParts(reader, form) : [], { start, end: body.end });
  reader.at = at;
  reader.end = end;
  return quote === '`' ? call(nameOf('`', span), positional([value]), value.span) : value;
}
