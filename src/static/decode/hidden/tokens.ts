import type { Span } from '../../../model/program.ts';

/** A run of characters in a text that may be an encoding of something. */
export interface EncodedToken {
  /** Without the line breaks, quotes and marks between its lines. */
  readonly text: string;
  readonly span: Span;
}

/** Shorter runs are names, paths and digests (UTF-16 units). */
const SHORTEST_RUN = 40;

/** Characters of base64 in both alphabets, and so of hexadecimal and base32. */
const IS_ENCODING = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  IS_ENCODING[code] = /[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0;
}

/** What may stand between two lines of one token: quotes, a comma, plus or backslash, comment and quotation marks. */
const NEXT_LINE =
  /={0,2}[ \t]{0,20}["'`]?[ \t]{0,20}[\\+,]?\r?\n[ \t>#*/]{0,40}["'`]?([A-Za-z0-9+/_-]{1,1000}={0,2})/y;

/** At least sixteen numbers in a row, as a list of character codes is written. */
const NUMBERS =
  /(?:0x[0-9a-fA-F]{1,2}|\d{1,3})(?:\s{0,20},\s{0,20}(?:0x[0-9a-fA-F]{1,2}|\d{1,3})){15,100000}/g;

/** So many escapes in a row spell a text that is not to be read. */
const ESCAPES = /(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|&#x?[0-9a-fA-F]{2,6};){12,100000}/y;

/** What escapes begin with. */
const ESCAPE_STARTS = ['\\', '%', '&#'];

/** How a text in an address of its own begins (RFC 2397); what is in base64 is a run. */
const DATA_URI =
  /data:[a-z]{1,20}\/[\w.+-]{1,60}(?:;[\w=.-]{1,60}){0,4},(?=[^\s"<>]{0,200}%[0-9a-fA-F]{2})/gi;

/** Longer ones are cut off (UTF-16 units). */
const MAX_DATA_URI = 1_000_000;

/** Where an address ends: at what closes what it stands in, at the latest at white space. */
function dataUriEnd(text: string, start: number, from: number): number {
  const opener = text[start - 1];
  let depth = 1;
  for (let at = from; at < Math.min(text.length, start + MAX_DATA_URI); at++) {
    const character = text[at]!;
    if (/[\s"<>`]/.test(character)) return at;
    if (character === "'" && opener === "'") return at;
    if (opener !== '(') continue;
    if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at;
  }
  return Math.min(text.length, start + MAX_DATA_URI);
}

function isEncoding(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && IS_ENCODING[code] === 1;
}

/** The first offset of a run that is long enough, at or behind an offset; -1 for none. Looks at one character in forty of other text. */
function nextRun(text: string, from: number): number {
  for (
    let start = from, last = from + SHORTEST_RUN - 1;
    last < text.length;
    last = start + SHORTEST_RUN - 1
  ) {
    let at = last;
    while (at >= start && isEncoding(text, at)) at--;
    if (at < start) return start;
    start = at + 1;
  }
  return -1;
}

function runEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isEncoding(text, at)) at++;
  return at;
}

/** A token that may go on over lines of the same length, the last one shorter. */
function tokenAt(text: string, start: number, firstEnd: number): EncodedToken {
  const pieces = [text.slice(start, firstEnd)];
  const width = firstEnd - start;
  let end = firstEnd;
  for (let isWhole = true; isWhole;) {
    NEXT_LINE.lastIndex = end;
    const next = NEXT_LINE.exec(text);
    const piece = next?.[1];
    if (piece === undefined || piece.length > width) break;
    pieces.push(piece);
    end = NEXT_LINE.lastIndex;
    isWhole = piece.length === width;
  }
  while (text.charCodeAt(end) === 61 && end < firstEnd + 2) end++;
  return { text: pieces.join(''), span: { start, end } };
}

/** Rows of escapes. Only where one begins is the expression asked. */
function* escapesIn(text: string): Generator<EncodedToken> {
  const next = ESCAPE_STARTS.map((start) => text.indexOf(start));
  for (let from = 0; ;) {
    let at = -1;
    for (let index = 0; index < next.length; index++) {
      if (next[index]! >= 0 && next[index]! < from) next[index] = text.indexOf(ESCAPE_STARTS[index]!, from);
      if (next[index]! >= 0 && (at < 0 || next[index]! < at)) at = next[index]!;
    }
    if (at < 0) return;
    ESCAPES.lastIndex = at;
    const row = ESCAPES.exec(text)?.[0];
    from = at + (row?.length ?? 1);
    if (row !== undefined) yield { text: row, span: { start: at, end: from } };
  }
}

/** Runs of characters in any text that may hide another: encoded words, lists of numbers, rows of escapes, data URIs. Linear. */
export function* encodedTokens(text: string): Generator<EncodedToken> {
  for (let at = nextRun(text, 0); at >= 0;) {
    const token = tokenAt(text, at, runEnd(text, at));
    yield token;
    at = nextRun(text, token.span.end);
  }
  let end = 0;
  for (const hit of text.matchAll(DATA_URI)) {
    if (hit.index < end) continue;
    end = dataUriEnd(text, hit.index, hit.index + hit[0].length);
    yield { text: text.slice(hit.index, end), span: { start: hit.index, end } };
  }
  for (const hit of text.matchAll(NUMBERS))
    yield { text: hit[0], span: { start: hit.index, end: hit.index + hit[0].length } };
  yield* escapesIn(text);
}
