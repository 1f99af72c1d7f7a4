import type { Expression } from '../../../model/program.ts';
import {
  BACKSLASH,
  CLOSE_PAREN,
  DOLLAR,
  DOUBLE_QUOTE,
  isIn,
  METACHARACTERS,
  NEWLINE,
  RETURN,
  SINGLE_QUOTE,
  TAB,
} from './characters.ts';
import { joinParts, literal } from './parts.ts';
import { HERE_DOCUMENT, readText, TAB_STRIPPED } from './quoting.ts';
import type { Reader } from './reader.ts';
import type { LateValue } from './script.ts';

/** A here-document whose text stands further down. */
export interface PendingDocument {
  readonly delimiter: string;
  /** The delimiter is quoted: nothing in the text is expanded. */
  readonly isRaw: boolean;
  /** `<<-` */
  readonly stripsTabs: boolean;
  /** Where its text goes once it is read. */
  readonly holders: LateValue[];
}

/** Reads the word behind `<<`; null when there is none. */
export function readDelimiter(reader: Reader, stripsTabs: boolean): PendingDocument | null {
  const { text, end } = reader;
  const start = reader.at;
  let at = start;
  let delimiter = '';
  let isRaw = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isIn(METACHARACTERS, code) || (code === RETURN && reader.lineBreak(at) > 0)) break;
    if (code === BACKSLASH) {
      isRaw = true;
      delimiter += text.charAt(at + 1);
      at += 2;
    } else if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) {
      isRaw = true;
      const close = text.indexOf(text[at]!, at + 1);
      const isClosed = close >= 0 && close < end;
      if (!isClosed) reader.fault(at, `no closing ${text[at]!}`);
      const stop = isClosed ? close : lineEndOf(text, at, end);
      delimiter += text.slice(at + 1, stop);
      at = isClosed ? stop + 1 : stop;
    } else if (code === DOLLAR && (text[at + 1] === "'" || text[at + 1] === '"')) {
      at += 1;
    } else {
      delimiter += text[at]!;
      at += 1;
    }
  }
  reader.at = Math.min(at, end);
  return at === start ? null : { delimiter, isRaw, stripsTabs, holders: [] };
}

function lineEndOf(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? end : Math.min(found, end);
}

/** Reads the bodies of the here-documents that were announced; at the beginning of the first one's first line. */
export function readHereDocuments(reader: Reader): void {
  const { pending } = reader;
  reader.pending = [];
  for (const document of pending) {
    const value = readBody(reader, document);
    for (const holder of document.holders) holder.value = value;
  }
}

function readBody(reader: Reader, document: PendingDocument): Expression {
  const { end } = reader;
  const start = reader.at;
  const { bodyEnd, next } = lastLine(reader, document);
  const span = reader.span(start, bodyEnd);
  const parts: Expression[] = [];
  reader.end = bodyEnd;
  if (document.isRaw && !document.stripsTabs) {
    parts.push(literal(reader.text.slice(start, bodyEnd), span));
  } else if (document.isRaw) {
    parts.push(literal(reader.text.slice(start, bodyEnd).replace(/^\t+/gm, ''), span));
  } else {
    readExpanded(reader, parts, document.stripsTabs);
  }
  reader.end = end;
  reader.at = next;
  return joinParts(parts, span);
}

function readExpanded(reader: Reader, parts: Expression[], stripsTabs: boolean): void {
  while (reader.at < reader.end) {
    while (stripsTabs && reader.peek() === TAB) reader.at += 1;
    readText(reader, parts, stripsTabs ? TAB_STRIPPED : HERE_DOCUMENT);
    if (reader.peek() !== NEWLINE) continue;
    reader.at += 1;
    parts.push(literal('\n', reader.span(reader.at - 1)));
  }
}

/** Finds the line that is the delimiter. Without one, the document goes on to the end, as Bash has it. */
function lastLine(reader: Reader, document: PendingDocument): { bodyEnd: number; next: number } {
  const { text, end } = reader;
  const { delimiter, stripsTabs, isRaw } = document;
  let line = reader.at;
  let isContinued = false;
  while (line < end) {
    const found = text.indexOf('\n', line);
    const lineEnd = found < 0 || found > end ? end : found;
    let from = line;
    while (stripsTabs && from < lineEnd && text.charCodeAt(from) === TAB) from += 1;
    if (!isContinued && text.startsWith(delimiter, from) && from + delimiter.length <= lineEnd) {
      const behind = from + delimiter.length;
      const isReturn = behind + 1 === lineEnd && text.charCodeAt(behind) === RETURN;
      if (behind === lineEnd || isReturn) return { bodyEnd: line, next: Math.min(end, lineEnd + 1) };
      if (reader.isInSubstitution && text.charCodeAt(behind) === CLOSE_PAREN) {
        return { bodyEnd: line, next: behind };
      }
    }
    isContinued = !isRaw && hasOpenEnd(text, line, lineEnd);
    line = lineEnd + 1;
  }
  return { bodyEnd: end, next: end };
}

/** The line ends in a backslash that no other one escapes. */
function hasOpenEnd(text: string, from: number, to: number): boolean {
  let at = to;
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) at -= 1;
  return (to - at) % 2 === 1;
}
