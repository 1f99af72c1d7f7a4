import type { Matcher } from '../../model/rule.ts';
import { compiledRegex } from '../rule-regex.ts';
import { fileFilter } from './files.ts';
import { type CompiledMatcher, type Match, matchAt } from './match.ts';
import { mayMatch } from './required-words.ts';

type TextMatcher = Extract<Matcher, { text: unknown }>['text'];

/** Longer lines are looked at in overlapping pieces, so that no pattern takes more than linear time in the file. */
const PIECE = 4_096;
const OVERLAP = 512;
const MAX_MATCHES = 50;

/** A regular expression over the raw text of a file, line by line. */
export function compileText(matcher: TextMatcher): CompiledMatcher {
  const isFile = fileFilter(matcher.files);
  const keywords = matcher.keywords?.map((keyword) => keyword.toLowerCase());
  return (file) => {
    if (!isFile(file.path) || !mayMatch(matcher.matches, file.foldedText)) return [];
    if (keywords !== undefined && !keywords.some((keyword) => file.foldedText.includes(keyword))) return [];
    const layer = file.facts.layers[0];
    if (layer === undefined) return [];
    const regex = compiledRegex(matcher.matches);
    const matches: Match[] = [];
    const { text } = file;
    for (let start = 0; start <= text.length && matches.length < MAX_MATCHES;) {
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
      start = end + 1;
    }
    return matches;
  };
}
