import type { SourceLabel } from '../../../model/api-model.ts';
import { normalPath } from '../../evidence/detail.ts';
import { ANY_SITE, type FlowGraph } from '../flow-graph.ts';
import { handPath } from '../calls/handed-paths.ts';
import { optionKey, type ProgramInterface } from './program-interface.ts';
import { isConversation } from '../prose/orders.ts';
import type { Start } from './program-starts.ts';
import { knownText, type Value } from '../values/value.ts';

/** How far a variable or standard input is handed down from one program to the next. */
const MAX_GENERATIONS = 8;

/** A start of a program whose code is at hand. */
interface KnownStart {
  readonly start: Start;
  readonly program: ProgramInterface;
}

/** The option that a word is the value of: `--key=word`, or the word after `--key`; null for an operand. */
function optionOf(words: readonly Value[], at: number): string | null {
  const own = /^(--?[A-Za-z][\w-]*)=/.exec(textAt(words, at))?.[1];
  return own ?? /^--?[A-Za-z][\w-]*$/.exec(textAt(words, at - 1))?.[0] ?? null;
}

function textAt(words: readonly Value[], at: number): string {
  const word = words[at];
  return word === undefined ? '' : (knownText(word) ?? '');
}

/** Variables and input that a program is not given anew come from whoever started the one that starts it. */
function handDown(graph: FlowGraph, known: readonly KnownStart[]): void {
  for (let turn = 0; turn < MAX_GENERATIONS; turn++) {
    let isStable = true;
    for (const { start, program } of known) {
      const { starter } = start;
      for (const name of program.variables.keys()) {
        if (start.variables.has(name) || starter.variables.has(name)) continue;
        if (starter.variable(name) !== 0) isStable = false;
      }
    }
    if (isStable) return;
  }
  graph.isFull = true;
}

/** An agent tells its hooks on standard input what was said and where the whole of it lies. */
function isTold({ call, stdin }: Start): boolean {
  return call.outerScope === 'agent-hook' && call.function === null && stdin === null;
}

/** What a start hands to its program that no call of its own reads: the path of a secret file, the conversation. */
export function handedBy(start: Start, isSecretPath: (path: string) => boolean): readonly SourceLabel[] {
  const texts = [...start.words, ...start.variables.values()].map((value) => knownText(value) ?? '');
  const hasSecret = texts.some((text) => isSecretPath(normalPath(/=(.+)$/s.exec(text)?.[1] ?? text)));
  return [
    ...(hasSecret ? (['secret'] as const) : []),
    ...(isTold(start) || texts.some(isConversation) ? (['conversation'] as const) : []),
  ];
}

/** One start: its words, variables and input into the program, what the program prints out of it. */
function connectStart(
  graph: FlowGraph,
  { start, program }: KnownStart,
  isSecretPath: (path: string) => boolean,
): void {
  const { words, stdin, starter, call } = start;
  /** What is handed over is a step of its own in a trace. */
  const handed = (nodes: readonly number[]): number => {
    const node = graph.join(nodes);
    if (node === 0) return 0;
    const step = graph.newNode();
    graph.calls.set(step, call);
    graph.connect(node, step);
    return step;
  };
  // A word that is not known may stand for several, as a shell splits it: those after it may be further behind.
  const isUncertain = ({ constant, pieces }: Value): boolean => constant === null && pieces === null;
  const unknown = words.findIndex(isUncertain);
  const certain = unknown < 0 ? words.length : unknown;
  const isProse = start.call.layer.scope === 'example';
  /** `"<the full conversation>"` in a command that prose shows: the agent fills it in. */
  const conversationIn = (value: Value): number => {
    if (!isProse || value.node !== 0 || !isConversation(knownText(value) ?? '')) return 0;
    const node = graph.newNode();
    graph.calls.set(node, call);
    graph.sources.push({ node, label: 'conversation', call });
    return node;
  };
  const pathIn = (value: Value | undefined): number =>
    value === undefined || value.node !== 0 ? 0 : handPath(graph, value, isSecretPath, () => call);
  words.forEach((word, at) => {
    const node = word.node === 0 ? conversationIn(word) || pathIn(word) : handed([word.node]);
    if (node === 0) return;
    graph.connect(node, program.anyWord, ANY_SITE);
    for (const [position, read] of program.words)
      if (position === at || (position > at && at >= certain)) graph.connect(node, read, ANY_SITE);
    const option = optionOf(words, at);
    for (const [name, read] of program.options)
      if (option === null ? !program.declared.has(name) : isNamed(program, option, name))
        graph.connect(node, read, ANY_SITE);
  });
  for (const [name, read] of program.variables) {
    const value = start.variables.get(name) ?? start.frame?.read(name) ?? undefined;
    const own = start.variables.get(name)?.node;
    const set = (value?.node ?? 0) || pathIn(value);
    const inherited =
      own === undefined ? [starter.exported.get(name) ?? 0, starter.variables.get(name) ?? 0] : [];
    graph.connect(handed([set, ...inherited]), read, ANY_SITE);
  }
  if (isTold(start)) {
    const told = graph.newNode();
    graph.calls.set(told, call);
    graph.sources.push({ node: told, label: 'conversation', call });
    graph.connect(told, program.input, ANY_SITE);
  }
  const input = handed([stdin?.node ?? (start.object === 0 ? starter.input : 0), start.object]);
  graph.connect(input, program.input, ANY_SITE);
  graph.connect(program.output, start.output, ANY_SITE);
}

/** True when an option on the command line is the one that a program reads under a name; a short one may be any that is not spelt out. */
function isNamed(program: ProgramInterface, option: string, name: string): boolean {
  const declared = program.declared.get(name);
  // argparse takes the beginning of an option for the whole.
  if (declared !== undefined)
    return [...declared].some(
      (each) => each === option || (option.startsWith('--') && each.startsWith(option)),
    );
  return /^-[A-Za-z]$/.test(option) || optionKey(option) === name;
}

/**
 * Lets what commands hand over flow into the programs that they start, and what these print out to the commands.
 * @param programsOf the programs that a start may mean; none when its code is not at hand
 */
export function connectStarts(
  graph: FlowGraph,
  starts: readonly Start[],
  programsOf: (start: Start) => readonly ProgramInterface[],
  isSecretPath: (path: string) => boolean,
): void {
  const known: KnownStart[] = [];
  for (const start of starts) {
    for (const program of programsOf(start)) if (program !== start.starter) known.push({ start, program });
  }
  handDown(graph, known);
  for (const each of known) connectStart(graph, each, isSecretPath);
}
