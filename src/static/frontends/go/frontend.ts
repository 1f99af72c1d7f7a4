import type { Frontend, ParsedText } from '../../../model/program.ts';
import { placeOf } from '../place.ts';
import { unparsed } from '../unparsed.ts';
import { directivesOf } from './directives.ts';
import { expression } from './expressions.ts';
import { program } from './program.ts';
import { type Grammar, Reader } from './reader.ts';
import { block } from './statements.ts';

/** Longer texts are not parsed (UTF-16 units). */
const MAX_LENGTH = 4 * 1024 * 1024;

const GRAMMAR: Grammar = { expression, block };

function parseGo(text: string): ParsedText {
  if (text.length > MAX_LENGTH) return unparsed(`longer than ${String(MAX_LENGTH)} characters`);
  try {
    const reader = new Reader(text, GRAMMAR);
    const body = program(reader);
    const { comments } = reader.tokens;
    const { fragments, hasC } = directivesOf(text, comments);
    const isWhole = reader.problemAt < 0 && !reader.isCutOff && !hasC;
    return {
      program: { language: 'go', body, comments },
      fragments,
      sentences: [],
      settings: [],
      status: isWhole ? 'complete' : 'recovered',
      problem: isWhole ? null : problemOf(reader, text),
      ...(reader.isCutOff ? { isCutOff: true } : {}),
    };
  } catch (error) {
    if (error instanceof RangeError) return { ...unparsed('nests too deep to parse'), isCutOff: true };
    return unparsed(`the parser failed: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

function problemOf(reader: Reader, text: string): string {
  if (reader.problemAt >= 0) return `${placeOf(text, reader.problemAt)}: not understood`;
  return reader.isCutOff
    ? 'something that is too long or nests too deep was left out'
    : 'the program in C before `import "C"` is only searched for commands';
}

/**
 * Makes the frontend for Go ready. A package goes by its path (`os/exec`), whatever a file calls it; `T{f: x}` is a call of `T` with `f`
 * as a named argument, a list or table in braces a list or record; `*p`, `&x`, `x.(T)`, `[]byte(s)` and `<-c` are what they are of; a method
 * belongs to the class of its receiver, which is its first parameter. `:=` is an assignment that makes a variable. Loops over places go over
 * `range.keys(x)`, over both places and values over `range.pairs(x)`. What a program in C says that a file holds is not followed.
 */
export function createGoFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['go'], parse: (text) => parseGo(text) });
}
