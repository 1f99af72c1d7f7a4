import type { Span } from '../../../model/program.ts';
import { indentOf, stripContainers } from './containers.ts';
import type { ListItem } from './containers.ts';
import { endOfLine, startAfter } from './lines.ts';

/** What the scanner makes of a document, in order. All spans are ranges of the file. */
export type Block =
  | { readonly kind: 'front-matter'; readonly content: Span }
  | { readonly kind: 'heading'; readonly level: number; readonly lines: readonly Span[] }
  | {
      readonly kind: 'text';
      readonly lines: readonly Span[];
      readonly quoteDepth: number;
      readonly listDepth: number;
    }
  | {
      readonly kind: 'code';
      /** What stands after the fence; empty for indented code. */
      readonly info: string;
      readonly fenced: boolean;
      readonly lines: readonly Span[];
    }
  | { readonly kind: 'table'; readonly header: Span; readonly rows: readonly Span[] }
  | { readonly kind: 'comment'; readonly content: Span };

interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly info: string;
  readonly quoteDepth: number;
  /** Columns of indentation that belong to the list item around it, or to the fence itself. */
  readonly indent: number;
  readonly itemIndent: number;
  readonly lines: Span[];
}

/**
 * Cuts Markdown into blocks: one pass over the lines, no recursion, no backtracking, linear in the text. Follows CommonMark where it
 * decides what is code and what is text; where renderers differ it prefers to see text, since text is what steers an agent.
 */
export function scanBlocks(text: string): readonly Block[] {
  return new BlockScanner(text).scan();
}

class BlockScanner {
  readonly #text: string;
  readonly #blocks: Block[] = [];
  #paragraph: Span[] = [];
  #quoteDepth = 0;
  #items: readonly ListItem[] = [];
  #listDepth = 0;
  #fence: Fence | null = null;
  #indented: Span[] = [];
  #table: { readonly header: Span; readonly rows: Span[] } | null = null;
  #previousBlank = true;
  /** Start of the line at hand. */
  #lineStart = 0;
  /** Once no "-->" is left, none is searched for again. */
  #commentsLeft = true;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): readonly Block[] {
    let offset = this.#frontMatter();
    let lineEnd = -1;
    while (offset < this.#text.length) {
      // A line that comments are taken out of is gone on with piece by piece; its end stays.
      const end = offset <= lineEnd ? lineEnd : endOfLine(this.#text, offset);
      lineEnd = end;
      this.#lineStart = offset;
      offset = this.#line({ start: offset, end }) ?? startAfter(this.#text, end);
    }
    this.#closeAll();
    return this.#blocks;
  }

  /** @returns where the body starts */
  #frontMatter(): number {
    const opening = /^\ufeff?---[ \t]*\r?\n/.exec(this.#text.slice(0, 300));
    if (opening === null) return this.#text.startsWith('\ufeff') ? 1 : 0;
    const start = opening[0].length;
    for (let offset = start; offset < this.#text.length;) {
      const end = endOfLine(this.#text, offset);
      if (/^(?:---|\.\.\.)[ \t]*$/.test(this.#text.slice(offset, Math.min(end, offset + 80)))) {
        this.#blocks.push({ kind: 'front-matter', content: { start, end: offset } });
        return startAfter(this.#text, end);
      }
      offset = startAfter(this.#text, end);
    }
    return 0;
  }

  /** @returns the offset to go on from when a comment was taken out, null for the next line */
  #line(line: Span): number | null {
    if (this.#fence !== null && this.#continuesFence(line)) return null;
    this.#fence = null;
    const inside = stripContainers(this.#text, line, this.#items);
    const body = inside.body;
    const content = this.#text.slice(body.start, body.end);
    if (content.trim() === '') {
      this.#blank(inside.quoteDepth);
      return null;
    }
    if (this.#isIndentedCode(inside.quoteDepth, inside.indent, inside.openedItem)) {
      this.#indented.push({ start: body.start, end: body.end });
      this.#previousBlank = false;
      return null;
    }
    this.#closeIndented();
    if (inside.openedItem || inside.quoteDepth !== this.#quoteDepth) this.#closeText();
    this.#items = inside.items;
    this.#quoteDepth = inside.quoteDepth;
    if (this.#paragraph.length === 0) this.#listDepth = inside.items.length;
    this.#previousBlank = false;
    return this.#content(body, content, inside.indent);
  }

  #content(body: Span, content: string, indent: number): number | null {
    const trimmed = content.trimStart();
    const start = body.end - trimmed.length;
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(trimmed.slice(0, 400));
    if (fence !== null && !(fence[1]!.startsWith('`') && fence[2]!.includes('`'))) {
      this.#closeText();
      this.#fence = {
        mark: fence[1]![0]!,
        length: fence[1]!.length,
        info: fence[2]!.trim(),
        quoteDepth: this.#quoteDepth,
        indent: indentOf(this.#text, this.#lineStart, start, this.#quoteDepth),
        itemIndent: this.#items.at(-1)?.indent ?? 0,
        lines: [],
      };
      return null;
    }
    const comment = this.#comment(start, body.end);
    if (comment !== null) return comment;
    const heading = /^(#{1,6})(?:[ \t]|$)/.exec(trimmed);
    if (heading !== null) {
      this.#closeText();
      const from = start + heading[0].length;
      this.#blocks.push({
        kind: 'heading',
        level: heading[1]!.length,
        lines: [{ start: from, end: body.end }],
      });
      return null;
    }
    if (/^(?:=+|-+)[ \t]*$/.test(trimmed) && this.#paragraph.length > 0 && indent < 4) {
      const level = trimmed.startsWith('=') ? 1 : 2;
      this.#blocks.push({ kind: 'heading', level, lines: this.#paragraph });
      this.#paragraph = [];
      return null;
    }
    if (/^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(trimmed)) {
      this.#closeText();
      return null;
    }
    this.#textLine({ start, end: body.end }, trimmed);
    return null;
  }

  #textLine(line: Span, content: string): void {
    if (this.#table !== null) {
      if (content.includes('|')) {
        this.#table.rows.push(line);
        return;
      }
      this.#closeText();
    }
    const header = this.#paragraph.at(-1);
    if (header !== undefined && isDelimiterRow(content)) {
      this.#paragraph.pop();
      this.#closeText();
      this.#table = { header, rows: [] };
      return;
    }
    this.#paragraph.push(line);
  }

  /** Takes a comment out of a line: its content becomes a block, the text before it stays. */
  #comment(start: number, end: number): number | null {
    if (!this.#commentsLeft) return null;
    const opening = this.#text.slice(start, end).indexOf('<!--');
    if (opening === -1) return null;
    const at = start + opening;
    const before = this.#text.slice(start, at);
    if (isInsideCodeSpan(before)) return null;
    const closing = this.#text.indexOf('-->', at + 4);
    if (closing === -1) {
      this.#commentsLeft = false;
      // An unclosed comment at the start of a line hides all that follows; elsewhere it is text.
      if (before.trim() !== '') return null;
    }
    if (before.trim() !== '') this.#textLine({ start, end: at }, before);
    const contentEnd = closing === -1 ? this.#text.length : closing;
    this.#blocks.push({ kind: 'comment', content: { start: at + 4, end: contentEnd } });
    const next = closing === -1 ? this.#text.length : closing + 3;
    return /^[\r\n]/.test(this.#text.slice(next, next + 1)) ? startAfter(this.#text, next) : next;
  }

  #continuesFence(line: Span): boolean {
    const fence = this.#fence!;
    const { body, quoteDepth, indent } = stripContainers(this.#text, line, [], fence.quoteDepth);
    const content = this.#text.slice(body.start, body.end);
    const isBlank = content.trim() === '';
    // Leaving the quote or the list item around a fence ends it, as in CommonMark.
    if (quoteDepth < fence.quoteDepth || (!isBlank && indent < fence.itemIndent)) {
      this.#closeFence();
      return false;
    }
    const closing = /^[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(content.slice(0, 500))?.[1];
    if (closing?.startsWith(fence.mark) === true && closing.length >= fence.length) {
      this.#closeFence();
      this.#fence = null;
      this.#previousBlank = true;
      return true;
    }
    fence.lines.push({
      start: Math.min(skipColumns(this.#text, body, fence.indent), body.end),
      end: body.end,
    });
    return true;
  }

  #isIndentedCode(quoteDepth: number, indent: number, openedItem: boolean): boolean {
    if (openedItem || quoteDepth > 0 || this.#paragraph.length > 0 || this.#table !== null) return false;
    const base = this.#items.at(-1)?.indent ?? 0;
    return indent >= base + 4 && (this.#previousBlank || this.#indented.length > 0);
  }

  #blank(quoteDepth: number): void {
    if (this.#indented.length === 0) this.#closeText();
    if (quoteDepth < this.#quoteDepth) this.#quoteDepth = quoteDepth;
    this.#previousBlank = true;
  }

  #closeFence(): void {
    const fence = this.#fence;
    if (fence !== null)
      this.#blocks.push({ kind: 'code', info: fence.info, fenced: true, lines: fence.lines });
  }

  #closeIndented(): void {
    if (this.#indented.length === 0) return;
    this.#blocks.push({ kind: 'code', info: '', fenced: false, lines: this.#indented });
    this.#indented = [];
  }

  #closeText(): void {
    this.#closeIndented();
    if (this.#paragraph.length > 0) {
      this.#blocks.push({
        kind: 'text',
        lines: this.#paragraph,
        quoteDepth: this.#quoteDepth,
        listDepth: this.#listDepth,
      });
      this.#paragraph = [];
    }
    if (this.#table !== null) this.#blocks.push({ kind: 'table', ...this.#table });
    this.#table = null;
  }

  #closeAll(): void {
    this.#closeFence();
    this.#closeText();
  }
}

function isDelimiterRow(content: string): boolean {
  return content.includes('-') && content.includes('|') && /^[\s|:-]+$/.test(content);
}

function isInsideCodeSpan(before: string): boolean {
  let marks = 0;
  for (const character of before) if (character === '`') marks += 1;
  return marks % 2 === 1;
}

function skipColumns(text: string, body: Span, columns: number): number {
  let offset = body.start;
  for (let seen = 0; seen < columns && offset < body.end; offset += 1) {
    const character = text[offset];
    if (character === ' ') seen += 1;
    else if (character === '\t') seen += 4;
    else break;
  }
  return offset;
}
