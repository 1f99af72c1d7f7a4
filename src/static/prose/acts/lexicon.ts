import type { Concept } from './concepts.ts';
import { meaningOfSense, withoutAccents, wordTables } from './word-tables.ts';

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

type Row = readonly string[];

const NO_ROWS: readonly Row[] = [];
const EMPTY: ReadonlyMap<string, readonly Row[]> = new Map();

/** A table of which lines are taken apart when a text first asks for one that begins like them. */
class Table {
  readonly #lines: Readonly<Record<string, string>>;
  readonly #read = new Map<string, ReadonlyMap<string, readonly Row[]>>();

  constructor(lines: Readonly<Record<string, string>>) {
    this.#lines = lines;
  }

  /** What stands behind a key, in the order of the table. */
  rows(key: string): readonly Row[] {
    const initial = key.charAt(0);
    let read = this.#read.get(initial);
    if (read === undefined) this.#read.set(initial, (read = this.#rowsFrom(initial)));
    return read.get(key) ?? NO_ROWS;
  }

  #rowsFrom(initial: string): ReadonlyMap<string, readonly Row[]> {
    if (!Object.hasOwn(this.#lines, initial)) return EMPTY;
    const rows = new Map<string, Row[]>();
    for (const line of this.#lines[initial]!.trimEnd().split('\n')) {
      const [key, ...row] = line.split('\t');
      const known = rows.get(key!);
      if (known === undefined) rows.set(key!, [row]);
      else known.push(row);
    }
    return rows;
  }
}

interface Lexicon {
  readonly words: Table;
  readonly stems: Table;
  readonly phrases: Table;
  readonly unspaced: Table;
}

let lexicon: Lexicon | undefined;

function load(): Lexicon {
  const { words, stems, phrases, unspaced } = wordTables();
  return {
    words: new Table(words),
    stems: new Table(stems),
    phrases: new Table(phrases),
    unspaced: new Table(unspaced),
  };
}

const remembered = new Map<string, Meaning | null>();
const phrases = new Map<string, readonly Phrase[]>();
const meanings = new Map<string, Meaning>();

/** Words of the same sense share it. */
function meaningFrom(sense: string): Meaning {
  let meaning = meanings.get(sense);
  if (meaning === undefined) meanings.set(sense, (meaning = meaningOfSense(sense)));
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
export function phrasesFrom(word: string): readonly Phrase[] {
  lexicon ??= load();
  const rows = lexicon.phrases.rows(word);
  if (rows.length === 0) return NO_PHRASES;
  let found = phrases.get(word);
  if (found === undefined) {
    found = rows.map(([rest, sense]) => ({ rest: rest!.split('_'), meaning: meaningFrom(sense!) }));
    phrases.set(word, found);
  }
  return found;
}

const NO_PHRASES: readonly Phrase[] = [];

/** The longest word of a language without spaces that stands at an index of the text. */
export function unspacedWordAt(
  text: string,
  index: number,
): { readonly length: number; readonly meaning: Meaning } | null {
  lexicon ??= load();
  for (const [word, sense] of lexicon.unspaced.rows(text[index]!)) {
    if (text.startsWith(word!, index)) return { length: word!.length, meaning: meaningFrom(sense!) };
  }
  return null;
}

function lookUp(word: string): Meaning | null {
  const sense = senseOf(word);
  return sense === null ? null : meaningFrom(sense);
}

function senseOf(word: string): string | null {
  lexicon ??= load();
  const exact = lexicon.words.rows(word)[0]?.[0];
  if (exact !== undefined) return exact;
  for (let length = Math.min(word.length, LONGEST_STEM); length >= SHORTEST_STEM; length -= 1) {
    const stem = lexicon.stems.rows(word.slice(0, length))[0]?.[0];
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
