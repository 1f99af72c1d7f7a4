import { isAddress } from './addresses.ts';
import { ALL_LANGUAGES } from './concepts.ts';
import { meaningOf, phrasesFrom, unspacedWordAt } from './lexicon.ts';
import type { Meaning } from './lexicon.ts';

/** A word, or a word group that means something as a whole. */
export interface Token {
  /** Range in the sentence. */
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
}

/** Longer sentences are read up to here (words). */
const MAX_TOKENS = 600;

const NOTHING: Meaning = new Map();

/** An address names every language's "outside". */
const OUTSIDE: Meaning = new Map([['outside', ALL_LANGUAGES]]);

const PIECE = /[a-z0-9.][a-z0-9_'’@.:/?&=%+~-]*/g;

const UNSPACED_SCRIPT = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/**
 * Takes a sentence apart into words, as far as they matter: every word counts as a step, those that stand for something carry it.
 * @param text one sentence, normalised; linear in its length
 * @returns null when no word of it means anything here
 */
export function tokensOf(text: string): readonly Token[] | null {
  const folded = text.toLowerCase();
  // Some letters get longer or shorter in lower case; the places would be wrong then.
  const isAligned = folded.length === text.length;
  const isPlain = /^[\x20-\x7e’‘“”…—–]*$/.test(folded);
  const pieces = folded.matchAll(isPlain ? PIECE : pieceOfAnyScript());
  const words: { readonly text: string; readonly start: number }[] = [];
  let addressEnd = -1;
  for (const piece of pieces) {
    if (words.length >= MAX_TOKENS) break;
    const end = piece.index + piece[0].length;
    // "https://host.example/*/queries?key=…" is one address.
    const goesOn =
      addressEnd !== -1 && /^[*{}<>$(),;!|#[\]/?&=:@~^+-]{1,8}$/.test(text.slice(addressEnd, piece.index));
    if (!goesOn) addWords(words, piece[0], piece.index);
    addressEnd = goesOn || /^[a-z][a-z+]{1,8}:\/\/./.test(piece[0]) ? end : -1;
  }
  const tokens = group(words);
  if (tokens === null) return null;
  return isAligned ? tokens : tokens.map((token) => ({ ...token, start: 0, end: 0 }));
}

/** Made when it is needed: properties of Unicode make an expression costly to have. */
function pieceOfAnyScript(): RegExp {
  return /[\p{L}\p{N}.][\p{L}\p{M}\p{N}_'’@.:/?&=%+~-]*/gu;
}

function addWords(words: { text: string; start: number }[], piece: string, start: number): void {
  if (UNSPACED_SCRIPT.test(piece)) {
    words.push({ text: piece, start });
    return;
  }
  const trimmed = piece.replace(/[.:/?'’-]{1,12}$/, '');
  if (/[@./]/.test(trimmed) && isAddress(trimmed)) {
    words.push({ text: trimmed, start });
    return;
  }
  if (/^[a-z]+$/.test(trimmed)) {
    words.push({ text: trimmed, start });
    return;
  }
  for (const part of trimmed.matchAll(/\.env\b|[^@.:/?&=%+~]+/g)) {
    const word = part[0].replaceAll('’', "'");
    // Names in code have many parts; "user_data" and "override_instructions" are words after all.
    const joints = word.split(/[-_]/).length - 1;
    if (joints > 0 && isMadeUp(word) && meaningOf(word) === null) {
      words.push({ text: word, start: start + part.index });
    } else if (joints > 0 && (joints === 1 || !word.includes('_')) && meaningOf(word) === null) {
      for (const half of word.matchAll(/[^-_]+/g)) {
        words.push({ text: half[0], start: start + part.index + half.index });
      }
    } else {
      words.push({ text: word, start: start + part.index });
    }
  }
}

/** "your-branch" stands for a name, and "auto-delete" for a kind of deleting. */
function isMadeUp(word: string): boolean {
  return /^(?:your|my|auto)[-_]/.test(word);
}

function group(words: readonly { readonly text: string; readonly start: number }[]): readonly Token[] | null {
  const tokens: Token[] = [];
  let hasMeaning = false;
  for (let index = 0; index < words.length; index += 1) {
    const { text, start } = words[index]!;
    if (UNSPACED_SCRIPT.test(text)) {
      hasMeaning = addUnspaced(tokens, text, start) || hasMeaning;
      continue;
    }
    const phrase = phrasesFrom(text).find(({ rest }) =>
      rest.every((word, offset) => words[index + 1 + offset]?.text === word),
    );
    const last = words[index + (phrase?.rest.length ?? 0)]!;
    const isCounted = /^tokens?$/.test(text) && /^\d[\d.,]*[km]?$/.test(words[index - 1]?.text ?? '');
    const meaning =
      phrase?.meaning ??
      (isCounted ? NOTHING : null) ??
      (isAddress(text) ? OUTSIDE : (meaningOf(text) ?? possessor(text) ?? NOTHING));
    if (meaning !== NOTHING) hasMeaning = true;
    tokens.push({ start, end: last.start + last.text.length, meaning });
    index += phrase?.rest.length ?? 0;
  }
  return hasMeaning ? tokens : null;
}

function possessor(word: string): Meaning | null {
  return word.endsWith("'s") ? meaningOf(word.slice(0, -2)) : null;
}

/** Letters that a word of a language without spaces has at most, on the whole. */
const WORD_LENGTH = 3;

/** Words of a run without spaces; of what lies between them every few letters count as a word. */
function addUnspaced(tokens: Token[], text: string, start: number): boolean {
  let hasMeaning = false;
  let between = 0;
  for (let index = 0; index < text.length && tokens.length < MAX_TOKENS;) {
    const word = unspacedWordAt(text, index);
    if (word === null) {
      between += 1;
      if (between % WORD_LENGTH === 0) {
        const end = start + index + 1;
        tokens.push({ start: end - WORD_LENGTH, end, meaning: NOTHING });
      }
    } else {
      between = 0;
      hasMeaning = true;
      tokens.push({ start: start + index, end: start + index + word.length, meaning: word.meaning });
    }
    index += word?.length ?? 1;
  }
  return hasMeaning;
}
