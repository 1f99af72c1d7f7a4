import type { Span } from '../../../model/program.ts';

/** Line terminators of ECMAScript. */
const LINE_END = /[\n\r\u2028\u2029]/g;

function lineEnd(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}

/**
 * The comments of a text whose string, template and regular expression literals are known. A `#!` line is none. Linear.
 * @param literals in any order
 */
export function commentsIn(text: string, literals: readonly Span[]): Span[] {
  const comments: Span[] = [];
  const inOrder = [...literals].sort((one, two) => one.start - two.start);
  let next = 0;
  let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  let isClosed = true;
  while ((at = text.indexOf('/', at)) !== -1) {
    while (next < inOrder.length && inOrder[next]!.end <= at) next++;
    const literal = inOrder[next];
    if (literal !== undefined && literal.start <= at) {
      at = literal.end;
    } else if (text[at + 1] === '/') {
      const end = lineEnd(text, at);
      comments.push({ start: at, end });
      at = end;
    } else if (text[at + 1] === '*' && isClosed) {
      const close = text.indexOf('*/', at + 2);
      isClosed = close !== -1;
      const end = isClosed ? close + 2 : text.length;
      comments.push({ start: at, end });
      at = end;
    } else {
      at++;
    }
  }
  return comments;
}

/**
 * The comments that only scripts of the web's first years have and that Node still honours outside of modules: from `<!--` to the
 * end of the line, and a line that begins with `-->` (ECMAScript, annex B.1.1). Parsers for modules read operators instead, so
 * code can hide in the difference.
 * @param known literals and ordinary comments, which may hold such text without meaning it
 */
export function htmlLikeComments(text: string, known: readonly Span[]): Span[] {
  const inOrder = [...known].sort((one, two) => one.start - two.start);
  const found: Span[] = [];
  let next = 0;
  for (const { 0: mark, index } of text.matchAll(/<!--|-->/g)) {
    while (next < inOrder.length && inOrder[next]!.end <= index) next++;
    const enclosing = inOrder[next];
    if (enclosing !== undefined && enclosing.start <= index) continue;
    if (index < (found.at(-1)?.end ?? 0)) continue;
    if (mark === '-->' && !beginsLine(text, index, inOrder, next - 1)) continue;
    found.push({ start: index, end: lineEnd(text, index) });
  }
  return found;
}

/** True when only blanks and comments stand between the start of the line and `at`. */
function beginsLine(text: string, at: number, known: readonly Span[], last: number): boolean {
  let start = at;
  for (let index = last; ; index--) {
    while (start > 0 && /[\t\v\f \u00a0\ufeff]/u.test(text[start - 1]!)) start--;
    if (start === 0 || /[\n\r\u2028\u2029]/u.test(text[start - 1]!)) return true;
    const before = known[index];
    if (before?.end !== start || !text.startsWith('/*', before.start)) return false;
    if (/[\n\r\u2028\u2029]/u.test(text.slice(before.start, before.end))) return true;
    start = before.start;
  }
}

/** The text with the given spans overwritten by blanks, so that every offset stays what it was. */
export function blanked(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
