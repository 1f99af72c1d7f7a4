import type { Frontend, ParsedText } from '../../../model/program.ts';
import { placeOf } from '../place.ts';
import { unparsed } from '../unparsed.ts';
import { Reader, TooDeep } from './reader.ts';
import { program } from './statements.ts';

/** Longer texts are not parsed (UTF-16 units). */
const MAX_LENGTH = 4 * 1024 * 1024;

function parsePowershell(text: string): ParsedText {
  if (text.length > MAX_LENGTH) return unparsed(`longer than ${String(MAX_LENGTH)} characters`);
  const reader = new Reader(text);
  try {
    const body = program(reader);
    const isWhole = reader.problemAt < 0;
    return {
      program: { language: 'powershell', body, comments: reader.comments },
      fragments: [],
      sentences: [],
      settings: [],
      status: isWhole ? 'complete' : 'recovered',
      problem: isWhole ? null : `${placeOf(text, reader.problemAt)}: not understood`,
    };
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return unparsed('nests too deep to parse');
    return unparsed(`the parser failed: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

/**
 * Makes the PowerShell frontend ready. A command is a call of `&` with the command's name, in the spelling that models have, as the first
 * argument, its words and redirections behind it, and what is piped into it as `stdin`. Names of types, members and variables are in
 * lower case, as PowerShell makes no difference; variables keep their `$`.
 */
export function createPowershellFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['powershell'], parse: (text) => parsePowershell(text) });
}
