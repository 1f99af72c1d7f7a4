import ts from 'typescript';
import { indexedLoops } from './indexed-loops.mjs';

/**
 * Compiles the sources, with all that the compiler has to say of them on standard error.
 * @param {string} root folder with `tsconfig.json`
 * @param {string} to folder that gets the modules
 * @returns {boolean} false when there were errors; everything is written all the same
 */
export function compile(root, to) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => {
      throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
    },
  };
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.json`,
    { outDir: to },
    host,
  );
  const program = ts.createProgram(fileNames, options);
  const problems = [...ts.getPreEmitDiagnostics(program)];
  problems.push(
    ...program.emit(undefined, undefined, undefined, false, { before: [indexedLoops(program)] }).diagnostics,
  );
  process.stderr.write(
    ts.formatDiagnostics(problems, {
      getCurrentDirectory: () => root,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    }),
  );
  return problems.length === 0;
}
