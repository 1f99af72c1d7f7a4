import type { Expression } from '../../../model/program.ts';
import { joinParts, literal } from './parts.ts';
import type { Reader } from './reader.ts';

/** More words than this are not made of one. */
const MAX_WORDS = 256;
/** More parts than this in all of them together are not made of one. */
const MAX_PARTS = 4096;
/** Braces inside one another beyond this stay text. */
const MAX_NESTING = 16;
/** `{1..9}` with more elements than this stays text: it holds nothing that its ends do not say. */
const MAX_RANGE = 64;

/** A part of a word; a string marks that the part behind it is an unquoted brace or comma. */
export type Piece = Expression | '{' | ',' | '}';

/** A stretch of a word: parts and choices, one after the other. */
interface Sequence {
  readonly items: (Expression | Choice)[];
  /** Number of words it stands for. */
  count: number;
}

interface Choice {
  readonly kind: 'choice';
  readonly alternatives: readonly Sequence[];
}

interface Brace {
  /** The opening brace as text. */
  readonly opening: Expression;
  /** The alternatives before the present one, each with the comma behind it. */
  readonly alternatives: { readonly sequence: Sequence; readonly comma: Expression }[];
}

/**
 * Bash makes several words of `{curl,-s,https://a.example}`, which hides a command from whoever looks for spaces.
 * @returns the words; null when nothing expands. Of a word that stands for too many, its alternatives one by one, and the script notes it.
 */
export function expandBraces(pieces: readonly Piece[], reader: Reader, start: number): Expression[] | null {
  const root = choicesIn(pieces);
  if (!root.items.some((item) => item.kind === 'choice')) return null;
  const span = reader.span(start);
  if (root.count <= MAX_WORDS && root.count * pieces.length <= MAX_PARTS) {
    return wordsOf(root).map((parts) => joinParts(parts, span));
  }
  reader.tooWide(start);
  return alternativesIn(root).map((parts) => joinParts(parts, span));
}

function choicesIn(pieces: readonly Piece[]): Sequence {
  const ranges = { left: MAX_PARTS };
  const open: Brace[] = [];
  const outer: Sequence[] = [];
  let current: Sequence = { items: [], count: 1 };
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]!;
    if (typeof piece !== 'string') {
      current.items.push(piece);
      continue;
    }
    const text = pieces[at + 1] as Expression;
    const brace = open.at(-1);
    if (piece === '{' && open.length < MAX_NESTING) {
      at += 1;
      open.push({ opening: text, alternatives: [] });
      outer.push(current);
      current = { items: [], count: 1 };
    } else if (piece === ',' && brace !== undefined) {
      at += 1;
      brace.alternatives.push({ sequence: current, comma: text });
      current = { items: [], count: 1 };
    } else if (piece === '}' && brace !== undefined) {
      at += 1;
      open.pop();
      current = close(outer.pop()!, brace, current, text, ranges);
    }
  }
  // Braces that nothing closes are text.
  for (let brace = open.pop(); brace !== undefined; brace = open.pop()) {
    current = flattened(outer.pop()!, brace, current, null);
  }
  return current;
}

function close(
  outer: Sequence,
  brace: Brace,
  last: Sequence,
  closing: Expression,
  ranges: { left: number },
): Sequence {
  const alternatives =
    brace.alternatives.length > 0
      ? [...brace.alternatives.map(({ sequence }) => sequence), last]
      : range(last, ranges);
  if (alternatives === null) return flattened(outer, brace, last, closing);
  outer.items.push({ kind: 'choice', alternatives });
  outer.count *= alternatives.reduce((sum, { count }) => sum + count, 0);
  return outer;
}

/** Puts what is no choice back as text. */
function flattened(outer: Sequence, brace: Brace, last: Sequence, closing: Expression | null): Sequence {
  const add = (sequence: Sequence, behind: Expression | null) => {
    for (const item of sequence.items) outer.items.push(item);
    if (behind !== null) outer.items.push(behind);
    outer.count *= sequence.count;
  };
  outer.items.push(brace.opening);
  for (const { sequence, comma } of brace.alternatives) add(sequence, comma);
  add(last, closing);
  return outer;
}

/**
 * `{1..5}`, `{a..e}`, `{0..10..2}`; null for anything else.
 * @param ranges how many elements the word's ranges may still have
 */
function range(sequence: Sequence, ranges: { left: number }): Sequence[] | null {
  const [only] = sequence.items;
  if (sequence.items.length !== 1 || only?.kind !== 'literal' || String(only.value).length > 40) return null;
  const found = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(String(only.value));
  const [, from = '', to = '', by] = found ?? [];
  const areLetters = /^[A-Za-z]$/.test(from);
  if (found === null || areLetters !== /^[A-Za-z]$/.test(to)) return null;
  const first = areLetters ? from.charCodeAt(0) : Number(from);
  const last = areLetters ? to.charCodeAt(0) : Number(to);
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  if (!(count <= Math.min(MAX_RANGE, ranges.left))) return null;
  ranges.left -= count;
  return Array.from({ length: count }, (_, index) => {
    const value = first + (last < first ? -1 : 1) * index * step;
    const text = areLetters ? String.fromCharCode(value) : String(value);
    return { items: [literal(text, only.span)], count: 1 };
  });
}

/** Every word of a sequence. Recursion follows the nesting of braces, which is bounded. */
function wordsOf(sequence: Sequence): Expression[][] {
  let words: Expression[][] = [[]];
  for (const item of sequence.items) {
    if (item.kind === 'choice') {
      const endings = item.alternatives.flatMap(wordsOf);
      words = words.flatMap((word) => endings.map((ending) => [...word, ...ending]));
    } else {
      for (const word of words) word.push(item);
    }
  }
  return words;
}

/** What stands outside braces and each alternative in them, one after the other. */
function alternativesIn(sequence: Sequence): Expression[][] {
  const found: Expression[][] = [];
  let plain: Expression[] = [];
  for (const item of sequence.items) {
    if (item.kind === 'choice') {
      if (plain.length > 0) found.push(plain);
      plain = [];
      for (const alternative of item.alternatives) {
        for (const words of alternativesIn(alternative)) found.push(words);
      }
    } else {
      plain.push(item);
    }
  }
  if (plain.length > 0) found.push(plain);
  return found;
}
