import type { Sentence } from '../../../model/program.ts';
import { connectStarts } from './connect-starts.ts';
import { connectCommand, noteOptions } from '../calls/declared-options.ts';
import { DescribedTools, parametersFor } from '../prose/described-tools.ts';
import type { Facts, Layer } from '../facts.ts';
import type { ProgramInterface } from './program-interface.ts';
import { followOrders } from '../prose/orders.ts';
import type { Gathering } from '../gathering.ts';

/** What is asked of the files that are looked at together. */
interface Programs {
  /** The program that a layer is part of. */
  readonly of: (layer: Layer) => ProgramInterface | null;
  /** The programs that a command or a text in a layer may mean by a file's name; none when it is not at hand. */
  readonly named: (layer: Layer, written: string) => readonly ProgramInterface[];
  /** Sentences of each file. */
  readonly sentences: readonly Facts['sentences'][];
}

/** Ties programs to the commands and to the orders in prose that start them, after all files have been walked. */
export function connectPrograms(gathering: Gathering, programs: Programs): void {
  const { graph, starts, calls, functions, knowledge } = gathering;
  const isSecretPath = (path: string): boolean => knowledge.classes.belongs('secret-path', path);
  const hasProse = programs.sentences.some((sentences) => sentences.length > 0);
  if (starts.length === 0 && !hasProse) return;
  for (const call of calls) {
    const program = programs.of(call.layer);
    if (program !== null) noteOptions(program, call);
  }
  for (const each of functions) {
    const program = each.definition.decorators.length === 0 ? null : programs.of(each.layer);
    if (program !== null) connectCommand(graph, program, each);
  }
  const commands = new Set(
    starts
      .filter(({ call }) => call.layer.scope === 'example')
      .map(({ call: { layer, span } }) => `${layer.source.path}:${layer.source.locate(span).startLine}`),
  );
  const hasCommand = ({ source }: Layer, { span }: Sentence): boolean => {
    if (commands.size === 0) return false;
    const { startLine, endLine } = source.locate(span);
    for (let line = startLine; line <= Math.min(endLine, startLine + 50); line++)
      if (commands.has(`${source.path}:${line}`)) return true;
    return false;
  };
  const tools = new DescribedTools(functions, calls);
  const parametersOf = (layer: Layer, sentence: Sentence): readonly number[] =>
    tools.of(layer, sentence).flatMap((tool) => parametersFor(tool, sentence.text));
  for (const sentences of programs.sentences)
    followOrders({ graph, isSecretPath, programsOf: programs.named, parametersOf, hasCommand }, sentences);
  connectStarts(
    graph,
    starts,
    ({ call, started }) => (typeof started === 'string' ? programs.named(call.layer, started) : [started]),
    isSecretPath,
  );
}
