import type { Location } from '../model/location.ts';
import type { Span } from '../model/program.ts';
import { LineIndex } from './decode/lines.ts';

/** Where a text's lines begin, and how its places map to places in the file it came from. */
export interface SourceText {
  readonly text: string;
  /** The file it is in; of a member of a container the path through it: `pkg.zip!/setup.py`. */
  readonly path: string;
  /** The outermost file when `path` leads through one; null for a file that lies in the target as it is. */
  readonly container: string | null;
  readonly layer: string | null;
  /** A span of this text as a place in the file (or in the layer, when there is one). */
  locate(span: Span): Location;
}

/** A file's own text, or a layer's whose lines count for themselves. */
export function sourceText(
  path: string,
  layer: string | null,
  text: string,
  container: string | null = null,
): SourceText {
  let lines: LineIndex | undefined;
  return {
    text,
    path,
    container,
    layer,
    locate(span) {
      lines ??= new LineIndex(text);
      const start = lines.position(Math.min(span.start, text.length));
      const end = lines.position(Math.min(Math.max(span.end, span.start), text.length));
      return {
        path: container ?? path,
        layer: layer ?? (container === null ? null : path),
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      };
    },
  };
}

/** A fragment whose lines follow the outer text's, beginning at a line and column of it (from 1). */
export function shiftedText(outer: SourceText, text: string, line: number, column: number): SourceText {
  const own = sourceText(outer.path, outer.layer, text, outer.container);
  // The outer text may itself begin somewhere in its file.
  let first: Location | undefined;
  return {
    ...own,
    locate(span) {
      const inside = own.locate(span);
      if (first === undefined) {
        const start = new LineIndex(outer.text).startOf(line) + column - 1;
        first = outer.locate({ start, end: start });
      }
      const { startLine, startColumn } = first;
      return {
        ...inside,
        startLine: inside.startLine + startLine - 1,
        startColumn: inside.startColumn + (inside.startLine === 1 ? startColumn - 1 : 0),
        endLine: inside.endLine + startLine - 1,
        endColumn: inside.endColumn + (inside.endLine === 1 ? startColumn - 1 : 0),
      };
    },
  };
}

/** A fragment all of which is reported at one span of the outer text. */
export function fixedText(outer: SourceText, text: string, span: Span): SourceText {
  return { ...outer, text, locate: () => outer.locate(span) };
}

/** A text that was hidden in a span of another, in a layer of its own; all of it is reported at that span of the file. */
export function hiddenText(outer: SourceText, text: string, span: Span, layer: string): SourceText {
  return { ...outer, text, layer, locate: () => ({ ...outer.locate(span), layer }) };
}

/** A text that a codec makes of another: reported where its characters came from. @param offsets as in {@link RewrittenText} */
export function mappedText(outer: SourceText, text: string, offsets: Uint32Array, layer: string): SourceText {
  const before = (at: number): number => offsets[Math.min(Math.max(at, 0), offsets.length - 1)] ?? 0;
  return {
    ...outer,
    text,
    layer,
    locate: ({ start, end }) => ({ ...outer.locate({ start: before(start), end: before(end) }), layer }),
  };
}
