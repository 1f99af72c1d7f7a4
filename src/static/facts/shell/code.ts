import type { Language, Span } from '../../../model/program.ts';
import { normalPath } from '../../evidence/detail.ts';
import { plain } from '../../fold/constant.ts';
import { interpreterOf } from '../../frontends/interpreters.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { queueInnerCode } from '../texts/inner-code.ts';
import { ProgramInterface } from '../programs/program-interface.ts';
import { NOTHING_HANDED, noteProgram } from '../programs/program-starts.ts';
import { runCommand } from './calls.ts';
import { commandInContainer } from './containers.ts';
import { embeddedCommands } from './embedded-commands.ts';
import { runnerOf } from './wrappers.ts';
import { constantValue, knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { joinedWords } from './words.ts';
import { foundFiles, withFile } from './found-files.ts';
import { codeOfWindowsShell } from './windows-shells.ts';

const SSH_OPTIONS_WITH_VALUE = /^-[BbcDEeFIiJLlmOopQRSWw]$/;

/** The operands of a command without its options. */
function operandsOf(words: readonly Value[], withValue: RegExp): readonly Value[] {
  for (let at = 0; at < words.length; at++) {
    const text = knownText(words[at] ?? UNKNOWN) ?? '';
    if (withValue.test(text)) at++;
    else if (!text.startsWith('-')) return words.slice(at);
  }
  return [];
}

/**
 * What an interpreter hands to the program that it is told to read from its input: `python3 - word`; null when it is told nothing of the
 * kind. To a shell `-` says that the options are over, and a file may follow.
 */
function wordsOfInput(language: Language, words: readonly Value[]): readonly Value[] | null {
  if (language === 'shell') return null;
  for (const [at, word] of words.entries()) {
    const text = knownText(word);
    if (text === '-') return words.slice(at + 1);
    if (text === null || text === '--' || !text.startsWith('-')) return null;
  }
  return null;
}

/** One operand of a command that has another one run; options stand before any of them. */
function operandAt(words: readonly Value[], place: number, withValue: RegExp): Value | undefined {
  let rest = operandsOf(words, withValue);
  for (let at = 0; at < place; at++) rest = operandsOf(rest.slice(1), withValue);
  return rest[0];
}

/** The words between `-exec` and `;` or `+`. */
function foundCommand(words: readonly Value[]): readonly Value[] {
  const texts = words.map((word) => knownText(word));
  const from = texts.findIndex((text) => text !== null && /^-(?:exec|ok)(?:dir)?$/.test(text));
  if (from < 0) return [];
  const to = texts.findIndex(
    (text, index) => index > from && (text === ';' || text === '\\;' || text === '+'),
  );
  return words.slice(from + 1, to < 0 ? undefined : to);
}

/**
 * Follows a command into the code that it runs: in an option, an operand, its standard input, or a file that was written before.
 * @param words the command's name and the words after it
 */
export function codeOfCommand(
  walk: Walk,
  command: string,
  words: readonly Value[],
  args: BoundArguments,
  span: Span,
  node: number,
  isFromFile: boolean,
): void {
  const rest = words.slice(1);
  const interpreter = interpreterOf(command);
  if (interpreter !== null) {
    const at = rest.findIndex((word) => interpreter.option.test(knownText(word) ?? ''));
    const code = at < 0 ? undefined : rest[at + 1];
    if (code !== undefined) {
      const program = new ProgramInterface(walk.graph);
      // `bash -c code name word`: the first word is the script's own name.
      const words = rest.slice(at + (interpreter.language === 'shell' ? 3 : 2));
      const given = args.named.get('stdin') ?? null;
      noteProgram(walk, program, words, { ...NOTHING_HANDED, stdin: given }, node);
      queueInnerCode(walk, interpreter.language, code, span, node, program);
    }
    const stdin = args.named.get('stdin');
    if (stdin !== undefined && !isFromFile) {
      const handed = code === undefined ? wordsOfInput(interpreter.language, rest) : null;
      if (handed !== null && handed.length > 0) {
        const program = new ProgramInterface(walk.graph);
        noteProgram(walk, program, handed, NOTHING_HANDED, node);
        queueInnerCode(walk, interpreter.language, stdin, span, node, program);
      } else queueInnerCode(walk, interpreter.language, stdin, span, node);
    }
    if (code === undefined) runFile(walk, interpreter.language, rest, span, node);
    return;
  }
  if (codeOfWindowsShell(walk, command, rest, args.named.get('stdin'), span, node)) return;
  const runner = runnerOf(command);
  if (runner !== null) {
    const at = 'operand' in runner ? -1 : rest.findIndex((word) => runner.option.test(knownText(word) ?? ''));
    const code =
      'operand' in runner
        ? operandAt(rest, runner.operand, runner.withValue)
        : at < 0
          ? undefined
          : rest[at + 1];
    if (code !== undefined) queueInnerCode(walk, 'shell', code, span, node);
    return;
  }
  const input = isFromFile ? null : (args.named.get('stdin') ?? null);
  const embedded = embeddedCommands(command, rest, input);
  if (embedded === null)
    walk.gathering.miss({ reason: `longer scripts of ${command} than are looked through`, blocking: true });
  for (const code of embedded ?? []) queueInnerCode(walk, 'shell', constantValue(plain(code)), span, node);
  switch (command) {
    case 'eval':
      queueInnerCode(walk, 'shell', joinedWords(rest), span, node);
      return;
    case 'source':
    case '.':
      for (const text of walk.gathering.include(walk, knownText(rest[0] ?? UNKNOWN) ?? ''))
        queueInnerCode(walk, 'shell', constantValue(plain(text)), span, node);
      runFile(walk, 'shell', rest, span, node);
      return;
    case 'ssh': {
      const remote = operandsOf(rest, SSH_OPTIONS_WITH_VALUE).slice(1);
      if (remote.length > 0) queueInnerCode(walk, 'shell', joinedWords(remote), span, node);
      return;
    }
    case 'docker':
    case 'podman':
    case 'nerdctl': {
      const inside = commandInContainer(rest);
      if (inside.length > 0) walk.graph.connect(runCommand(walk, inside, new Map(), span).node, node);
      return;
    }
    case 'find': {
      const found = foundCommand(rest);
      const each = withFile(found, foundFiles(rest)[0]);
      if (each.length > 0) walk.graph.connect(runCommand(walk, each, new Map(), span).node, node);
      return;
    }
    default: {
      const text = walk.gathering.file.written(normalPath(knownText(words[0] ?? UNKNOWN) ?? ''));
      if (text !== undefined) queueInnerCode(walk, 'shell', text, span, node);
    }
  }
}

/** The file that a command starts: an interpreter's first operand, what is sourced, the command itself when it is a path; else null. */
export function startedFile(command: string, words: readonly Value[]): Value | null {
  const [first, ...rest] = words;
  const isSourced = command === 'source' || command === '.';
  const interpreter = interpreterOf(command);
  if (interpreter !== null || isSourced) {
    const texts = rest.map((word) => knownText(word) ?? '');
    if (interpreter !== null && texts.some((text) => interpreter.option.test(text) || text === '-m'))
      return null;
    if (interpreter !== null && wordsOfInput(interpreter.language, rest) !== null) return null;
    return operandsOf(rest, /^$/)[0] ?? null;
  }
  return first !== undefined && /^[.~\w$-]*\//.test(knownText(first) ?? '') ? first : null;
}

/** The first operand names a file that was written with a known text, or is the output of a substitution. */
function runFile(walk: Walk, language: Language, rest: readonly Value[], span: Span, node: number): void {
  const [file] = operandsOf(rest, /^$/);
  if (file === undefined || wordsOfInput(language, rest) !== null) return;
  const text = knownText(file);
  const written = text === null ? undefined : walk.gathering.file.written(normalPath(text));
  if (written !== undefined) queueInnerCode(walk, language, written, span, node);
  else if (text !== null && /\s/.test(text)) queueInnerCode(walk, language, file, span, node);
}
