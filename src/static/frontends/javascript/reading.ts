import type ts from 'typescript';
import type { Language, Span, Statement } from '../../../model/program.ts';
import { blanked, commentsIn, htmlLikeComments } from './comments.ts';
import { lower } from './lower.ts';
import type { TypeScript } from './typescript-parts.ts';
import { isTooDeepTree } from './too-deep.ts';

/** What a text says, and what could not be understood of it. */
export interface Reading {
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
  /** Where and why reading went wrong; null: nowhere. Offset into the text. */
  readonly problem: { readonly at: number; readonly message: string } | null;
  /** Some of it nests too deep to be read with its surroundings. */
  readonly isCutOff: boolean;
}

/** How often code may uncover further HTML-like comments by losing some. */
const MAXIMUM_ROUNDS = 8;

/**
 * Complaints about what sloppy-mode scripts may do and Node runs; the tree behind them is right: octal literals (1121), octal
 * escapes in strings (1487), decimals with leading zeros (1489).
 */
const SLOPPY_MODE = new Set([1121, 1487, 1489]);

/** The parser's complaints; the compiler keeps them on the tree without declaring them. */
interface WithComplaints {
  readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
}

function complaintsOf(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  const { parseDiagnostics } = file as ts.SourceFile & WithComplaints;
  return parseDiagnostics.filter(({ code }) => !SLOPPY_MODE.has(code));
}

/** A file named so is a module also without imports, and may `await` at its top level. The compiler asks for this very trick. */
function markAsModule(file: ts.SourceFile): void {
  (file as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
}

/** Parses as the file's name says; TypeScript of unknown name with JSX when it parses better so. */
function parse(typescript: TypeScript, text: string, language: Language, path: string): ts.SourceFile {
  const { ScriptKind } = typescript;
  const parseAs = (kind: ts.ScriptKind): ts.SourceFile =>
    typescript.createSourceFile(
      'file',
      text,
      {
        languageVersion: typescript.ScriptTarget.Latest,
        jsDocParsingMode: typescript.JSDocParsingMode.ParseNone,
        ...(/\.m[jt]s$/iu.test(path) ? { setExternalModuleIndicator: markAsModule } : {}),
      },
      false,
      kind,
    );
  if (language === 'javascript') return parseAs(ScriptKind.JSX);
  if (/\.tsx$/iu.test(path)) return parseAs(ScriptKind.TSX);
  const file = parseAs(ScriptKind.TS);
  if (/\.[cm]?ts$/iu.test(path) || complaintsOf(file).length === 0) return file;
  const withJsx = parseAs(ScriptKind.TSX);
  return complaintsOf(withJsx).length < complaintsOf(file).length ? withJsx : file;
}

/** Reads a text once, as the parser sees it. */
function readOnce(typescript: TypeScript, text: string, language: Language, path: string) {
  const file = parse(typescript, text, language, path);
  const { body, literals, tooDeepAt } = lower(typescript, file);
  if (tooDeepAt !== null && isTooDeepTree(typescript, file)) throw new RangeError('nests too deep');
  const complaint = complaintsOf(file)[0];
  const problem =
    complaint !== undefined
      ? {
          at: complaint.start,
          message: typescript.flattenDiagnosticMessageText(complaint.messageText, ' '),
        }
      : tooDeepAt !== null
        ? { at: tooDeepAt, message: 'nests too deep: what lies deeper was read without its surroundings' }
        : null;
  const comments = commentsIn(text, literals);
  return {
    body,
    comments,
    literals,
    problem,
    isCutOff: tooDeepAt !== null,
    isModule: typescript.isExternalModule(file),
  };
}

/**
 * Reads a text as Node would run it. A script with HTML-like comments is read with them as operators and as comments, and what
 * either reading shows is kept: which one counts depends on how the file is loaded.
 * @throws RangeError when the text nests so deep that the parser runs out of stack, or might have
 */
export function read(typescript: TypeScript, text: string, language: Language, path: string): Reading {
  const first = readOnce(typescript, text, language, path);
  if (language === 'typescript' || !/<!--|-->/u.test(text)) return first;
  let last = first;
  let current = text;
  const hidden: Span[] = [];
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const found = htmlLikeComments(current, [...last.literals, ...last.comments]);
    if (found.length === 0) break;
    hidden.push(...found);
    current = blanked(current, found);
    last = readOnce(typescript, current, language, path);
  }
  // A module has no such comments. Asked of the last reading: the first may take the word `export` inside one for code.
  if (last === first || last.isModule) return first;
  const comments = [...last.comments, ...hidden].sort((one, two) => one.start - two.start);
  // With a complaint the first reading is not what runs.
  const body = first.problem === null ? [...first.body, ...last.body] : last.body;
  return { body, comments, problem: last.problem, isCutOff: first.isCutOff || last.isCutOff };
}
