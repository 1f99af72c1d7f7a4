import { createRequire } from 'node:module';
import type { Frontend } from '../../../model/program.ts';
import { placeOf } from '../place.ts';
import { unparsed } from '../unparsed.ts';
import type { TypeScript } from './typescript-parts.ts';
import { read } from './reading.ts';
import { referenceComplaint } from './reference-parser.ts';
import { hasTooManyAsyncLists, hasTooManyBrackets } from './too-deep.ts';

/** Larger texts are not parsed: eight million characters take 1 GB, which is all that a worker has. */
const MAXIMUM_LENGTH = 8 * 1024 * 1024;

/**
 * Makes the JavaScript and TypeScript frontend ready to parse; loads the compiler's parser, which reads everything Node runs.
 * Why not through an ESLint parser: docs/adr/0020-typescript-tree-for-javascript.md.
 */
export function createJavascriptFrontend(): Promise<Frontend> {
  // Not `import()`: Node would first search the nine megabytes for the names they export.
  const typescript = createRequire(import.meta.url)('typescript') as TypeScript;
  return Promise.resolve({
    languages: ['javascript', 'typescript'],
    parse(text, language, path) {
      if (text.length > MAXIMUM_LENGTH) {
        return unparsed(`longer than ${String(MAXIMUM_LENGTH)} characters`);
      }
      if (hasTooManyBrackets(text) || hasTooManyAsyncLists(text)) return unparsed('nests too deep to parse');
      try {
        const { body, comments, problem, isCutOff } = read(typescript, text, language, path);
        return {
          program: { language, body, comments },
          fragments: [],
          sentences: [],
          settings: [],
          status: problem === null ? 'complete' : 'recovered',
          problem:
            problem === null
              ? null
              : (referenceComplaint(text, path) ?? `${placeOf(text, problem.at)}: ${problem.message}`),
          isCutOff,
        };
      } catch (error) {
        // The parser is recursive; some texts use up the stack.
        if (error instanceof RangeError) return unparsed('nests too deep to parse');
        return unparsed(`the parser failed: ${error instanceof Error ? error.name : 'unknown error'}`);
      }
    },
  });
}
