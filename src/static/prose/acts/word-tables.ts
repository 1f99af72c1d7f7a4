import { existsSync, readFileSync } from 'node:fs';
import type { Concept } from './concepts.ts';
import { LANGUAGES } from './concepts.ts';
import { WORDS } from './words/index.ts';

/** What a word may stand for, and in which languages (bits of {@link LANGUAGES}). */
export type Sense = readonly (readonly [Concept, number])[];

/** The words of all languages in the form in which they are looked up. It is JSON: the build works it out, as it takes longer than most texts. */
export interface WordTables {
  readonly words: Readonly<Record<string, Sense>>;
  /** Beginnings of words. */
  readonly stems: Readonly<Record<string, Sense>>;
  /** By first word: the words after it, longest first. */
  readonly phrases: Readonly<Record<string, readonly (readonly [rest: readonly string[], sense: Sense])[]>>;
  /** Words of languages without spaces, by first character, longest first. */
  readonly unspaced: Readonly<Record<string, readonly (readonly [text: string, sense: Sense])[]>>;
}

const UNSPACED = LANGUAGES.chinese | LANGUAGES.japanese | LANGUAGES.korean;

/** Where the build leaves them. */
export const COMPILED_TABLES = new URL('./word-tables.json', import.meta.url);

/** The tables that the build made; run from sources they are made anew. */
export function wordTables(): WordTables {
  if (!existsSync(COMPILED_TABLES)) return compileWordTables();
  return JSON.parse(readFileSync(COMPILED_TABLES, 'utf8')) as WordTables;
}

/** What is put together, before it is written down. */
type Meaning = Map<Concept, number>;

interface Tables {
  readonly words: Map<string, Meaning>;
  readonly stems: Map<string, Meaning>;
  readonly phrases: Map<string, { readonly rest: readonly string[]; readonly meaning: Meaning }[]>;
  readonly unspaced: Map<string, { readonly text: string; readonly meaning: Meaning }[]>;
}

/** Sorts the words of every language into tables. */
export function compileWordTables(): WordTables {
  const tables: Tables = { words: new Map(), stems: new Map(), phrases: new Map(), unspaced: new Map() };
  for (const [language, words] of WORDS) {
    for (const [concept, listed] of Object.entries(words) as [Concept, string][]) {
      for (const entry of listed.split(/\s+/)) addEntry(tables, entry, concept, language);
    }
  }
  for (const list of tables.phrases.values()) list.sort((a, b) => b.rest.length - a.rest.length);
  for (const list of tables.unspaced.values()) list.sort((a, b) => b.text.length - a.text.length);
  return {
    words: written(tables.words, senseOf),
    stems: written(tables.stems, senseOf),
    phrases: written(tables.phrases, (list) =>
      list.map(({ rest, meaning }) => [rest, senseOf(meaning)] as const),
    ),
    unspaced: written(tables.unspaced, (list) =>
      list.map(({ text, meaning }) => [text, senseOf(meaning)] as const),
    ),
  };
}

function senseOf(meaning: Meaning): Sense {
  return [...meaning];
}

function written<Value, Written>(
  map: ReadonlyMap<string, Value>,
  write: (value: Value) => Written,
): Readonly<Record<string, Written>> {
  return Object.fromEntries(Array.from(map, ([key, value]) => [key, write(value)]));
}

function addEntry(into: Tables, entry: string, concept: Concept, language: number): void {
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

/** Latin letters without their accents. */
export function withoutAccents(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

function add(meaning: Meaning, concept: Concept, language: number): void {
  meaning.set(concept, (meaning.get(concept) ?? 0) | language);
}

function meaningIn(map: Map<string, Meaning>, key: string): Meaning {
  let meaning = map.get(key);
  if (meaning === undefined) map.set(key, (meaning = new Map()));
  return meaning;
}

function listIn<Entry>(map: Map<string, Entry[]>, key: string): Entry[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
