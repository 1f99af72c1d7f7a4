import { LANGUAGES } from './concepts.ts';
import type { Concept } from './concepts.ts';
import { WORDS } from './words/index.ts';

/** What a word may stand for, and in which languages (bits of {@link LANGUAGES}). */
export type Meaning = ReadonlyMap<Concept, number>;

/** A word group and what it means as a whole. */
export interface Phrase {
  /** Its words after the first. */
  readonly rest: readonly string[];
  readonly meaning: Meaning;
}

interface Lexicon {
  readonly words: Map<string, Map<Concept, number>>;
  readonly stems: Map<string, Map<Concept, number>>;
  /** By first word, longest first. */
  readonly phrases: Map<string, { rest: readonly string[]; meaning: Map<Concept, number> }[]>;
  /** Words of languages without spaces, by first character, longest first. */
  readonly unspaced: Map<string, { text: string; meaning: Map<Concept, number> }[]>;
}

const UNSPACED = LANGUAGES.chinese | LANGUAGES.japanese | LANGUAGES.korean;

const SHORTEST_STEM = 3;
const LONGEST_STEM = 16;

/** How many words are remembered; prose repeats few of them very often. */
const MAX_REMEMBERED = 50_000;

let lexicon: Lexicon | null = null;
const remembered = new Map<string, Meaning | null>();

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
  return load().phrases.get(word);
}

/** The longest word of a language without spaces that stands at an index of the text. */
export function unspacedWordAt(
  text: string,
  index: number,
): { readonly length: number; readonly meaning: Meaning } | null {
  for (const entry of load().unspaced.get(text[index]!) ?? []) {
    if (text.startsWith(entry.text, index)) return { length: entry.text.length, meaning: entry.meaning };
  }
  return null;
}

function lookUp(word: string): Meaning | null {
  const { words, stems } = load();
  const exact = words.get(word);
  if (exact !== undefined) return exact;
  for (let length = Math.min(word.length, LONGEST_STEM); length >= SHORTEST_STEM; length -= 1) {
    const stem = stems.get(word.slice(0, length));
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

function withoutAccents(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

function load(): Lexicon {
  if (lexicon !== null) return lexicon;
  lexicon = { words: new Map(), stems: new Map(), phrases: new Map(), unspaced: new Map() };
  for (const [language, words] of WORDS) {
    for (const [concept, listed] of Object.entries(words) as [Concept, string][]) {
      for (const entry of listed.split(/\s+/)) addEntry(lexicon, entry, concept, language);
    }
  }
  for (const list of lexicon.phrases.values()) list.sort((a, b) => b.rest.length - a.rest.length);
  for (const list of lexicon.unspaced.values()) list.sort((a, b) => b.text.length - a.text.length);
  return lexicon;
}

function addEntry(into: Lexicon, entry: string, concept: Concept, language: number): void {
  if (entry.endsWith('*')) {
    meaningIn(into.stems, entry.slice(0, -1)).set(concept, language);
  } else if ((language & UNSPACED) !== 0 && /[^\x20-\x7e]/.test(entry)) {
    const list = listIn(into.unspaced, entry[0]!);
    let known = list.find(({ text }) => text === entry);
    if (known === undefined) list.push((known = { text: entry, meaning: new Map() }));
    add(known.meaning, concept, language);
  } else {
    const [first = '', ...rest] = entry.split('_');
    if (rest.length === 0) {
      add(meaningIn(into.words, first), concept, language);
      if (!/^[\x20-\x7e]*$/.test(first)) add(meaningIn(into.words, withoutAccents(first)), concept, language);
      return;
    }
    const list = listIn(into.phrases, first);
    let known = list.find(
      (phrase) => phrase.rest.length === rest.length && phrase.rest.every((word, nth) => word === rest[nth]),
    );
    if (known === undefined) list.push((known = { rest, meaning: new Map() }));
    add(known.meaning, concept, language);
  }
}

function add(meaning: Map<Concept, number>, concept: Concept, language: number): void {
  meaning.set(concept, (meaning.get(concept) ?? 0) | language);
}

function meaningIn(map: Map<string, Map<Concept, number>>, key: string): Map<Concept, number> {
  let meaning = map.get(key);
  if (meaning === undefined) map.set(key, (meaning = new Map()));
  return meaning;
}

function listIn<Entry>(map: Map<string, Entry[]>, key: string): Entry[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
