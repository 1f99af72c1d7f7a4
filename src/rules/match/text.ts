import type { Matcher } from '../../model/rule.ts';
import { compiledRegex } from '../rule-regex.ts';
import { fileFilter } from './files.ts';
import { type CompiledMatcher, type Match, matchAt } from './match.ts';
import { holdsWord } from './held-words.ts';
import { mayMatch, requiredWords } from './required-words.ts';

type TextMatcher = Extract<Matcher, { text: unknown }>['text'];

/** Longer lines are looked at in overlapping pieces, so that no pattern takes more than linear time in the file. */
const PIECE = 4_096;
const OVERLAP = 512;
const MAX_MATCHES = 50;

/** Where the lines begin that have one of the words in them; of all lines when there are no words to look for. */
function* lineStarts(text: string, folded: string, words: readonly string[] | null): Generator<number> {
  if (words === null || folded.length !== text.length) {
    for (let start = 0; start >= 0;) {
      yield start;
      const feed = text.indexOf('\n', start);
      start = feed < 0 ? -1 : feed + 1;
    }
    return;
  }
  const next = words.map((word) => folded.indexOf(word));
  for (let end = -1; ;) {
    let first = -1;
    words.forEach((word, index) => {
      if (next[index]! >= 0 && next[index]! <= end) next[index] = folded.indexOf(word, end);
      if (next[index]! >= 0 && (first < 0 || next[index]! < first)) first = next[index]!;
    });
    if (first < 0) return;
    yield first === 0 ? 0 : text.lastIndexOf('\n', first - 1) + 1;
    end = text.indexOf('\n', first);
    if (end < 0) return;
  }
}

/** A regular expression over the raw text of a file, line by line. */
export function compileText(matcher: TextMatcher): CompiledMatcher {
  const isFile = fileFilter(matcher.files);
  const keywords = matcher.keywords?.map((keyword) => keyword.toLowerCase());
  return (file) => {
    if (!isFile(file.path) || !mayMatch(matcher.matches, file.foldedText)) return [];
    if (keywords !== undefined && !keywords.some((keyword) => holdsWord(file.foldedText, keyword))) return [];
    const layer = file.facts.layers[0];
    if (layer === undefined) return [];
    const regex = compiledRegex(matcher.matches);
    const matches: Match[] = [];
    const { text } = file;
    for (const start of lineStarts(text, file.foldedText, requiredWords(matcher.matches))) {
      if (matches.length >= MAX_MATCHES) break;
      const found = text.indexOf('\n', start);
      const end = found < 0 ? text.length : found;
      for (let at = start; at < end || at === start; at += PIECE - OVERLAP) {
        const piece = text.slice(at, Math.min(end, at + PIECE));
        const match = regex.exec(piece);
        if (match !== null) {
          const from = at + match.index;
          const whole = match[0] ?? '';
          matches.push(
            matchAt(
              layer,
              { start: from, end: from + whole.length },
              { detail: (match[1] ?? whole).slice(0, 120) },
            ),
          );
          break;
        }
        if (at + PIECE >= end) break;
      }
    }
    return matches;
  };
}
