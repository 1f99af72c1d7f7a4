import type { Concept } from './concepts.ts';
import { type Sense, withoutAccents, wordTables, type WordTables } from './word-tables.ts';

/** What a word may stand for, and in which languages. */
export type Meaning = ReadonlyMap<Concept, number>;

/** A word group and what it means as a whole. */
export interface Phrase {
  /** Its words after the first. */
  readonly rest: readonly string[];
  readonly meaning: Meaning;
}

const SHORTEST_STEM = 3;
const LONGEST_STEM = 16;

/** How many words are remembered; prose repeats few of them very often. */
const MAX_REMEMBERED = 50_000;

let tables: WordTables | undefined;
const remembered = new Map<string, Meaning | null>();
const phrases = new Map<string, readonly Phrase[]>();

/** The entry of a table; a text may well ask for `constructor`. */
function entryOf<Entry>(table: Readonly<Record<string, Entry>>, key: string): Entry | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

const meanings = new Map<Sense, Meaning>();

/** Words of the same sense share it. */
function meaningFrom(sense: Sense): Meaning {
  let meaning = meanings.get(sense);
  if (meaning === undefined) meanings.set(sense, (meaning = new Map(sense)));
  return meaning;
}

/** What a word (lower case) stands for; null for nearly every word. A disguised spelling counts as the word it looks like. */
export function meaningOf(word: string): Meaning | null {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const meaning = lookUp(word) ?? lookUp(undisguised(word));
  remembered.set(word, meaning);
  return meaning;
}

/** Word groups that start with this word (lower case), longest first. */
export function phrasesFrom(word: string): readonly Phrase[] | undefined {
  const known = phrases.get(word);
  if (known !== undefined) return known;
  tables ??= wordTables();
  const found = entryOf(tables.phrases, word)?.map(([rest, sense]) => ({
    rest,
    meaning: meaningFrom(sense),
  }));
  if (found !== undefined) phrases.set(word, found);
  return found;
}

/** The longest word of a language without spaces that stands at an index of the text. */
export function unspacedWordAt(
  text: string,
  index: number,
): { readonly length: number; readonly meaning: Meaning } | null {
  tables ??= wordTables();
  for (const [word, sense] of entryOf(tables.unspaced, text[index]!) ?? []) {
    if (text.startsWith(word, index)) return { length: word.length, meaning: meaningFrom(sense) };
  }
  return null;
}

function lookUp(word: string): Meaning | null {
  const sense = senseOf(word);
  return sense === null ? null : meaningFrom(sense);
}

function senseOf(word: string): Sense | null {
  tables ??= wordTables();
  const exact = entryOf(tables.words, word);
  if (exact !== undefined) return exact;
  for (let length = Math.min(word.length, LONGEST_STEM); length >= SHORTEST_STEM; length -= 1) {
    const stem = entryOf(tables.stems, word.slice(0, length));
    if (stem !== undefined) return stem;
  }
  return null;
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'i',
    ѕ: 's',
    ј: 'j',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
  },
  ...{ ο: 'o', α: 'a', ν: 'v', ι: 'i', υ: 'u', '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' },
};

/** A word with letters of other alphabets, digits for letters or stray accents, as a reader takes it. */
function undisguised(word: string): string {
  if (word.length > 40) return word;
  const isMixed = /[a-z]/.test(word) && /[^a-z'-]/.test(word);
  const plain = isMixed
    ? Array.from(word, (character) => LOOK_ALIKES[character] ?? character).join('')
    : word;
  return /^[\x20-\x7e]*$/.test(plain) ? plain : withoutAccents(plain);
}
