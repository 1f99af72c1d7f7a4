import type { Span } from '../../model/program.ts';
import type { MarkedText } from './marked-text.ts';

/** Words that end in a full stop without ending a sentence. */
const ABBREVIATIONS = new Set(
  'e.g i.e eg ie etc vs cf dr mr mrs ms prof st no nr vol fig sec approx resp incl excl ca inc ltd co jr sr u.s u.k a.m p.m dept est al'.split(
    ' ',
  ),
);

/** Longer runs without an end mark are cut here, so that no rule's pattern ever sees an unbounded text (UTF-16 units). */
const MAX_SENTENCE_LENGTH = 2000;

const CLOSERS = new Set(['"', "'", ')', ']', '”', '’', '»', '*', '_']);

/** Splits running text into sentences; code spans are never cut. Linear in the text; the ranges hold no surrounding space. */
export function splitSentences(marked: MarkedText): readonly Span[] {
  const { text, code } = marked;
  const sentences: Span[] = [];
  let start = 0;
  let index = 0;
  let nextCode = 0;
  const close = (end: number): void => {
    const trimmed = trim(text, start, end);
    if (trimmed !== null) sentences.push(trimmed);
    start = end;
  };
  while (index < text.length) {
    const span = code[nextCode];
    if (span !== undefined && index >= span.start) {
      index = Math.max(index, span.end);
      nextCode += 1;
      continue;
    }
    if (index - start >= MAX_SENTENCE_LENGTH && isSpace(text[index])) {
      close(index);
    } else if (endsSentence(text, index)) {
      index += 1;
      while (index < text.length && CLOSERS.has(text[index]!)) index += 1;
      close(index);
      continue;
    }
    index += 1;
  }
  close(text.length);
  return sentences.flatMap((sentence) => cutOverlong(sentence));
}

/** Text without a single space (or one endless code span) is cut by length alone. */
function cutOverlong(sentence: Span): readonly Span[] {
  const hardLimit = 2 * MAX_SENTENCE_LENGTH;
  if (sentence.end - sentence.start <= hardLimit) return [sentence];
  const parts: Span[] = [];
  for (let start = sentence.start; start < sentence.end; start += hardLimit) {
    parts.push({ start, end: Math.min(start + hardLimit, sentence.end) });
  }
  return parts;
}

function endsSentence(text: string, index: number): boolean {
  const mark = text[index];
  if (mark === '。' || mark === '！' || mark === '？') return true;
  if (mark !== '.' && mark !== '!' && mark !== '?') return false;
  let after = index + 1;
  while (after < text.length && CLOSERS.has(text[after]!)) after += 1;
  if (after >= text.length) return true;
  if (!isSpace(text[after])) return false;
  while (after < text.length && isSpace(text[after])) after += 1;
  if (after >= text.length) return true;
  if (mark !== '.') return true;
  if (isAbbreviation(text, index)) return false;
  // A lower-case word goes on with the sentence ("approx. ten files"); anything else starts a new one.
  return !/[a-z,;]/.test(text[after]!);
}

function isAbbreviation(text: string, stop: number): boolean {
  let start = stop;
  while (start > 0 && stop - start < 12 && /[A-Za-z.]/.test(text[start - 1]!)) start -= 1;
  const word = text.slice(start, stop).toLowerCase();
  return ABBREVIATIONS.has(word) || (word.length === 1 && /[A-Z]/.test(text[start] ?? ''));
}

function trim(text: string, start: number, end: number): Span | null {
  let first = start;
  let last = end;
  while (first < last && isSpace(text[first])) first += 1;
  while (last > first && isSpace(text[last - 1])) last -= 1;
  return first < last ? { start: first, end: last } : null;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}
