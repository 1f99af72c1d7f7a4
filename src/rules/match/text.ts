import type { Matcher } from '../../model/rule.ts';
import type { Layer } from '../../static/facts/facts.ts';
import { compiledRegex, type RuleRegex } from '../rule-regex.ts';
import { fileFilter } from './files.ts';
import { type CompiledMatcher, type Match, matchAt, NO_MATCHES } from './match.ts';
import { holdsOne, placeOfWord } from './held-words.ts';
import { mayMatch, requiredInLine } from './required-words.ts';

type TextMatcher = Extract<Matcher, { text: unknown }>['text'];

/** Longer lines are looked at in overlapping pieces, so that no pattern takes more than linear time in the file. */
const PIECE = 4_096;
const OVERLAP = 512;
const MAX_MATCHES = 50;

/** Goes over the lines of a text that have one of some words in them; over all lines when there are no words to look for. */
class Lines {
  readonly #text: string;
  readonly #folded: string;
  /** Those that are somewhere in the text, and where each is next; null: every line counts. */
  readonly #words: readonly string[] | null;
  readonly #places: number[] = [];
  /** Where the line is that was given last, and where it ends. */
  start = -1;
  end = -1;

  constructor(text: string, folded: string, words: readonly string[] | null) {
    this.#text = text;
    this.#folded = folded;
    if (words === null || folded.length !== text.length) {
      this.#words = null;
      return;
    }
    const held: string[] = [];
    for (const word of words) {
      const place = placeOfWord(folded, word);
      if (place < 0) continue;
      held.push(word);
      this.#places.push(place);
    }
    this.#words = held;
  }

  /** Steps to the next line; false when there is none. */
  next(): boolean {
    const text = this.#text;
    if (this.end >= text.length) return false;
    const from = this.#words === null ? this.end + 1 : this.#nextPlace(this.#words);
    if (from < 0) return false;
    this.start = this.#words === null || from === 0 ? from : text.lastIndexOf('\n', from - 1) + 1;
    const feed = text.indexOf('\n', from);
    this.end = feed < 0 ? text.length : feed;
    return true;
  }

  #nextPlace(words: readonly string[]): number {
    const places = this.#places;
    let first = -1;
    for (let index = 0; index < words.length; index++) {
      let place = places[index]!;
      if (place >= 0 && place <= this.end)
        places[index] = place = this.#folded.indexOf(words[index]!, this.end);
      if (place >= 0 && (first < 0 || place < first)) first = place;
    }
    return first;
  }
}

/** The first place in a line where an expression matches. */
function matchIn(line: Lines, text: string, regex: RuleRegex, layer: Layer): Match | null {
  const { start, end } = line;
  for (let at = start; at < end || at === start; at += PIECE - OVERLAP) {
    const match = regex.exec(text.slice(at, Math.min(end, at + PIECE)));
    if (match !== null) {
      const from = at + match.index;
      const whole = match[0] ?? '';
      const span = { start: from, end: from + whole.length };
      return matchAt(layer, span, { detail: (match[1] ?? whole).slice(0, 120), isText: true });
    }
    if (at + PIECE >= end) break;
  }
  return null;
}

/** A regular expression over the raw text of a file, line by line. */
export function compileText(matcher: TextMatcher): CompiledMatcher {
  const isFile = fileFilter(matcher.files);
  const keywords = matcher.keywords?.map((keyword) => keyword.toLowerCase());
  let lineWords: readonly string[] | null | undefined;
  return (file) => {
    if (!mayMatch(matcher.matches, file.foldedText)) return NO_MATCHES;
    if (keywords !== undefined && !holdsOne(file.foldedText, keywords)) return NO_MATCHES;
    if (!isFile(file.path)) return NO_MATCHES;
    const layer = file.facts.layers[0];
    if (layer === undefined) return NO_MATCHES;
    const regex = compiledRegex(matcher.matches);
    const matches: Match[] = [];
    const { text } = file;
    if (lineWords === undefined) lineWords = requiredInLine(matcher.matches);
    const lines = new Lines(text, file.foldedText, lineWords);
    while (matches.length < MAX_MATCHES && lines.next()) {
      const match = matchIn(lines, text, regex, layer);
      if (match !== null) matches.push(match);
    }
    return matches;
  };
}
