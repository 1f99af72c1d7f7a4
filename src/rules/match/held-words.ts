/** Shorter texts are searched faster than their letters are noted (UTF-16 units). */
const SHORTEST = 1_024;

/** Places for the hashes of three characters in a row; a program of some hundred lines fills a few per cent of them. */
const PLACES = 1 << 16;

/** So many texts are remembered: rules ask for the text, the strings and the prose of one file in turn. */
const REMEMBERED = 4;

interface Noted {
  readonly text: string;
  readonly marks: Uint8Array;
}

const noted: Noted[] = [];

function place(first: number, second: number, third: number): number {
  return (Math.imul(first, 961) + Math.imul(second, 31) + third) & (PLACES - 1);
}

/** Which three characters stand in a row anywhere in a text. Linear, once a text. */
function marksOf(text: string): Uint8Array {
  for (const known of noted) if (known.text === text) return known.marks;
  const marks = noted.length < REMEMBERED ? new Uint8Array(PLACES) : noted.pop()!.marks.fill(0);
  let first = text.charCodeAt(0);
  let second = text.charCodeAt(1);
  for (let at = 2; at < text.length; at++) {
    const third = text.charCodeAt(at);
    marks[place(first, second, third)] = 1;
    first = second;
    second = third;
  }
  noted.unshift({ text, marks });
  return marks;
}

/**
 * True when a text holds a word. The same as `includes`, for many words and one text after the other: nearly every word that is not
 * there is told by three characters that never stand in a row.
 */
export function holdsWord(text: string, word: string): boolean {
  if (text.length < SHORTEST || word.length < 3) return text.includes(word);
  const marks = marksOf(text);
  for (let at = 2; at < word.length; at++)
    if (marks[place(word.charCodeAt(at - 2), word.charCodeAt(at - 1), word.charCodeAt(at))] === 0)
      return false;
  return text.includes(word);
}
