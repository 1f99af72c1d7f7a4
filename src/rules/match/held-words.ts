/** Shorter texts are searched faster than their letters are noted (UTF-16 units). */
const SHORTEST = 1_024;

/** Places for the hashes of three characters in a row; a program of some hundred lines fills a few per cent of them. */
const PLACES = 1 << 16;

/** So many texts are remembered: rules ask for the text, the strings and the prose of one file in turn. */
const REMEMBERED = 4;

interface Noted {
  readonly text: string;
  /** By {@link place}: where three characters stand in a row first, counted from 1 in steps of `1 << shift`; 0: nowhere. */
  readonly firsts: Uint16Array;
  readonly shift: number;
  /** Where words were found first that were looked for; -1: nowhere. */
  readonly places: Map<string, number>;
}

const noted: Noted[] = [];

function place(first: number, second: number, third: number): number {
  return (Math.imul(first, 961) + Math.imul(second, 31) + third) & (PLACES - 1);
}

/** Which three characters stand in a row anywhere in a text, and from where on. Linear, once a text. */
function noteOf(text: string): Noted {
  for (const known of noted) if (known.text === text) return known;
  const firsts = noted.length < REMEMBERED ? new Uint16Array(PLACES) : noted.pop()!.firsts.fill(0);
  // So that the last step fits into sixteen bits.
  const shift = Math.max(0, 17 - Math.clz32(text.length));
  let first = text.charCodeAt(0);
  let second = text.charCodeAt(1);
  for (let at = 2; at < text.length; at++) {
    const third = text.charCodeAt(at);
    const entry = place(first, second, third);
    if (firsts[entry] === 0) firsts[entry] = ((at - 2) >> shift) + 1;
    first = second;
    second = third;
  }
  const note = { text, firsts, shift, places: new Map<string, number>() };
  noted.unshift(note);
  return note;
}

/**
 * Where a text first holds a word; -1 when it does not. The same as `indexOf`, for many words and one text after the other: nearly
 * every word that is not there is told by three characters that never stand in a row, others are looked for from where all of theirs have
 * been seen, and no word is looked for twice.
 */
export function placeOfWord(text: string, word: string): number {
  return text.length < SHORTEST ? text.indexOf(word) : placeIn(noteOf(text), word);
}

function placeIn({ text, firsts, shift, places }: Noted, word: string): number {
  let from = 0;
  let first = word.charCodeAt(0);
  let second = word.charCodeAt(1);
  for (let at = 2; at < word.length; at++) {
    const third = word.charCodeAt(at);
    const seen = firsts[place(first, second, third)]!;
    if (seen === 0) return -1;
    from = Math.max(from, ((seen - 1) << shift) - (at - 2));
    first = second;
    second = third;
  }
  let found = places.get(word);
  if (found === undefined) places.set(word, (found = text.indexOf(word, from)));
  return found;
}

/** True when a text holds one of some words; see {@link placeOfWord}. */
export function holdsOne(text: string, words: readonly string[]): boolean {
  if (text.length < SHORTEST) return words.some((word) => text.includes(word));
  const note = noteOf(text);
  for (const word of words) if (placeIn(note, word) >= 0) return true;
  return false;
}
