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

const END_MARK = /[.!?。！？]/g;

/** Splits running text into sentences; code spans are never cut. Linear in the text; the ranges hold no surrounding space. */
export function splitSentences(marked: MarkedText): readonly Span[] {
  const { text, code } = marked;
  const sentences: Span[] = [];
  let start = 0;
  let nextCode = 0;
  const close = (end: number): void => {
    const trimmed = trim(text, start, end);
    if (trimmed !== null) sentences.push(...cutOverlong(text, trimmed));
    start = end;
  };
  END_MARK.lastIndex = 0;
  for (let mark = END_MARK.exec(text); mark !== null; mark = END_MARK.exec(text)) {
    while ((code[nextCode]?.end ?? Infinity) <= mark.index) nextCode += 1;
    const span = code[nextCode];
    if (span !== undefined && mark.index >= span.start) {
      END_MARK.lastIndex = span.end;
    } else if (endsSentence(text, mark.index)) {
      let end = mark.index + 1;
      while (end < text.length && CLOSERS.has(text[end]!)) end += 1;
      close(end);
      END_MARK.lastIndex = end;
    }
  }
  close(text.length);
  return sentences;
}

/** Text without an end mark is cut at a space, and without a space by length alone. */
function cutOverlong(text: string, sentence: Span): readonly Span[] {
  const parts: Span[] = [];
  let { start } = sentence;
  while (sentence.end - start > MAX_SENTENCE_LENGTH) {
    const space = text.lastIndexOf(' ', start + MAX_SENTENCE_LENGTH);
    const end = space > start ? space : start + MAX_SENTENCE_LENGTH;
    parts.push({ start, end });
    start = space > start ? end + 1 : end;
  }
  if (start < sentence.end) parts.push({ start, end: sentence.end });
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
