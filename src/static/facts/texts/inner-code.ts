import type { Api } from '../../../model/api-model.ts';
import type { Language, Span } from '../../../model/program.ts';
import { plain, textOf } from '../../fold/constant.ts';
import { argumentsAt, type BoundArguments } from '../calls/arguments.ts';
import { ProgramInterface } from '../programs/program-interface.ts';
import { type Handed, noteProgram } from '../programs/program-starts.ts';
import { runCommand } from '../shell/calls.ts';
import { changed, flowingValue, knownText, type Value } from '../values/value.ts';
import type { FunctionFact } from '../facts.ts';
import type { Walk } from '../walk/walk.ts';

const MAX_INNER_DEPTH = 4;
const MAX_INNER_TEXTS = 300;
const MAX_INNER_LENGTH = 256 * 1024;

/** What stands for an unknown part of an inner text: a word in every language. */
export const HOLE_NAME = /SBX_HOLE_(\d+)/;

/**
 * Queues code that stands in a text for its own frontend; what is not known of the text becomes variables.
 * @param program what it is given; what the program around it is given, unless it is one of its own
 * @param body the function that the text is the body of; null: it runs where it stands
 */
export function queueInnerCode(
  walk: Walk,
  language: Language,
  value: Value,
  span: Span,
  outputNode: number,
  program = walk.program,
  body: FunctionFact | null = null,
): void {
  const { gathering } = walk;
  if (walk.quiet > 0) return;
  const holes = new Map<string, Value>();
  let text = textOf(value.constant);
  if (text === null && value.pieces !== null) {
    text = value.pieces
      .map((piece) => {
        if (typeof piece === 'string') return piece;
        const name = `SBX_HOLE_${holes.size}`;
        holes.set(name, piece);
        return name;
      })
      .join('');
  }
  if (text === null || text.trim() === '') return;
  if (
    walk.innerDepth >= MAX_INNER_DEPTH ||
    gathering.innerCode.length >= MAX_INNER_TEXTS ||
    text.length > MAX_INNER_LENGTH
  ) {
    gathering.miss({ reason: 'more code in texts than is followed', blocking: true });
    return;
  }
  gathering.innerCode.push({
    language,
    text,
    holes,
    layer: walk.layer,
    span,
    scope: walk.scope,
    guard: walk.guard,
    function: body ?? walk.function,
    isBody: body !== null,
    program,
    frame: program === walk.program && language === walk.language ? walk.frame : null,
    outputNode,
    isHidden: walk.isHidden || value.constant?.origin === 'decoded',
    isDecoded: value.constant?.origin === 'decoded',
    depth: walk.innerDepth + 1,
  });
}

/** The words of a command given as program and list, or as one list; null when it is given as a text. */
function commandWords(walk: Walk, name: string, args: BoundArguments): readonly Value[] | null {
  const words = givenWords(walk, name, args);
  // What is run need not be what it is told that it is called.
  const executable = args.named.get('executable');
  const isNamed = words !== null && executable !== undefined && knownText(executable) !== null;
  return isNamed ? [executable, ...words.slice(1)] : words;
}

/** Functions whose first argument is the program. */
const STARTING =
  /(?:^|\.)(?:spawn|exec|execFile|fork|Popen|run|call|check_call|check_output|system|popen)(?:Sync)?$/;

/** The words as they stand among the arguments. */
function givenWords(walk: Walk, name: string, args: BoundArguments): readonly Value[] | null {
  const [first, second] = args.positional;
  const list = first ?? args.named.get('args') ?? args.named.get('cmd');
  if (list?.elements !== undefined && list.elements !== null) return list.elements;
  if (second?.elements !== undefined && second.elements !== null && first !== undefined) {
    // `execvp(file, argv)` repeats the program as argv[0]; `spawn(file, args)` does not.
    return /\.(?:exec|spawn)v/.test(name) ? second.elements : [first, ...second.elements];
  }
  // `spawn({ file, args })` of the binding, `new Deno.Command(file, { args })`.
  const options = (first?.entries ?? second?.entries)?.get('args')?.elements;
  if (options !== undefined && options !== null && first !== undefined)
    return first.entries === null ? [first, ...options] : options;
  if (walk.customs.startsWithWords && args.positional.length > 1) {
    const words = args.positional.filter(({ callable, entries }) => callable === null && entries === null);
    return words.length > 1 ? words : null;
  }
  if (/\.create_subprocess_exec$|^nox\.Session\.run/.test(name) && first !== undefined)
    return args.positional;
  // `spawn('/bin/sh')`: one word is the program, with a shell and without.
  if (first !== undefined && STARTING.test(name) && /^[\w./\\:-]+$/.test(textOf(first.constant) ?? ''))
    return [first];
  return /\.(?:exec|spawn)l/.test(name) ? args.positional.slice(name.includes('.spawn') ? 2 : 1) : null;
}

/** A word that callers give: a text of which all parts are known, though other callers may give others. */
function asWord(word: Value): Value {
  const { constant, pieces } = word;
  if (constant !== null || pieces === null || !pieces.every((piece) => typeof piece === 'string'))
    return word;
  return changed(word, { constant: plain(pieces.join('')) });
}

/** Variables of a child's environment that stand in a record: what a copy of the own environment holds is inherited. */
function variablesIn(environment: Value | undefined): ReadonlyMap<string, Value> {
  return environment?.entries ?? NO_VARIABLES;
}

const NO_VARIABLES: ReadonlyMap<string, Value> = new Map();
/** Calls that give an object for the running program. */
const GIVES_OBJECT = /(?:Popen|spawn|execFile|fork|\.exec|create_subprocess_(?:shell|exec))$/;

/** What a call hands to the program that it starts: `input=`, `env=`, `{input, env}` as the last argument. */
function handedBy(name: string, args: BoundArguments, outputNode: number): Handed {
  const options = args.positional.findLast(({ entries }) => entries !== null)?.entries;
  return {
    stdin:
      args.named.get('input') ??
      args.named.get('stdin') ??
      args.named.get('stdin_data') ??
      options?.get('input') ??
      null,
    variables: variablesIn(args.named.get('env') ?? options?.get('env')),
    object: GIVES_OBJECT.test(name) ? outputNode : 0,
  };
}

/**
 * Follows a call into the command or the code that its arguments hold, as far as they are known.
 * @param made the function that the call makes of the code
 */
export function innerCodeOfCall(
  walk: Walk,
  name: string,
  api: Api | null,
  args: BoundArguments,
  span: Span,
  outputNode: number,
  made: FunctionFact | null,
): void {
  for (const sink of api?.sinks ?? []) {
    if (sink.label === 'process') {
      const words = commandWords(walk, name, args);
      const handed = handedBy(name, args, outputNode);
      if (words !== null) {
        // What is written to a running program is its input.
        const given = /(?:^|\.)PIPE$/.test(handed.stdin?.name ?? '') ? null : handed.stdin;
        const input = given ?? (handed.object === 0 ? null : flowingValue(handed.object));
        const named = new Map(input === null ? [] : [['stdin', input]]);
        if (handed.object !== 0) walk.graph.receivers.add(handed.object);
        const result = runCommand(walk, words.map(asWord), named, span, false, handed);
        walk.graph.connect(result.node, outputNode);
        return;
      }
      const text = sink.arguments.flatMap((reference) => argumentsAt(args, reference))[0];
      if (text === undefined) return;
      const program = new ProgramInterface(walk.graph);
      noteProgram(walk, program, [], handed, 0);
      queueInnerCode(walk, 'shell', text, span, outputNode, program);
      return;
    }
    if (sink.label === 'code') {
      const texts = sink.arguments.flatMap((reference) => argumentsAt(args, reference));
      const text = texts.findLast((value) => value.constant !== null || value.pieces !== null);
      if (text !== undefined) queueInnerCode(walk, walk.language, text, span, outputNode, walk.program, made);
      return;
    }
  }
}
