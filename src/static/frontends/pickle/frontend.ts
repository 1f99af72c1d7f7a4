import type { Frontend, ParsedText } from '../../../model/program.ts';
import { emulate } from './emulate.ts';
import { lowerValues } from './lower.ts';

/**
 * Makes the pickle frontend ready. It works out what unpickling would do without unpickling anything.
 *
 * The text is the file's bytes as Latin-1, one character per byte, and positions are byte offsets: whoever reads the file must decode
 * it so. Every global is an import and a dotted name, and REDUCE, NEWOBJ, INST, OBJ and the rest are calls, so that `os.system("id")`
 * in a pickle looks like the same call in Python.
 */
export function createPickleFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['pickle'], parse: parsePickle });
}

function parsePickle(text: string): ParsedText {
  const { machine, globals, pickles, problem, isTooLong } = emulate(text);
  const body = [...globals.imports, ...lowerValues(machine.roots, machine.calls)];
  const isNothing = pickles === 0 && globals.imports.length === 0 && machine.calls.length === 0;
  return {
    program: problem !== null && isNothing ? null : { language: 'pickle', body, comments: [] },
    fragments: [],
    sentences: [],
    settings: [],
    status: problem === null ? 'complete' : isNothing ? 'unparsed' : 'recovered',
    problem,
    isCutOff: isTooLong,
  };
}
