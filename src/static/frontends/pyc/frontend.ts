import type { Frontend, ParsedText } from '../../../model/program.ts';
import { BrokenPickle } from '../pickle/bytes.ts';
import { unparsed } from '../unparsed.ts';
import { liftCode } from './lift.ts';
import { readCompiled } from './read.ts';

/**
 * Makes the frontend for compiled Python ready. The text is the file's bytes as Latin-1. Imports, names, attributes, calls with their
 * arguments and constants come back in the order of the instructions; jumps are not followed, so conditions and loops are not known.
 */
export function createCompiledFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['pyc'], parse: parseCompiled });
}

function parseCompiled(text: string): ParsedText {
  try {
    const { code, version } = readCompiled(text);
    const missing = version.operations === null ? 'names and constants only' : 'without conditions and loops';
    return {
      program: { language: 'pyc', body: liftCode(code, version), comments: [] },
      fragments: [],
      sentences: [],
      settings: [],
      status: 'recovered',
      problem: `compiled Python ${version.name}: read ${missing}`,
      isCutOff: version.operations === null,
    };
  } catch (error) {
    if (error instanceof BrokenPickle) return unparsed(`compiled Python: ${error.message}`);
    if (error instanceof RangeError) return unparsed('compiled Python: nested too deep');
    throw error;
  }
}
