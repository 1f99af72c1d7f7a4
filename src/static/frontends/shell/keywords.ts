import { BACKQUOTE, BACKSLASH, characterSet, DOLLAR, OPEN_PAREN } from './characters.ts';
import type { Reader } from './reader.ts';

/** Reserved words that end a list of commands, as bits of a mask. */
export const THEN = 1;
export const ELSE = 2;
export const ELIF = 4;
export const FI = 8;
export const DO = 16;
export const DONE = 32;
export const ESAC = 64;
export const BRACE = 128;
/** `;;` and the like. */
export const NEXT_CASE = 256;
/** `)` */
export const PARENTHESIS = 512;
/** `end`, which Zsh's `foreach` has. */
export const END = 1024;
/** `{` where Zsh has it in place of `then` and `do`. */
export const OPENING_BRACE = 2048;

const CLOSERS: ReadonlyMap<string, number> = new Map([
  ['then', THEN],
  ['else', ELSE],
  ['elif', ELIF],
  ['fi', FI],
  ['do', DO],
  ['done', DONE],
  ['esac', ESAC],
  ['}', BRACE],
]);

/** The closer that a reserved word is; 0 for any other word. */
export function closerOf(word: string): number {
  return CLOSERS.get(word) ?? 0;
}

/** The word of a closer. */
export function wordOf(closer: number): string {
  for (const [word, bit] of CLOSERS) if (bit === closer) return word;
  return 'end';
}

const WORD_ENDS = characterSet(' \t\r\n;&|<>()\'"');

/** The unquoted word at the reader, which stays there; empty for a word with quotes or expansions in it. */
export function wordAhead(reader: Reader): string {
  const { text, end } = reader;
  const start = reader.at;
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (WORD_ENDS[code] === 1) break;
    if (code === BACKSLASH || code === DOLLAR || code === BACKQUOTE) return '';
    at += 1;
  }
  const isQuoted = at < end && (text[at] === '"' || text[at] === "'");
  return isQuoted || at === start ? '' : text.slice(start, at);
}

/** Offset behind `()` when that follows the word, as in a function's definition; -1 otherwise. */
export function definitionEnd(reader: Reader, word: string): number {
  let at = blanksEnd(reader, reader.at + word.length);
  if (reader.code(at) !== OPEN_PAREN) return -1;
  at = blanksEnd(reader, at + 1);
  return reader.text[at] === ')' && at < reader.end ? at + 1 : -1;
}

function blanksEnd(reader: Reader, from: number): number {
  let at = from;
  while (reader.code(at) === 0x20 || reader.code(at) === 0x09) at += 1;
  return at;
}
