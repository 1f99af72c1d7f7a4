import type { Frontend, ParsedText } from '../../../model/program.ts';
import { BrokenPickle, ByteReader } from './bytes.ts';
import { Globals } from './globals.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { lowerValues } from './lower.ts';
import { Machine } from './machine.ts';

/** A file that takes more is read no further: each instruction may leave a value behind. */
const MAXIMUM_INSTRUCTIONS = 2_000_000;

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
  const globals = new Globals();
  const machine = new Machine(globals);
  const bytes = new ByteReader(text, 0);
  let problem = text.length === 0 ? 'byte 0: the stream ends too early' : null;
  let pickles = 0;
  let instructions = 0;
  while (bytes.at < text.length && problem === null) {
    const start = bytes.at;
    try {
      if (++instructions > MAXIMUM_INSTRUCTIONS) throw new BrokenPickle('too many instructions');
      const code = bytes.take(1);
      const carryOut = INSTRUCTIONS.get(code);
      if (carryOut === undefined) {
        throw new BrokenPickle(`unknown instruction 0x${code.charCodeAt(0).toString(16).padStart(2, '0')}`);
      }
      carryOut(machine, bytes, start);
      if (code === '.') pickles++;
      else if (bytes.at >= text.length) throw new BrokenPickle('the stream ends too early');
    } catch (error) {
      if (!(error instanceof BrokenPickle)) throw error;
      problem = `byte ${String(start)}: ${error.message}`;
    }
  }
  machine.abandon();
  const body = [...globals.imports, ...lowerValues(machine.roots, machine.calls)];
  const isNothing = pickles === 0 && globals.imports.length === 0 && machine.calls.length === 0;
  return {
    program: problem !== null && isNothing ? null : { language: 'pickle', body, comments: [] },
    fragments: [],
    sentences: [],
    settings: [],
    status: problem === null ? 'complete' : isNothing ? 'unparsed' : 'recovered',
    problem,
    isCutOff: instructions > MAXIMUM_INSTRUCTIONS,
  };
}
