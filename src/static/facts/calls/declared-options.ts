import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { callFact } from './apply-api.ts';
import { argumentsAt, type BoundArguments } from './arguments.ts';
import { handedPathNode } from './handed-paths.ts';
import type { CallFact, FunctionFact } from '../facts.ts';
import type { FlowGraph } from '../flow-graph.ts';
import type { Walk } from '../walk/walk.ts';
import { optionKey, type ProgramInterface } from '../programs/program-interface.ts';

/** Calls that say which options a program has: argparse's and optparse's, commander's, yargs', click's. */
const DECLARES =
  /(?:^|\.)(?:add_argument|add_option|option|requiredOption|addOption)$|^(?:click|typer)\.(?:option|Option)$/;

/** Decorators whose function is called with the options of the command line. */
const CALLED_WITH_OPTIONS = /^@?(?:click|typer|rich_click|\w+)\.(?:command|group|option|argument)\b/;

/** The option that a call declares, and how it is spelt; null: none. */
function declaredBy(
  args: BoundArguments,
): { readonly key: string; readonly spelt: readonly string[] } | null {
  const spelt = args.positional
    .slice(0, 8)
    .flatMap((value) => (textOf(value.constant) ?? '').split(/[\s,|]+/))
    .filter((word) => /^--?[A-Za-z]/.test(word));
  const longest = spelt.find((word) => word.startsWith('--')) ?? spelt[0];
  if (longest === undefined) return null;
  const named = textOf(argumentsAt(args, 'dest')[0]?.constant ?? null);
  return { key: optionKey(named ?? longest), spelt };
}

/** What an option is when nobody gives it, the path of a file that matters among it. */
export function noteDefault(walk: Walk, name: string, args: BoundArguments, span: Span): void {
  const standard = args.named.get('default');
  if (standard === undefined || !DECLARES.test(name)) return;
  const declared = declaredBy(args);
  if (declared === null) return;
  const path = handedPathNode(walk, standard, () => callFact(walk, name, null, args, span));
  for (const node of [standard.node, path])
    if (node !== 0) walk.graph.connect(node, walk.program.option(declared.key));
}

/** Keeps what a call says of a program's options: how they are spelt, by the key they are read by. */
export function noteOptions(program: ProgramInterface, call: CallFact): void {
  if (!DECLARES.test(call.name)) return;
  const declared = declaredBy(call.args);
  if (declared !== null) program.declared.set(declared.key, new Set(declared.spelt));
}

/** Lets options flow into the parameters of a function that a library calls with them. */
export function connectCommand(graph: FlowGraph, program: ProgramInterface, fact: FunctionFact): void {
  const { text } = fact.layer.source;
  const isCommand = fact.definition.decorators.some(({ span }) =>
    CALLED_WITH_OPTIONS.test(text.slice(Math.max(0, span.start - 1), span.start + 60).trimStart()),
  );
  if (!isCommand) return;
  fact.definition.parameters.forEach((parameter, index) => {
    const node = fact.parameterNodes[index] ?? 0;
    if (node !== 0) graph.connect(program.option(parameter.name), node);
  });
}
