import type { Span } from '../../../model/program.ts';
import type { MarkedText } from '../../prose/marked-text.ts';
import { decodeEntity, isHidingTag, wordyAttributes } from './html.ts';

/** The text of a block as its reader sees it, and what they do not see. */
export interface InlineText extends MarkedText {
  /** Alt texts, link titles, text in elements that are styled away. */
  readonly hidden: readonly MarkedText[];
  /** Code spans by their place in the file, backticks left out. */
  readonly codeSpans: readonly { readonly text: string; readonly span: Span; readonly at: number }[];
}

/** Characters without a meaning of their own; taken in one go. */
const ORDINARY = /[^\\`*_~![\]<&]+/y;

/** Longest alt text, link address or tag; what is longer is text. */
const MAX_PART = 2000;

/**
 * Takes the inline markup off a block: emphasis, links (their address stays, in parentheses), images, tags, entities, escapes.
 * @param lines the block's lines, without the marks of lists and quotes
 */
export function readInline(text: string, lines: readonly Span[]): InlineText {
  return new InlineReader(text, lines).read();
}

class InlineReader {
  /** The block's own characters with their places in the file; line breaks are spaces. */
  readonly #source: string;
  readonly #places: readonly number[];
  #out: string[] = [];
  #offsets: number[] = [];
  readonly #code: Span[] = [];
  readonly #codeSpans: { text: string; span: Span; at: number }[] = [];
  readonly #hidden: MarkedText[] = [];
  /** Text inside a hiding element goes there instead. */
  #concealed: { out: string[]; offsets: number[]; tag: string } | null = null;
  /** Up to where a mark was looked for in vain: a text of nothing but openings is not searched over and over. */
  readonly #searched = new Map<string, number>();
  /** For each length of a backtick run the places where it stands, ascending. */
  readonly #runs = new Map<number, number[]>();

  constructor(file: string, lines: readonly Span[]) {
    const places: number[] = [];
    const pieces: string[] = [];
    for (const line of lines) {
      if (pieces.length > 0) {
        pieces.push(' ');
        places.push(line.start);
      }
      pieces.push(file.slice(line.start, line.end));
      for (let offset = line.start; offset < line.end; offset += 1) places.push(offset);
    }
    this.#source = pieces.join('');
    this.#places = places;
    for (const match of this.#source.matchAll(/`+/g)) {
      const starts = this.#runs.get(match[0].length);
      if (starts === undefined) this.#runs.set(match[0].length, [match.index]);
      else starts.push(match.index);
    }
    for (const starts of this.#runs.values()) starts.reverse();
  }

  read(): InlineText {
    let index = 0;
    while (index < this.#source.length) index = this.#step(index);
    this.#reveal();
    return {
      text: this.#out.join(''),
      offsets: this.#offsets,
      base: this.#places[0] ?? 0,
      code: this.#code,
      hidden: this.#hidden,
      codeSpans: this.#codeSpans,
    };
  }

  /** Reads what stands at an index; gives the index behind it. */
  #step(index: number): number {
    ORDINARY.lastIndex = index;
    const run = ORDINARY.exec(this.#source);
    if (run !== null) return this.#put(run[0], index, ORDINARY.lastIndex);
    const character = this.#source[index]!;
    switch (character) {
      case '\\':
        return this.#escape(index);
      case '`':
        return this.#codeSpan(index);
      case '*':
      case '_':
      case '~':
        return this.#emphasis(index, character);
      case '!':
        return this.#source[index + 1] === '[' ? this.#image(index) : this.#put(character, index);
      case '[':
        return index + 1;
      case ']':
        return this.#linkEnd(index);
      case '<':
        return this.#tag(index);
      case '&':
        return this.#entity(index);
      default:
        return this.#put(character, index);
    }
  }

  #put(text: string, index: number, next = index + 1): number {
    const to = this.#concealed ?? { out: this.#out, offsets: this.#offsets };
    to.out.push(text);
    const last = this.#places.length - 1;
    for (let unit = 0; unit < text.length; unit += 1)
      to.offsets.push(this.#places[Math.min(index + unit, last)]!);
    return next;
  }

  #escape(index: number): number {
    const next = this.#source[index + 1];
    if (next !== undefined && /[!-/:-@[-`{-~]/.test(next)) return this.#put(next, index + 1);
    return this.#put('\\', index);
  }

  #codeSpan(index: number): number {
    let length = 1;
    while (this.#source[index + length] === '`') length += 1;
    const starts = this.#runs.get(length) ?? [];
    while ((starts.at(-1) ?? Infinity) <= index) starts.pop();
    const closing = starts.at(-1);
    if (closing === undefined)
      return this.#put(this.#source.slice(index, index + length), index, index + length);
    const start = index + length;
    const content = this.#source.slice(start, closing);
    const at = this.#offsets.length;
    this.#put(content, start, closing);
    if (this.#concealed === null && content.length > 0) {
      this.#code.push({ start: at, end: at + content.length });
      this.#codeSpans.push({
        text: content,
        span: { start: this.#places[start]!, end: this.#places[closing - 1]! + 1 },
        at,
      });
    }
    return closing + length;
  }

  #emphasis(index: number, mark: string): number {
    const before = this.#source[index - 1] ?? ' ';
    let end = index;
    while (this.#source[end] === mark) end += 1;
    const after = this.#source[end] ?? ' ';
    const isInWord = /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
    const isAlone = /\s/.test(before) && /\s/.test(after);
    const isMarkup = !isAlone && (mark === '*' || (mark === '~' ? end - index === 2 : !isInWord));
    return isMarkup ? end : this.#put(this.#source.slice(index, end), index, end);
  }

  #image(index: number): number {
    const end = this.#find(']', index + 2);
    if (end === -1) return this.#put('!', index);
    this.#hide(index + 2, end);
    return this.#source[end + 1] === '(' ? this.#destination(end + 1, false) : end + 1;
  }

  #linkEnd(index: number): number {
    const next = this.#source[index + 1];
    if (next === '(') return this.#destination(index + 1, true);
    if (next === '[') {
      const end = this.#find(']', index + 2);
      return end === -1 ? index + 1 : end + 1;
    }
    // "[//]: # (text)" is the customary comment of Markdown: a link definition that nothing uses.
    const definition = /^\]:\s{1,4}(?:#|<[^<>\s]{0,200}>|\S{1,500})\s{1,4}["'(]/.exec(
      this.#source.slice(index, index + 600),
    );
    if (definition !== null) {
      const start = index + definition[0].length;
      this.#hide(start, this.#source.length);
      return this.#source.length;
    }
    return index + 1;
  }

  /** `(address "title")`: the address is kept for links to somewhere else, the title is hidden. */
  #destination(open: number, isShown: boolean): number {
    const end = this.#find(')', open + 1);
    if (end === -1) return this.#put('(', open);
    const inner = this.#source.slice(open + 1, end);
    const title = /\s["'(]/.exec(inner);
    if (title !== null) this.#hide(open + 1 + title.index + 2, end - 1);
    const address = inner.slice(0, title?.index).trim();
    if (isShown && /^[a-z][a-z0-9+.-]{1,20}:/i.test(address)) {
      this.#put(' (', open);
      this.#put(address, open + 1);
      this.#put(')', end);
    }
    return end + 1;
  }

  #tag(index: number): number {
    const autolink = /^<([a-z][a-z0-9+.-]{1,20}:[^<>\s]{1,1000})>/i.exec(
      this.#source.slice(index, index + 1100),
    );
    if (autolink !== null) return this.#put(autolink[1]!, index + 1, index + autolink[0].length);
    const tag = /^<(\/?)([a-z][a-z0-9-]{0,40})((?:\s[^<>]{0,1500})?)\/?>/i.exec(
      this.#source.slice(index, index + 1600),
    );
    if (tag === null) return this.#put('<', index);
    const [whole, slash, name, attributes] = tag;
    if (!isKnownElement(name!)) return this.#put(whole, index, index + whole.length);
    if (this.#concealed === null && slash === '' && isHidingTag(attributes!)) {
      this.#concealed = { out: [], offsets: [], tag: name!.toLowerCase() };
    } else if (slash === '/' && this.#concealed?.tag === name!.toLowerCase()) {
      this.#reveal();
    }
    const from = index + 1 + slash!.length + name!.length;
    for (const value of wordyAttributes(attributes!)) this.#hide(from + value.start, from + value.end);
    return index + whole.length;
  }

  #entity(index: number): number {
    const entity = /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/i.exec(
      this.#source.slice(index, index + 12),
    )?.[0];
    const decoded = entity === undefined ? null : decodeEntity(entity);
    if (entity === undefined || decoded === null) return this.#put('&', index);
    return this.#put(decoded, index, index + entity.length);
  }

  #hide(start: number, end: number): void {
    const text = this.#source.slice(start, end);
    if (text.trim().length < 3) return;
    this.#hidden.push({
      text,
      offsets: this.#places.slice(start, end),
      base: this.#places[start]!,
      code: [],
    });
  }

  #reveal(): void {
    const concealed = this.#concealed;
    this.#concealed = null;
    if (concealed === null || concealed.out.length === 0) return;
    this.#hidden.push({
      text: concealed.out.join(''),
      offsets: concealed.offsets,
      base: concealed.offsets[0]!,
      code: [],
    });
  }

  #find(mark: string, from: number): number {
    const limit = Math.min(this.#source.length, from + MAX_PART);
    for (let index = Math.max(from, this.#searched.get(mark) ?? 0); index < limit; index += 1) {
      if (this.#source[index] === '\\') index += 1;
      else if (this.#source[index] === mark) return index;
    }
    this.#searched.set(mark, limit);
    return -1;
  }
}

/** Elements that Markdown renderers take for markup; `<token>`, `<your-name>` or `<IMPORTANT>` stay as the text they are. */
function isKnownElement(name: string): boolean {
  return /^(?:a|abbr|audio|b|big|blockquote|br|center|code|col|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|li|link|main|mark|nav|ol|p|picture|pre|q|s|samp|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video)$/i.test(
    name,
  );
}
