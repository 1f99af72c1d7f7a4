import { holdsOne } from './held-words.ts';
import { listed, type Need, needOf, oneOf } from './needed-words.ts';

/** Words shorter than this are in nearly every text and save nothing. */
const SHORTEST = 3;
/** Beside other words short ones say something, too. */
const SHORTEST_BESIDE = 2;

/** Longer texts hold most words somewhere: one list is asked for there (UTF-16 units). */
const LONGEST = 2_048;

const needs = new Map<string, Need | null>();
const words = new Map<string, readonly string[] | null>();
const lists = new Map<string, readonly string[]>();

/** What a regular expression needs of a text in lower case, to match it in any case; null when nothing can be said. */
export function requirementOf(pattern: string): Need | null {
  let need = needs.get(pattern);
  if (need === undefined) needs.set(pattern, (need = needOf(pattern, SHORTEST_BESIDE)));
  return need;
}

/**
 * Lower-case words of which a text must hold at least one for a regular expression to match it (in any case); null when nothing can be
 * said. With it most expressions need not even be compiled for most files.
 */
export function requiredWords(pattern: string): readonly string[] | null {
  let found = words.get(pattern);
  if (found === undefined) {
    const need = requirementOf(pattern);
    words.set(pattern, (found = need === null ? null : oneOf(need, SHORTEST)));
  }
  return found;
}

/** The same for a single line: there a character says something, too. */
export function requiredInLine(pattern: string): readonly string[] | null {
  const known = requiredWords(pattern);
  if (known !== null) return known;
  const need = needOf(pattern, 1);
  return need === null ? null : oneOf(need, 1);
}

/** Takes over what was worked out earlier, by the build. */
export function knowRequirements(known: Readonly<Record<string, Need | null>>): void {
  for (const [pattern, need] of Object.entries(known)) needs.set(pattern, need);
}

/** A text in the form in which {@link requiredWords} are looked for: lower case, also the letters that only fold to ASCII ones. */
export function foldedText(text: string): string {
  return text.toLowerCase().replaceAll('ſ', 's');
}

function listOf(need: string): readonly string[] {
  let list = lists.get(need);
  if (list === undefined) lists.set(need, (list = listed(need)));
  return list;
}

function holds(folded: string, need: Need): boolean {
  if (typeof need === 'string') return holdsOne(folded, listOf(need));
  if ('any' in need) return need.any.some((member) => holds(folded, member));
  return need.all.every((member) => holds(folded, member));
}

/** False when a folded text lacks words that a pattern requires. */
export function mayMatch(pattern: string, folded: string): boolean {
  if (folded.length > LONGEST) {
    const oneOfThese = requiredWords(pattern);
    return oneOfThese === null || holdsOne(folded, oneOfThese);
  }
  const need = requirementOf(pattern);
  return need === null || holds(folded, need);
}
