import type { ParsedText } from '../../model/program.ts';

/** What a frontend makes of a text that it could not read at all, and why. */
export function unparsed(problem: string): ParsedText {
  return { program: null, fragments: [], sentences: [], settings: [], status: 'unparsed', problem };
}
