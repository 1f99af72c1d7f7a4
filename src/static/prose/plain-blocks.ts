import type { Sentence } from '../../model/program.ts';
import type { TextBlock } from './document.ts';
import { beginsWithFields, isField } from './head-fields.ts';
import { plainText } from './marked-text.ts';

/** Comment marks at the start of a line, of every language there is a frontend for. */
const COMMENT_MARK =
  /^[ \t]{0,200}(?:#{1,6}!?|\/{2,4}!?|\/\*{1,4}|\*{1,4}\/?|--|;{1,4}|%|<!--|"""|'''|[rR]em )(?=\s|$|[A-Za-z"'<[])/;

const LIST_MARK = /^[ \t]{0,200}(?:[-*+•‣▪]|\d{1,4}[.)]|[a-z]\))\s+/;

/**
 * Splits text without markup into paragraphs and list items: blank lines part them, and so do bullets and numbers at the start of a
 * line, and the fields of a head that the text begins with. Marks of comments are taken off first.
 * @param base offset of `text` in its file
 */
export function* plainBlocks(text: string, role: Sentence['role'], base = 0): Generator<TextBlock> {
  const isComment = role === 'code-comment';
  let parts: { readonly start: number; readonly end: number }[] = [];
  let isItem = false;
  let isHead = beginsWithFields(text);
  for (let lineStart = 0; lineStart <= text.length;) {
    const lineEnd = endOfLine(text, lineStart);
    let start = lineStart;
    if (isComment)
      start += COMMENT_MARK.exec(text.slice(start, Math.min(lineEnd, start + 220)))?.[0].length ?? 0;
    const head = text.slice(start, Math.min(lineEnd, start + 220));
    const bullet = LIST_MARK.exec(head)?.[0].length ?? 0;
    const isBlank = text.slice(start, lineEnd).trim() === '';
    isHead &&= !isBlank;
    if (isBlank || bullet > 0 || (isHead && isField(text, start))) {
      if (parts.length > 0) yield toBlock(text, parts, role, isItem, base);
      parts = [];
      isItem = bullet > 0;
    }
    if (!isBlank) parts.push({ start: start + bullet, end: lineEnd });
    lineStart = lineEnd + 1;
  }
  if (parts.length > 0) yield toBlock(text, parts, role, isItem, base);
}

function toBlock(
  text: string,
  parts: readonly { readonly start: number; readonly end: number }[],
  role: Sentence['role'],
  isItem: boolean,
  base: number,
): TextBlock {
  const common = { role, headingLevel: 0, listDepth: isItem ? 1 : 0, column: '' };
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    return { marked: plainText(text.slice(only.start, only.end), base + only.start), ...common };
  }
  const pieces: string[] = [];
  const offsets: number[] = [];
  for (const part of parts) {
    if (pieces.length > 0) {
      pieces.push(' ');
      offsets.push(base + part.start);
    }
    pieces.push(text.slice(part.start, part.end));
    for (let index = part.start; index < part.end; index += 1) offsets.push(base + index);
  }
  return { marked: { text: pieces.join(''), offsets, base, code: [] }, ...common };
}

/** The next line feed (a carriage return before it counts as space); the text's end without one. */
function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed === -1 ? text.length : feed;
}
