import type { Sentence } from '../../../model/program.ts';
import type { CallFact, FunctionFact, Layer } from '../facts.ts';
import { makesTool, registersTool } from '../calls/tool-names.ts';
import { lastPart } from '../names.ts';
import { nearestTo } from '../programs/program-files.ts';

/** Decorators of the handler of whatever tool is called. */
const ANY_TOOL = /(?:^|\.)call_tool$/;

/** The text that describes some tools, and their handlers. */
interface Described {
  readonly start: number;
  readonly end: number;
  readonly tools: readonly FunctionFact[];
}

/** Functions among a call's arguments, those in records included. */
function functionsIn(call: CallFact): readonly FunctionFact[] {
  return [...call.args.positional, ...call.args.named.values()].flatMap(({ callable, entries }) => [
    ...(callable === null ? [] : [callable]),
    ...[...(entries?.values() ?? [])].flatMap((entry) => entry.callable ?? []),
  ]);
}

/** True for the call that has a function handle every call of a tool: `setRequestHandler(CallToolRequestSchema, f)`. */
function handlesAll({ name, args }: CallFact): boolean {
  if (ANY_TOOL.test(name)) return true;
  return lastPart(name) === 'setRequestHandler' && /CallTool/.test(args.positional[0]?.name ?? '');
}

/** The names of a function's decorators, as written. */
function decoratorsOf({ definition, layer }: FunctionFact): readonly string[] {
  return definition.decorators
    .slice(0, 20)
    .map(
      ({ span }) =>
        layer.source.text.slice(span.start, Math.min(span.end, span.start + 200)).split('(', 1)[0]!,
    );
}

/** Says which handlers what a text tells of a tool goes to. */
export class DescribedTools {
  readonly #described = new Map<Layer, Described[]>();
  /** Handlers of tools that are described somewhere else. */
  readonly #any = new Set<FunctionFact>();

  constructor(functions: readonly FunctionFact[], calls: readonly CallFact[]) {
    for (const fact of functions) {
      if (!fact.isTool) continue;
      const names = decoratorsOf(fact);
      const { decorators, span } = fact.definition;
      const start = Math.min(span.start, ...decorators.slice(0, 20).map((each) => each.span.start));
      if (names.some(makesTool)) this.#add(fact.layer, { start, end: span.end, tools: [fact] });
      if (names.some((name) => ANY_TOOL.test(name))) this.#any.add(fact);
    }
    for (const call of calls) {
      if (registersTool(call.name)) {
        const tools = functionsIn(call);
        if (tools.length > 0) this.#add(call.layer, { ...call.span, tools });
        // What is added may be described where it is defined.
        for (const fact of tools) this.#add(fact.layer, { ...fact.definition.span, tools: [fact] });
      } else if (handlesAll(call)) for (const fact of functionsIn(call)) this.#any.add(fact);
    }
  }

  #add(layer: Layer, described: Described): void {
    const list = this.#described.get(layer);
    if (list === undefined) this.#described.set(layer, [described]);
    else list.push(described);
  }

  /** The handlers of the tool that a sentence describes; where it stands with none, those of any tool. */
  of(layer: Layer, { role, span }: Sentence): readonly FunctionFact[] {
    if (role !== 'description') return [];
    const around = (this.#described.get(layer) ?? []).filter(
      ({ start, end }) => start <= span.start && span.end <= end,
    );
    const [innermost] = around.sort((a, b) => a.end - a.start - (b.end - b.start));
    if (innermost !== undefined) return innermost.tools;
    const here = [...this.#any].filter((fact) => fact.layer.source.path === layer.source.path);
    return here.length > 0
      ? here
      : nearestTo(layer.source.path, [...this.#any], (fact) => fact.layer.source.path);
  }
}

/** Nodes of the parameters that an order fills: those that it names, else all that a model gives. */
export function parametersFor({ definition, parameterNodes }: FunctionFact, text: string): readonly number[] {
  const given = definition.parameters.flatMap(({ name }, index) => {
    const isGiven = !/^(?:self|cls|ctx|context)$/.test(name) || definition.parameters.length === 1;
    return isGiven ? { name, node: parameterNodes[index] ?? 0 } : [];
  });
  const named = given.filter(({ name }) =>
    ['"', "'", '`'].some((quote) => text.includes(quote + name + quote)),
  );
  return (named.length > 0 ? named : given).map(({ node }) => node);
}
