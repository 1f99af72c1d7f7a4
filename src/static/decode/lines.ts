/** A place in a text, counted from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Turns offsets into lines and columns. `\n`, `\r\n` and a lone `\r` each end a line. */
export class LineIndex {
  /** Offset of each line's first character. */
  private readonly lineStarts: number[];

  constructor(text: string) {
    const lineStarts = [0];
    const hasCarriageReturns = text.includes('\r');
    if (hasCarriageReturns) {
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        const isLineEnd =
          code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED);
        if (isLineEnd) {
          lineStarts.push(at + 1);
        }
      }
    } else {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        lineStarts.push(at + 1);
      }
    }
    this.lineStarts = lineStarts;
  }

  /** Number of lines; a text that ends with a line break has an empty last one. */
  get lineCount(): number {
    return this.lineStarts.length;
  }

  /** @param offset UTF-16 offset into the text; what lies before or behind it counts as its start or its last line */
  position(offset: number): Position {
    const { lineStarts } = this;
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lineStarts[middle]! <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: Math.max(0, offset - lineStarts[low]!) + 1 };
  }

  /** Offset of the first character of a line; of the nearest line when there is no such line. @param line from 1 */
  startOf(line: number): number {
    const at = Math.min(Math.max(line, 1), this.lineStarts.length) - 1;
    return this.lineStarts[at]!;
  }
}
