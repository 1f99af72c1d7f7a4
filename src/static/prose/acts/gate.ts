import { existsSync, readFileSync } from 'node:fs';
import { TOP_LEVEL } from './addresses.ts';
import { ALL_LANGUAGES } from './concepts.ts';
import type { Concept } from './concepts.ts';
import { FRAMES } from './frames.ts';
import type { Frame } from './frame.ts';
import { WORDS } from './words/index.ts';

/** How many letters of a word are looked at; enough to tell most words apart. */
const PREFIX = 5;

const TABLE_BITS = 18;

/** Sets the endings of addresses apart from words. */
const AFTER_DOT = 0x5aa5;

/** Concepts of which every sentence has some: a frame that holds one of another kind is found by that. */
const COMMON: ReadonlySet<Concept> = new Set<Concept>(
  (
    'abandon reveal tell say send keep collect reach-out bypass plant be ask recite consult comply commit change follow-next matter task ' +
    'yours all new user this told now not without free-of including topic located control words attention agent ' +
    'remember again tool reply let-slip'
  ).split(' ') as Concept[],
);

let table: Uint8Array | null = null;

/**
 * A look at the beginnings of a sentence's words: false when no frame can hold, as for most sentences, at a fraction of the price of
 * reading it. Letters outside ASCII always pass.
 */
export function mayAct(text: string): boolean {
  table ??= readTable();
  let hash = 0;
  let length = 0;
  let isAfterDigit = false;
  let isAfterDot = false;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) | 0x20 : 0;
    if (code >= 0x61 && code <= 0x7a) {
      if (isAfterDigit) return true;
      if (length < PREFIX) hash = next(hash, code);
      length += 1;
      continue;
    }
    if (code > 0x7f && isLetter(text.charCodeAt(index))) return true;
    if (length > 0 && (has(table, hash) || (isAfterDot && has(table, hash ^ AFTER_DOT)))) return true;
    // "1gn0re": a digit inside a word.
    isAfterDigit = length > 0 && code >= 0x30 && code <= 0x39;
    isAfterDot = code === 0x2e;
    hash = 0;
    length = 0;
  }
  return false;
}

/** The parts of a frame by which its sentences are told: its rarest concepts. */
export function pivotOf(frame: Frame): readonly Concept[] {
  const groups: readonly (readonly Concept[])[] = [[frame.anchor], ...frame.parts];
  return groups.find((group) => group.every((concept) => !COMMON.has(concept))) ?? [frame.anchor];
}

/** Where the build leaves the table, which takes longer to fill than most texts to look at. */
export const COMPILED_TABLE = new URL('./gate.bin', import.meta.url);

function readTable(): Uint8Array {
  return existsSync(COMPILED_TABLE) ? readFileSync(COMPILED_TABLE) : filledTable();
}

/** One bit for the beginning of every word by which a frame is told. */
export function filledTable(): Uint8Array {
  const bits = new Uint8Array(1 << (TABLE_BITS - 3));
  const mark = (word: string, salt = 0): void => {
    let hash = 0;
    for (let index = 0; index < word.length && index < PREFIX; index += 1) {
      const code = word.charCodeAt(index);
      if (code < 0x61 || code > 0x7a) break;
      hash = next(hash, code);
    }
    hash ^= salt;
    bits[hash >> 3]! |= 1 << (hash & 7);
  };
  const pivots = new Map<Concept, number>();
  for (const frame of FRAMES) {
    for (const concept of pivotOf(frame)) {
      pivots.set(concept, (pivots.get(concept) ?? 0) | (frame.languages ?? ALL_LANGUAGES));
      if (concept !== 'outside') continue;
      for (const ending of TOP_LEVEL) mark(ending, AFTER_DOT);
      // Addresses without a name.
      for (const scheme of ['http', 'https']) mark(scheme);
    }
  }
  for (const [language, words] of WORDS) {
    for (const [concept, languages] of pivots) {
      if ((languages & language) === 0) continue;
      for (const entry of (words[concept] ?? '').split(/\s+/)) if (entry !== '') mark(rarest(entry));
    }
  }
  return bits;
}

/** Of a word group the longest word, without accents. */
function rarest(entry: string): string {
  let longest = '';
  for (const word of entry.split(/[_'-]/)) if (word.length >= longest.length) longest = word;
  return /^[a-z]*$/.test(longest) ? longest : longest.normalize('NFD').replace(/[^a-z]/g, '');
}

function next(hash: number, code: number): number {
  return (hash * 31 + code) & ((1 << TABLE_BITS) - 1);
}

function has(bits: Uint8Array, hash: number): boolean {
  return (bits[hash >> 3]! & (1 << (hash & 7))) !== 0;
}

function isLetter(code: number): boolean {
  return (
    (code >= 0xc0 && code <= 0x2af) || (code >= 0x370 && code <= 0x1fff) || (code >= 0x3040 && code <= 0xd7af)
  );
}
