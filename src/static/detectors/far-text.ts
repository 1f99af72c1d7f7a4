import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';

/** Empty lines in a row beyond which no reader scrolls on, and spaces beyond which none looks to the right. */
const MAX_EMPTY_LINES = 1_000;
const MAX_SPACES = 500;

/** Rows of a table are no longer (UTF-16 units). */
const MAX_WIDTH = 40_000;

/** A table's head is no further up (rows). */
const MAX_ROWS = 500;

/** A comment that opens further back is none (UTF-16 units). */
const MAX_COMMENT = 20_000;

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 160;
}

/** True when so many characters in a row are white space. Looks at one character in so many of other text. */
function hasGap(text: string, length: number): boolean {
  for (let start = 0, last = length - 1; last < text.length; last = start + length - 1) {
    let at = last;
    while (at >= start && isSpace(text.charCodeAt(at))) at--;
    if (at < start) return true;
    start = at + 1;
  }
  return false;
}

/** Finds text pushed out of sight by white space. One pass over the characters. */
export const farTextDetector: Detector = {
  names: ['hidden-far-text'],
  inspect(text: string, _language: Language): readonly Detection[] {
    if (!hasGap(text, MAX_SPACES)) return [];
    const found: Detection[] = [];
    let lines = 0;
    let spaces = 0;
    for (let index = 0; index < text.length && found.length < 20; index += 1) {
      const code = text.charCodeAt(index);
      if (code === 10) {
        lines += 1;
        spaces = 0;
      } else if (code === 32 || code === 9 || code === 160 || code === 13) {
        if (code !== 13) spaces += 1;
      } else {
        if (lines > MAX_EMPTY_LINES || spaces > MAX_SPACES) {
          const end = endOfLine(text, index);
          const detail =
            lines > MAX_EMPTY_LINES ? `text behind ${lines - 1} empty lines` : `text behind ${spaces} spaces`;
          if (/\p{L}{2}/u.test(text.slice(index, end)) && !isInPlainSight(text, index, end))
            found.push({ name: 'hidden-far-text', span: { start: index, end }, detail });
        }
        lines = 0;
        spaces = 0;
      }
    }
    return found;
  },
};

/** Padding that a format asks for, and layouts that are as wide as they look. */
function isInPlainSight(text: string, from: number, to: number): boolean {
  // XMP, part 1: packets end in kilobytes of white space to grow into, and a trailer.
  if (/^<\?xpacket end=["'][rw]["']\?>\s*$/.test(text.slice(from, to))) return true;
  return isIndentedComment(text, from, to) || isInTable(text, from);
}

/** True in a row of a table of which the border above or below is drawn as far as that. */
function isInTable(text: string, from: number): boolean {
  const feed = text.slice(Math.max(0, from - MAX_WIDTH), from).lastIndexOf('\n');
  const start = Math.max(0, from - MAX_WIDTH) + feed + 1;
  if (feed < 0 || !/^[ \t]*\|/.test(text.slice(start, start + 80))) return false;
  const above = text
    .slice(Math.max(0, start - MAX_WIDTH), Math.max(0, start - 1))
    .split('\n')
    .at(-1)!;
  const below = text.slice(from, from + 2 * MAX_WIDTH).split('\n', 2)[1] ?? '';
  if (
    [above, below].some(
      (line) => line.length > from - start && /^[ \t]*(?:\+[-=+]+|\|[-:| \t]+)\s*$/.test(line),
    )
  )
    return true;
  return isBelowRule(text, start, from - start);
}

/** True in a row of a Markdown table whose line between head and body is drawn as far as that; what cells hold is shown in full. */
function isBelowRule(text: string, start: number, width: number): boolean {
  let end = start - 1;
  for (let rows = 0; rows < MAX_ROWS && end > 0; rows += 1) {
    const lineStart = text.lastIndexOf('\n', end - 1) + 1;
    if (end - lineStart > MAX_WIDTH || !/^[ \t]*\|/.test(text.slice(lineStart, lineStart + 80))) return false;
    const line = text.slice(lineStart, end);
    if (/^[ \t]*\|[-:| \t]+$/.test(line)) return line.trimEnd().length > width;
    end = lineStart - 1;
  }
  return false;
}

/**
 * True in the lines of a block comment that a compiler has moved far to the right with what it stands above. A comment does nothing, and is
 * read as prose wherever it stands.
 */
function isIndentedComment(text: string, from: number, to: number): boolean {
  if (!/^\* (?!.*\*\/.*\S)/s.test(text.slice(from, to))) return false;
  const before = text.slice(Math.max(0, from - MAX_COMMENT), from);
  const opened = before.lastIndexOf('/**');
  return opened >= 0 && before.indexOf('*/', opened) < 0 && /^\/\*\*\s*\n/.test(before.slice(opened));
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return Math.min(feed === -1 ? text.length : feed, from + 200);
}
