import type { Span } from '../../../model/program.ts';

/** A value in a text, with how it is written. */
export interface GivenValue extends Span {
  readonly text: string;
  readonly isQuoted: boolean;
  /** What stood before it says how it is sent: `Bearer`, `Basic`. */
  readonly scheme: string | null;
}

const LONGEST = 600;
const QUOTE_PREFIX = /[bBrRuU]{1,2}(?=["'])/y;
const SCHEME = /(Bearer|Basic|Token|SSWS|ApiKey|Bot|Digest)[ \t]{1,4}/iy;
const BARE = /[^\s"'`<>]{1,600}/y;

/** Steps over spaces and tabs, at most `most`. */
function skipSpaces(text: string, index: number, most: number): number {
  let at = index;
  while (at < index + most && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at += 1;
  return at;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

/**
 * The value that stands behind a sign, quoted or bare, or null when there is none on the line.
 * @param index behind the sign
 */
export function valueAt(text: string, index: number): GivenValue | null {
  let at = skipSpaces(text, index, 40);
  QUOTE_PREFIX.lastIndex = at;
  if (QUOTE_PREFIX.test(text)) at = QUOTE_PREFIX.lastIndex;
  const isEscaped = text.charCodeAt(at) === 92 && isQuote(text.charCodeAt(at + 1));
  const open = text.charCodeAt(isEscaped ? at + 1 : at);
  if (!isQuote(open)) return bareAt(text, at);
  const from = isEscaped ? at + 2 : at + 1;
  for (let end = from; end < from + LONGEST; end += 1) {
    const code = text.charCodeAt(end);
    if (Number.isNaN(code) || code === 10) return null;
    if (code === 92 && !(isEscaped && text.charCodeAt(end + 1) === open)) end += 1;
    else if (code === open || (isEscaped && code === 92)) return withScheme(text, from, end, true);
  }
  return null;
}

function bareAt(text: string, at: number): GivenValue | null {
  SCHEME.lastIndex = at;
  const start = SCHEME.test(text) ? SCHEME.lastIndex : at;
  BARE.lastIndex = start;
  const match = BARE.exec(text);
  if (match === null) return null;
  const value = match[0].replace(/&[^]*$/, '').replace(/[,;)\]}\\]+$/, '');
  if (value === '') return null;
  const scheme = start === at ? null : text.slice(at, start).trim();
  return { start, end: start + value.length, text: value, isQuoted: false, scheme };
}

function withScheme(text: string, start: number, end: number, isQuoted: boolean): GivenValue {
  SCHEME.lastIndex = start;
  if (SCHEME.test(text) && SCHEME.lastIndex < end) {
    const from = SCHEME.lastIndex;
    return {
      start: from,
      end,
      text: text.slice(from, end),
      isQuoted,
      scheme: text.slice(start, from).trim(),
    };
  }
  return { start, end, text: text.slice(start, end), isQuoted, scheme: null };
}

/** Words of types that stand between a name and its value: `secret: string = "…"`. */
const TYPE = /^(?:str|string|String|bytes|Optional|Final|char|text|const)$/;
/** A setting in two parts: `name: DB_PASSWORD` on the line before `value: …`, `key="…" value="…"`. */
const NAMED_BEFORE = /(?:key|name|id)["']?\s{0,4}[=:]\s{0,4}["']?([\w.-]{2,64})["']?[\s,]{1,24}$/i;

/**
 * The name that stands before a sign, without quotes and brackets; empty when there is none.
 * @param index of the sign
 */
export function nameBefore(text: string, index: number): string {
  const { name, start } = wordBefore(text, index);
  if (name === 'value' || name === 'Value' || name === 'VALUE')
    return NAMED_BEFORE.exec(text.slice(Math.max(0, start - 100), start))?.[1] ?? name;
  if (!TYPE.test(name)) return name;
  const before = text.slice(Math.max(0, start - 8), start);
  const colon = before.lastIndexOf(':');
  return colon < 0 ? name : wordBefore(text, start - before.length + colon).name;
}

function wordBefore(text: string, index: number): { readonly name: string; readonly start: number } {
  let end = index;
  while (end > index - 24 && /[\s:]/.test(text[end - 1] ?? '')) end -= 1;
  while (end > index - 30 && /["'`\]\\]/.test(text[end - 1] ?? '')) end -= 1;
  let start = end;
  while (start > end - 64 && /[\w.-]/.test(text[start - 1] ?? '')) start -= 1;
  return { name: text.slice(start, end), start };
}
