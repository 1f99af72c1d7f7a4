import type { Span } from '../../../model/program.ts';

/** An open list item: how many columns its content is indented by. */
export interface ListItem {
  readonly indent: number;
}

/** A line without the block quotes and list markers it stands in. */
export interface ContainedLine {
  readonly quoteDepth: number;
  readonly items: readonly ListItem[];
  /** True when this line starts a new list item. */
  readonly openedItem: boolean;
  /** Columns of white space before the text, counted behind the quote marks. */
  readonly indent: number;
  readonly body: Span;
}

/** Deeper nesting is text. */
const MAX_DEPTH = 100;

/**
 * Takes block-quote marks and list markers off a line.
 * @param items the list items that are open before it
 * @param quotesAtMost how many quote marks to take; inside a fence only those of the fence
 */
export function stripContainers(
  text: string,
  line: Span,
  items: readonly ListItem[],
  quotesAtMost = MAX_DEPTH,
): ContainedLine {
  let offset = line.start;
  let quoteDepth = 0;
  while (quoteDepth < quotesAtMost) {
    let mark = offset;
    while (mark < line.end && mark - offset < 4 && text[mark] === ' ') mark += 1;
    if (mark >= line.end || text[mark] !== '>') break;
    offset = mark + 1;
    if (text[offset] === ' ' || text[offset] === '\t') offset += 1;
    quoteDepth += 1;
  }
  const contentStart = offset;
  let column = 0;
  [offset, column] = skipSpace(text, offset, line.end);
  const indent = column;
  if (quotesAtMost !== MAX_DEPTH)
    return { quoteDepth, items, openedItem: false, indent, body: { start: contentStart, end: line.end } };
  if (offset >= line.end)
    return { quoteDepth, items, openedItem: false, indent, body: { start: offset, end: line.end } };

  const open = items.filter((item) => item.indent <= column);
  let openedItem = false;
  // Four columns beyond the item around it make code, not a nested list.
  while (open.length < MAX_DEPTH && (openedItem || column < (open.at(-1)?.indent ?? 0) + 4)) {
    const marker = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/.exec(
      text.slice(offset, Math.min(line.end, offset + 12)),
    );
    if (marker === null || isThematicBreak(text.slice(offset, line.end))) break;
    const afterMarker = column + marker[0].length;
    const [next, nextColumn] = skipSpace(text, offset + marker[0].length, line.end, afterMarker);
    offset = next;
    column = nextColumn - afterMarker > 4 ? afterMarker + 1 : nextColumn;
    open.push({ indent: column });
    openedItem = true;
  }
  return { quoteDepth, items: open, openedItem, indent, body: { start: offset, end: line.end } };
}

/** Columns of white space between two offsets of a line, behind its quote marks. */
export function indentOf(text: string, lineStart: number, until: number, quoteDepth: number): number {
  let offset = lineStart;
  for (let seen = 0; seen < quoteDepth && offset < until; offset += 1) if (text[offset] === '>') seen += 1;
  if (quoteDepth > 0 && text[offset] === ' ') offset += 1;
  let column = 0;
  for (; offset < until; offset += 1)
    column = text[offset] === '\t' ? (Math.floor(column / 4) + 1) * 4 : column + 1;
  return column;
}

function skipSpace(text: string, from: number, end: number, column = 0): [offset: number, column: number] {
  let offset = from;
  let columns = column;
  for (; offset < end; offset += 1) {
    const character = text[offset];
    if (character === ' ') columns += 1;
    else if (character === '\t') columns = (Math.floor(columns / 4) + 1) * 4;
    else break;
  }
  return [offset, columns];
}

function isThematicBreak(content: string): boolean {
  return /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(content.slice(0, 300));
}
