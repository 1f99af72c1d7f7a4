/** Shorter texts are searched faster than their letters are noted (UTF-16 units). */
const SHORTEST = 1_024;

/** Places for the hashes of three characters in a row; a program of some hundred lines fills a few per cent of them. */
const PLACES = 1 << 16;

/** So many texts are remembered: rules ask for the text, the strings and the prose of one file in turn. */
const REMEMBERED = 4;

interface Noted {
  readonly text: string;
  readonly marks: Uint8Array;
  /** Where words were found first that were looked for; -1: nowhere. */
  readonly places: Map<string, number>;
}

const noted: Noted[] = [];

function place(first: number, second: number, third: number): number {
  return (Math.imul(first, 961) + Math.imul(second, 31) + third) & (PLACES - 1);
}

/** Which three characters stand in a row anywhere in a text. Linear, once a text. */
function noteOf(text: string): Noted {
  for (const known of noted) if (known.text === text) return known;
  const marks = noted.length < REMEMBERED ? new Uint8Array(PLACES) : noted.pop()!.marks.fill(0);
  let first = text.charCodeAt(0);
  let second = text.charCodeAt(1);
  for (let at = 2; at < text.length; at++) {
    const third = text.charCodeAt(at);
    marks[place(first, second, third)] = 1;
    first = second;
    second = third;
  }
  const note = { text, marks, places: new Map<string, number>() };
  noted.unshift(note);
  return note;
}

/**
 * Where a text first holds a word; -1 when it does not. The same as `indexOf`, for many words and one text after the other: nearly
 * every word that is not there is told by three characters that never stand in a row, and no word is looked for twice.
 */
export function placeOfWord(text: string, word: string): number {
  if (text.length < SHORTEST) return text.indexOf(word);
  const { marks, places } = noteOf(text);
  for (let at = 2; at < word.length; at++)
    if (marks[place(word.charCodeAt(at - 2), word.charCodeAt(at - 1), word.charCodeAt(at))] === 0) return -1;
  let found = places.get(word);
  if (found === undefined) places.set(word, (found = text.indexOf(word)));
  return found;
}

/** True when a text holds a word; see {@link placeOfWord}. */
export function holdsWord(text: string, word: string): boolean {
  return placeOfWord(text, word) >= 0;
}

/** True when a text holds one of some words. */
export function holdsOne(text: string, words: readonly string[]): boolean {
  for (const word of words) if (holdsWord(text, word)) return true;
  return false;
}
