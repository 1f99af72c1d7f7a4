/** A line with those that a caret at the end joins to it. */
export interface LogicalLine {
  readonly text: string;
  /** For each character, and for the end, its offset in the file. */
  readonly offsets: readonly number[];
}

/** Splits a text into lines; a caret before a line's end continues it. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let joined = '';
  let offsets: number[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const bare = line.replace(/\r$/, '');
    const isContinued = /(?:^|[^^])(?:\^\^)*\^$/.test(bare.slice(-200));
    const kept = isContinued ? bare.slice(0, -1) : bare;
    for (let index = 0; index < kept.length; index++) offsets.push(at + index);
    joined += kept;
    if (!isContinued) {
      offsets.push(at + kept.length);
      lines.push({ text: joined, offsets });
      joined = '';
      offsets = [];
    }
    at += line.length + 1;
  }
  if (joined !== '') lines.push({ text: joined, offsets: [...offsets, at] });
  return lines;
}
