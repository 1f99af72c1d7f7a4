import type { Span } from '../../model/program.ts';

/** Running text with its markup taken off, and the way back to the file. */
export interface MarkedText {
  readonly text: string;
  /** For each UTF-16 unit of `text` its offset in the file; null when the two agree but for `base`. */
  readonly offsets: readonly number[] | null;
  /** Added to an index into `text` when `offsets` is null. */
  readonly base: number;
  /** Code spans, as ranges of `text` (the backticks are gone), in order. */
  readonly code: readonly Span[];
}

/** Text without markup that starts at `base` of its file. */
export function plainText(text: string, base = 0): MarkedText {
  return { text, offsets: null, base, code: [] };
}

/** The range of the file that a range of the marked text came from. */
export function fileSpan(marked: MarkedText, start: number, end: number): Span {
  if (marked.offsets === null) return { start: marked.base + start, end: marked.base + end };
  const first = marked.offsets[start] ?? marked.base;
  const last = end > start ? marked.offsets[end - 1] : undefined;
  return { start: first, end: last === undefined ? first : last + 1 };
}

/** A part of a marked text, with its code spans cut to fit. */
export function sliceMarked(marked: MarkedText, start: number, end: number): MarkedText {
  const code: Span[] = [];
  for (let index = firstEndingAfter(marked.code, start); index < marked.code.length; index += 1) {
    const span = marked.code[index]!;
    if (span.start >= end) break;
    code.push({ start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start });
  }
  return {
    text: marked.text.slice(start, end),
    offsets: marked.offsets?.slice(start, end) ?? null,
    base: marked.base + start,
    code,
  };
}

/** Binary search, so that cutting a long text into many sentences stays linear. */
function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
