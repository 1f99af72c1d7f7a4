import type { Span } from '../../model/program.ts';
import { splitCondition } from './condition.ts';
import { moodOf } from './mood.ts';

/** Where the polarity may change inside a sentence: "… and do not …", "; always …", ", never …". */
const BOUNDARY =
  /;\s+|\s[–—]\s|(?:,\s*|\s)(?:(?:and|but|or|then|just|instead|rather)\s+)?(?=(?:never|do not|don't|don’t|dont|must not|under no circumstances)\s)|,?\s(?:but|instead|rather)\s(?:always\s|just\s|rather\s|instead\s)?/gi;

const MAX_CLAUSES = 12;

/**
 * Cuts a sentence where an order turns into a prohibition or back, so that each part has one polarity. A part that is no order of
 * its own (a condition, "but not the tests") stays with its neighbour.
 * @param text one sentence
 * @returns ranges of `text`, in order, covering all of it but separators
 */
export function splitPolarity(text: string): readonly Span[] {
  const clauses: Span[] = [];
  let start = 0;
  BOUNDARY.lastIndex = 0;
  while (clauses.length < MAX_CLAUSES) {
    const match = BOUNDARY.exec(text);
    if (match === null) break;
    if (match.index <= start) continue;
    const next = match.index + match[0].length;
    const left = moodOf(splitCondition(text.slice(start, match.index)).main);
    const right = moodOf(splitCondition(text.slice(next)).main);
    if (left.imperative && right.imperative && left.negated !== right.negated) {
      clauses.push({ start, end: match.index });
      start = next;
    }
  }
  clauses.push({ start, end: text.length });
  return clauses;
}
