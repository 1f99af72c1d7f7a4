import type { Span } from '../../../model/program.ts';

/** An attribute of a tag, its value without quotes. */
export interface Attribute {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  /** Offset of the value's first character. */
  readonly at: number;
}

/** A piece of markup: a tag, a comment, or the text that an element like `script` keeps to itself. */
export type Markup =
  | {
      readonly kind: 'tag';
      /** Lower case; with a leading `/` for an end tag. */
      readonly name: string;
      readonly attributes: readonly Attribute[];
      readonly span: Span;
    }
  | { readonly kind: 'comment'; readonly span: Span }
  | {
      readonly kind: 'raw';
      readonly element: string;
      readonly attributes: readonly Attribute[];
      readonly span: Span;
    };

/** Elements whose content is no markup (HTML Standard, 13.1.2). */
const RAW: ReadonlySet<string> = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'xmp',
  'iframe',
  'noembed',
]);
const NAME = /[^\s/>"'=][^\s/>=]*/y;
const EQUALS = /[ \t\r\n\f]*=[ \t\r\n\f]*/y;
const BARE = /[^\s>]+/y;
/** Of one tag so many are kept. */
const MAX_ATTRIBUTES = 1_000;
/** A longer expression in braces ends here (UTF-16 units). */
const MAX_BRACES = 20_000;

/** Matches at an offset and nowhere else. */
function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** A value at an offset: quoted, in braces as templates write expressions, or bare. */
function valueAt(
  text: string,
  at: number,
): { readonly value: string; readonly at: number; readonly end: number } {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, at + 1);
    const end = close === -1 ? text.length : close;
    return { value: text.slice(at + 1, end), at: at + 1, end: end + 1 };
  }
  if (quote === '{') {
    const limit = Math.min(text.length, at + MAX_BRACES);
    let end = at;
    for (let depth = 0; end < limit; end++) {
      if (text[end] === '{') depth++;
      else if (text[end] === '}' && --depth === 0) break;
    }
    return { value: text.slice(at + 1, end), at: at + 1, end: end + 1 };
  }
  const value = matchAt(BARE, text, at) ?? '';
  return { value, at, end: at + value.length };
}

/** The attributes behind a tag's name, and where the tag ends. */
function attributesAt(
  text: string,
  from: number,
): { readonly attributes: readonly Attribute[]; readonly end: number } {
  const attributes: Attribute[] = [];
  let at = from;
  while (at < text.length && text[at] !== '>') {
    const name = matchAt(NAME, text, at);
    if (name === null) {
      at++;
      continue;
    }
    at += name.length;
    const equals = matchAt(EQUALS, text, at);
    const held = equals === null ? null : valueAt(text, at + equals.length);
    if (attributes.length < MAX_ATTRIBUTES)
      attributes.push({ name: name.toLowerCase(), value: held?.value ?? '', at: held?.at ?? at });
    at = held?.end ?? at;
  }
  return { attributes, end: Math.min(text.length, at + 1) };
}

/** Where the end tag of an element begins; the text's end without one. */
function endOfRaw(text: string, element: string, from: number): number {
  const close = new RegExp(`</${element}(?![\\w-])`, 'gi');
  close.lastIndex = from;
  return close.exec(text)?.index ?? text.length;
}

/** Splits a page, picture or component into its markup, as a browser does: whatever is wrong with it is stepped over. Linear. */
export function* markupIn(text: string): Generator<Markup> {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const close = text.indexOf('-->', at + 4);
      const end = close === -1 ? text.length : close;
      yield { kind: 'comment', span: { start: at + 4, end } };
      at = Math.min(text.length, end + 3);
      continue;
    }
    const name = matchAt(/\/?[A-Za-z][^\s/>]{0,100}/y, text, at + 1)?.toLowerCase();
    if (name === undefined) {
      at++;
      continue;
    }
    const { attributes, end } = attributesAt(text, at + 1 + name.length);
    yield { kind: 'tag', name, attributes, span: { start: at, end } };
    const isEmpty = text[end - 2] === '/' && name !== 'script';
    at = end;
    if (!RAW.has(name) || isEmpty) continue;
    const close = endOfRaw(text, name, end);
    yield { kind: 'raw', element: name, attributes, span: { start: end, end: close } };
    at = close;
  }
}
