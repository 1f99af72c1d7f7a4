import type { Span } from '../../../model/program.ts';

/** The cells of a table row; pipes that are escaped or stand in a code span do not part cells. */
export function splitRow(text: string, row: Span): readonly Span[] {
  const cells: Span[] = [];
  let start = row.start;
  let isCode = false;
  for (let offset = row.start; offset < row.end; offset += 1) {
    const character = text[offset];
    if (character === '\\') offset += 1;
    else if (character === '`') isCode = !isCode;
    else if (character === '|' && !isCode) {
      if (offset > start) cells.push({ start, end: offset });
      start = offset + 1;
    }
  }
  if (start < row.end) cells.push({ start, end: row.end });
  return cells.filter((cell) => text.slice(cell.start, cell.end).trim() !== '');
}
