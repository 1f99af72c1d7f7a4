import type { DeedWord } from './kinds.ts';
import { DEED_WORDS, DOUBLED } from './words.ts';

/** A group of words and what it means. */
interface Group {
  readonly rest: readonly string[];
  readonly bits: number;
}

/** Bits of each {@link DeedWord}. */
export const BIT = Object.fromEntries(
  Object.keys(DEED_WORDS).map((name, index) => [name, 1 << index]),
) as Readonly<Record<DeedWord, number>>;

/** Something at an address, or a mailbox. */
export const OUTSIDE = 1 << Object.keys(DEED_WORDS).length;

let words: Map<string, number> | null = null;
const groups = new Map<string, Group[]>();

/** What a word of English (in small letters) may stand for here: bits of {@link BIT}. */
export function bitsOf(word: string): number {
  return (words ??= read()).get(word) ?? 0;
}

/** Groups of words that begin with this one. */
export function groupsAt(word: string): readonly Group[] {
  words ??= read();
  return groups.get(word) ?? [];
}

function read(): Map<string, number> {
  const found = new Map<string, number>();
  const doubled = new Set(DOUBLED.split(/\s+/));
  for (const [name, list] of Object.entries(DEED_WORDS) as [DeedWord, string][]) {
    const bit = BIT[name];
    for (const entry of list.split(/\s+/)) {
      const [first = '', ...rest] = entry.split('_');
      for (const form of formsOf(first, doubled)) {
        if (rest.length === 0) found.set(form, (found.get(form) ?? 0) | bit);
        else groups.set(form, [...(groups.get(form) ?? []), { rest, bits: bit }]);
      }
    }
  }
  return found;
}

/** A word with the endings that it takes as a verb or a noun; some that no one uses do no harm. */
function formsOf(word: string, doubled: ReadonlySet<string>): readonly string[] {
  if (!/^[a-z]{2,}$/.test(word)) return [word];
  if (/[^aeiou]y$/.test(word)) {
    const stem = word.slice(0, -1);
    return [word, `${stem}ies`, `${stem}ied`, `${word}ing`];
  }
  const stem = word.endsWith('e') ? word.slice(0, -1) : word;
  const forms = [word, `${word}s`, `${stem}es`, `${stem}ed`, `${stem}ing`];
  const last = word.at(-1)!;
  return doubled.has(word) ? [...forms, `${word}${last}ed`, `${word}${last}ing`] : forms;
}
