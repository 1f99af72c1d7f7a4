import { existsSync, readFileSync } from 'node:fs';
import type { Concept } from './concepts.ts';
import { LANGUAGES } from './concepts.ts';
import { WORDS } from './words/index.ts';

/**
 * Lines of a table by their first character, each a key and what is said of it, with tabs between. Texts, as JSON takes five times as long
 * for lists in lists, and a text to be read waits only for the lines that begin like its own words.
 */
type Lines = Readonly<Record<string, string>>;

/** The words of all languages in the form in which they are looked up. The build works it out, as it takes longer than most texts. */
export interface WordTables {
  /** Word, sense. */
  readonly words: Lines;
  /** Beginning of words, sense. */
  readonly stems: Lines;
  /** First word, words after it with `_` between, sense; longest first. */
  readonly phrases: Lines;
  /** Of languages without spaces: first character, word, sense; longest first. */
  readonly unspaced: Lines;
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
    words: linesOf(tables.words, (meaning) => [senseOf(meaning)]),
    stems: linesOf(tables.stems, (meaning) => [senseOf(meaning)]),
    phrases: linesOf(tables.phrases, (list) =>
      list.map(({ rest, meaning }) => `${rest.join('_')}\t${senseOf(meaning)}`),
    ),
    unspaced: linesOf(tables.unspaced, (list) =>
      list.map(({ text, meaning }) => `${text}\t${senseOf(meaning)}`),
    ),
  };
}

/** `concept languages concept languages …`, in the order in which the concepts were met. */
function senseOf(meaning: Meaning): string {
  return Array.from(meaning, ([concept, languages]) => `${concept} ${languages}`).join(' ');
}

/** Understands what {@link WordTables} say of a word: what it may stand for, and in which languages (bits of {@link LANGUAGES}). */
export function meaningOfSense(sense: string): ReadonlyMap<Concept, number> {
  const meaning: Meaning = new Map();
  const parts = sense.split(' ');
  for (let at = 0; at + 1 < parts.length; at += 2) meaning.set(parts[at] as Concept, Number(parts[at + 1]));
  return meaning;
}

function linesOf<Value>(map: ReadonlyMap<string, Value>, rowsOf: (value: Value) => readonly string[]): Lines {
  const lines: Record<string, string> = {};
  for (const [key, value] of map) {
    if (key === '') continue;
    for (const row of rowsOf(value)) lines[key[0]!] = `${lines[key[0]!] ?? ''}${key}\t${row}\n`;
  }
  return lines;
}

function addEntry(into: Tables, entry: string, concept: Concept, language: number): void {
  if (entry.endsWith('*')) {
    add(meaningIn(into.stems, entry.slice(0, -1)), concept, language);
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
