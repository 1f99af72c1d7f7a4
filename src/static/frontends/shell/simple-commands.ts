import type { Expression, Span, Statement } from '../../../model/program.ts';
import { assignedIn, readAssignment } from './assignments.ts';
import { CLOSE_BRACE } from './characters.ts';
import { wordAhead } from './keywords.ts';
import { literalText } from './parts.ts';
import type { Reader } from './reader.ts';
import { readRedirection, type Redirection, redirectionArguments } from './redirections.ts';
import type { Argument, ReadCall, ReadStage } from './script.ts';
import { READS_INTO_VARIABLES, READS_STANDARD_INPUT } from './standard-input.ts';
import { bracketTest } from './tests.ts';
import { readWords } from './words.ts';

/** Builtins whose arguments may be assignments. */
const DECLARATIONS: ReadonlySet<string> = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);

/** A simple command as read. */
interface Command {
  readonly words: Expression[];
  readonly redirections: Redirection[];
  /** It begins with `export` or the like. */
  isDeclaration: boolean;
  hasAssignment: boolean;
  /** Where its first and last word or assignment stand. */
  start: number;
  end: number;
}

/** Reads a simple command: one call, after the assignments that stand before it. @returns null when none stands there */
export function readSimpleCommand(reader: Reader, out: Statement[]): ReadStage | null {
  const from = reader.at;
  const command: Command = {
    words: [],
    redirections: [],
    isDeclaration: false,
    hasAssignment: false,
    start: -1,
    end: from,
  };
  while (readPart(reader, command, out)) reader.skipBlanks();
  if (command.words.length === 0 && command.redirections.length === 0) {
    return command.hasAssignment ? { call: null } : null;
  }
  if (command.start < 0) command.start = from;
  const span = reader.span(command.start, Math.max(command.start, command.end));
  return command.words.length === 0
    ? emptyCommand(reader, command, out, span)
    : { call: finish(reader, command, out, span) };
}

/** Reads a word, an assignment or a redirection. */
function readPart(reader: Reader, command: Command, out: Statement[]): boolean {
  const { words, redirections } = command;
  const start = reader.at;
  if (reader.script.isZsh && reader.peek() === CLOSE_BRACE && wordAhead(reader) === '}') return false;
  if (readRedirection(reader, redirections)) return true;
  const takesAssignments = words.length === 0 || command.isDeclaration;
  if (takesAssignments && readAssignment(reader, out)) {
    command.hasAssignment = true;
    if (words.some(isReferring)) {
      const referring = reader.script.refer(out.pop());
      if (referring !== null) out.push(referring);
    }
  } else {
    const isFirst = words.length === 0;
    if (!readWords(reader, words)) return false;
    if (isFirst) command.isDeclaration = DECLARATIONS.has(literalText(words[0]) ?? '');
  }
  if (command.start < 0) command.start = start;
  command.end = reader.at;
  return true;
}

/** `-n` of `declare -n a=b`. */
function isReferring(word: Expression): boolean {
  return /^-[a-zA-Z]*n/.test(literalText(word) ?? '');
}

/** `> file` alone empties the file; `< file` alone is what a substitution reads. */
function emptyCommand(reader: Reader, command: Command, out: Statement[], span: Span): ReadStage {
  const { redirections } = command;
  const [only] = redirections;
  const isFileRead = reader.isInSubstitution && redirections.length === 1 && only?.isFile === true;
  const callee: Expression = { kind: 'name', name: isFileRead ? ':<' : ':', span };
  return { call: pushCall(reader, out, callee, redirectionArguments(redirections), span) };
}

function finish(reader: Reader, command: Command, out: Statement[], span: Span): ReadCall | null {
  const { words, redirections } = command;
  const [name, ...operands] = words as [Expression, ...Expression[]];
  if (command.isDeclaration && pushDeclared(command, operands, out)) return null;
  if (literalText(name) === '[' && literalText(operands.at(-1)) === ']') {
    push(out, bracketTest(operands.slice(0, -1), redirections, span));
    return null;
  }
  const args: Argument[] = operands.map((value) => ({ name: null, value }));
  for (const argument of redirectionArguments(redirections)) args.push(argument);
  return pushCall(reader, out, calleeOf(name), args, span);
}

/** `export`, `local`, `declare`: assignments; without any, the command itself, which then lists variables. */
function pushDeclared(command: Command, operands: readonly Expression[], out: Statement[]): boolean {
  for (const word of operands) {
    const assigned = assignedIn(word);
    if (assigned !== null) {
      out.push(assigned);
      command.hasAssignment = true;
    }
  }
  return command.hasAssignment;
}

/** A constant name is a name, however it was quoted; anything else stays an expression. */
function calleeOf(word: Expression): Expression {
  return word.kind === 'literal' ? { kind: 'name', name: String(word.value), span: word.span } : word;
}

function pushCall(
  reader: Reader,
  out: Statement[],
  callee: Expression,
  args: Argument[],
  span: Span,
): ReadCall {
  const name = callee.kind === 'name' ? callee.name : null;
  const reads = name === null || READS_STANDARD_INPUT.has(name.slice(name.lastIndexOf('/') + 1));
  const read: ReadCall = { args, reads, isCaptured: false };
  reader.script.calls.push(read);
  const call: Expression = { kind: 'call', callee, args, span };
  const target = name === null ? null : boundBy(name, args, span);
  push(out, target === null ? call : { kind: 'assignment', target, value: call, span });
  return read;
}

/** `read a b` and `printf -v a` bind variables. */
function boundBy(name: string, args: readonly Argument[], span: Span): Expression | null {
  if (name === 'printf' && literalText(args[0]?.value) === '-v') return variablesIn(args.slice(1, 2), span);
  return READS_INTO_VARIABLES.has(name) ? variablesIn(args, span) : null;
}

function variablesIn(args: readonly Argument[], span: Span): Expression | null {
  const elements = args
    .filter((argument) => argument.name === null)
    .map(({ value }) => literalText(value) ?? '')
    .filter((word) => /^[A-Za-z_]\w*$/.test(word))
    .map((word): Expression => ({ kind: 'name', name: word, span }));
  if (elements.length === 0) return null;
  return elements.length === 1 ? elements[0]! : { kind: 'list', elements, span };
}

/** Appends an expression as a statement. */
function push(out: Statement[], expression: Expression): void {
  out.push({ kind: 'expression', expression, span: expression.span });
}
