import { TextDecoder } from 'node:util';

/** Largest file that is read as a declaration, in bytes. Real lockfiles of large monorepos stay under it. */
export const MAX_DECLARATION_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file, as the package managers would read it: UTF-8, or UTF-16 when a byte order mark says so (pip reads both).
 * @returns null when the bytes are no text (a NUL after decoding)
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = decoderFor(bytes).decode(bytes);
  return text.includes('\0') ? null : text;
}

function decoderFor(bytes: Uint8Array): TextDecoder {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}

/** Characters that one file's searches may go over together; beyond it lines become approximate, never slow. */
const SEARCH_BUDGET = 500_000_000;

/** Finds lines in a text without reading it again for each question. Lines count from 1. */
export class LineFinder {
  readonly text: string;
  readonly #starts: number[] = [0];
  #budget = SEARCH_BUDGET;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** The line that holds the character at this offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The offset where a line starts; the end of the text when there is no such line. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** The first line from `fromLine` on that holds `needle`; `fromLine` itself when none does. */
  lineOf(needle: string, fromLine = 1): number {
    const from = this.startOf(fromLine);
    const at = this.#budget <= 0 ? -1 : this.text.indexOf(needle, from);
    this.#budget -= (at === -1 ? this.text.length : at) - from;
    return at === -1 ? fromLine : this.lineAt(at);
  }

  /** The first line from `fromLine` on that a pattern matches; null when none does. */
  lineMatching(pattern: RegExp, fromLine: number): number | null {
    if (this.#budget <= 0) return null;
    const from = this.startOf(fromLine);
    const found = pattern.exec(this.text.slice(from));
    this.#budget -= found === null ? this.text.length - from : found.index;
    return found === null ? null : this.lineAt(from + found.index);
  }
}

/** Orders by code unit, the same on every machine (locale-aware comparison is not). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
