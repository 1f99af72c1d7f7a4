import { textOf } from '../../fold/constant.ts';
import type { CallFact } from '../facts.ts';
import type { Frame } from '../walk/frame.ts';
import type { ProgramInterface } from './program-interface.ts';
import { startedWords } from './started-files.ts';
import { knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** A command that starts a file, perhaps one of the target's. */
export interface Start {
  readonly call: CallFact;
  /** The file as the command names it; or the code itself, when it stands in an option: `bash -c '…'`. */
  readonly started: string | ProgramInterface;
  /** The words that the program is given, its own name left out. */
  readonly words: readonly Value[];
  readonly stdin: Value | null;
  /** Variables set for it alone. */
  readonly variables: ReadonlyMap<string, Value>;
  /** The program that starts it, and its variables: those of a shell script may be exported. */
  readonly starter: ProgramInterface;
  readonly frame: Frame | null;
  /** What the program prints flows here. */
  readonly output: number;
  /** An object for the running program: what is written to it goes to its standard input. */
  readonly object: number;
}

/** So many starts are kept of files that are looked at together. */
const MAX_STARTS = 2_000;

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

/** What is handed to a program beside its words. */
export interface Handed {
  readonly stdin: Value | null;
  readonly variables: ReadonlyMap<string, Value>;
  readonly object: number;
}

/** `env A=1 command`: variables that stand before a command's own words. */
function variablesBefore(words: readonly Value[], command: readonly Value[]): Map<string, Value> {
  const variables = new Map<string, Value>();
  for (const word of words.slice(0, words.length - command.length)) {
    const name = ASSIGNMENT.exec(knownText(word) ?? '')?.[1];
    if (name !== undefined) variables.set(name, word);
  }
  return variables;
}

/** What is handed to a program beside its words: nothing. */
export const NOTHING_HANDED: Handed = { stdin: null, variables: new Map(), object: 0 };

/** Keeps that a call starts a program; does nothing while something is only computed. */
export function noteProgram(
  walk: Walk,
  started: string | ProgramInterface,
  words: readonly Value[],
  handed: Handed,
  output: number,
): void {
  const { starts, calls } = walk.gathering;
  const call = calls.at(-1);
  if (walk.quiet > 0 || call === undefined) return;
  if (starts.length >= MAX_STARTS) {
    walk.gathering.miss({ reason: 'more programs are started in it than are followed', blocking: true });
    return;
  }
  const frame = walk.language === 'shell' ? walk.moduleFrame : null;
  starts.push({ call, started, words, ...handed, starter: walk.program, frame, output });
}

/**
 * Keeps that a command starts a file, if it does.
 * @param words the command line as written
 * @param command the same without wrappers: `sudo`, `env A=1`
 * @param args the words after the command's name, with what flows into them
 * @returns the node that the program's output flows into; 0 when none is started
 */
export function noteStart(
  walk: Walk,
  words: readonly Value[],
  command: readonly Value[],
  args: readonly Value[],
  handed: Handed,
): number {
  if (walk.quiet > 0) return 0;
  const found = startedWords([command[0] ?? UNKNOWN, ...args].map((word) => knownText(word)));
  if (found === null) return 0;
  const output = walk.graph.newNode();
  const isFed = /^(?:xargs|parallel)$/.test(textOf(words[0]?.constant ?? null) ?? '');
  const given = args.slice(found.at);
  noteProgram(
    walk,
    found.file,
    isFed && handed.stdin !== null ? [...given, handed.stdin] : given,
    { ...handed, variables: new Map([...handed.variables, ...variablesBefore(words, command)]) },
    output,
  );
  return output;
}
