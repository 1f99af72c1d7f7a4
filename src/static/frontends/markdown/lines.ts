/** Offset of the line break (LF, CR or CRLF) that ends the line, or the text's end. */
export function endOfLine(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1;
  return end;
}

/** Where the next line starts, given the {@link endOfLine} of this one. */
export function startAfter(text: string, end: number): number {
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
}

/** Tells the line of an offset; built once a text. Lines count from 1. */
export function lineCounter(text: string): (offset: number) => number {
  const starts: number[] = [];
  for (let offset = 0; offset <= text.length; offset = startAfter(text, endOfLine(text, offset)))
    starts.push(offset);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
