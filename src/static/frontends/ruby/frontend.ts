import type { Frontend, ParsedText } from '../../../model/program.ts';
import { placeOf } from '../place.ts';
import { unparsed } from '../unparsed.ts';
import { argument, expression, operand } from './operators.ts';
import { type Grammar, Reader, TooDeep } from './reader.ts';
import { program, statements } from './statements.ts';

/** Longer texts are not parsed (UTF-16 units). */
const MAX_LENGTH = 4 * 1024 * 1024;

const GRAMMAR: Grammar = { statements, expression, argument, operand };

function parseRuby(text: string): ParsedText {
  if (text.length > MAX_LENGTH) return unparsed(`longer than ${String(MAX_LENGTH)} characters`);
  const reader = new Reader(text, GRAMMAR);
  try {
    const body = program(reader);
    const isWhole = reader.problemAt < 0 && !reader.isCutOff;
    return {
      program: { language: 'ruby', body, comments: reader.comments },
      fragments: [],
      sentences: [],
      settings: [],
      status: isWhole ? 'complete' : 'recovered',
      problem: isWhole
        ? null
        : reader.problemAt < 0
          ? 'something that is too long was taken apart'
          : `${placeOf(text, reader.problemAt)}: not understood`,
      ...(reader.isCutOff ? { isCutOff: true } : {}),
    };
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError)
      return { ...unparsed('nests too deep to parse'), isCutOff: true };
    return unparsed(`the parser failed: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

/**
 * Makes the Ruby frontend ready. `Net::HTTP.get(u)` is a call of `Net.HTTP.get`, `C.new(x)` a call of `C`, and so is `x.send(:f)` one of
 * `x.f`; a block is a function given as the last argument; `` `ls` `` is a call of `` ` `` with the text; a name that is no local variable is
 * the call of a method. `@x` is a member of `self` within classes, a variable elsewhere. Symbols are texts. What a method's last
 * statement gives is returned.
 */
export function createRubyFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['ruby'], parse: (text) => parseRuby(text) });
}
