import type { Span } from '../../model/program.ts';

/** A comment, the start of a long text, or a short text of Python, whichever stands first. */
const PART = /#[^\n]*|([A-Za-z]{0,2})("""|''')|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g;

/**
 * Texts in triple quotes that hold no code: what stands on a line of theirs that neither begins nor ends there turns around words of the
 * text, and none of the program. Texts with holes for expressions are left out. Linear in the text.
 */
export function longTextsOf(python: string): readonly Span[] {
  const found: Span[] = [];
  PART.lastIndex = 0;
  for (let part = PART.exec(python); part !== null; part = PART.exec(python)) {
    const [, prefix, quotes] = part;
    if (quotes === undefined) continue;
    const start = PART.lastIndex;
    const end = closing(python, quotes, start);
    if (!/[ft]/i.test(prefix ?? '')) found.push({ start, end });
    PART.lastIndex = end + quotes.length;
  }
  return found;
}

function closing(python: string, quotes: string, from: number): number {
  let at = python.indexOf(quotes, from);
  while (at > 0 && python[at - 1] === '\\') at = python.indexOf(quotes, at + 1);
  return at === -1 ? python.length : at;
}
