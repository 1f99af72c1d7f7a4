import { plain, textOf } from '../../../fold/constant.ts';
import type { BoundArguments } from '../../calls/arguments.ts';
import type { Callee } from '../../calls/callee.ts';
import { putIntoAttribute } from '../../walk/attributes.ts';
import { elementOf } from '../../walk/loop-elements.ts';
import type { Walk } from '../../walk/walk.ts';
import { changed, constantValue, flowingValue, listValue, UNKNOWN, type Value } from '../../values/value.ts';
import { builtin } from '../../values/go-builtins.ts';
import type { CallCustoms } from '../call-customs.ts';
import { spread } from './types.ts';

/** So many elements of a list or text are gone over one by one. */
const MAX_ELEMENTS = 4_096;

/** What is under each place of a list, text or table, with the place; null when it is not known. */
function pairsOf({ elements, constant, entries }: Value): readonly (readonly [Value, Value])[] | null {
  if (elements !== null)
    return elements
      .slice(0, MAX_ELEMENTS)
      .map((element, index) => [constantValue(plain(index)), element] as const);
  if (entries !== null)
    return [...entries]
      .slice(0, MAX_ELEMENTS)
      .map(([key, held]) => [constantValue(plain(key)), held] as const);
  const text = textOf(constant);
  if (text === null || text.length > MAX_ELEMENTS) return null;
  return [...text].map((sign, index) => [
    constantValue(plain(index)),
    constantValue(plain(sign.codePointAt(0) ?? 0)),
  ]);
}

/** What a loop goes over that asks for places, or for places and what is there. */
function ranged(walk: Walk, name: string, value: Value): Value {
  const count = value.constant?.value;
  const pairs =
    name === 'range.keys' && typeof count === 'number' && count >= 0 && count <= MAX_ELEMENTS
      ? Array.from({ length: Math.floor(count) }, (_, at) => [constantValue(plain(at)), UNKNOWN] as const)
      : pairsOf(value);
  if (name === 'range.keys')
    return pairs === null
      ? flowingValue(value.node)
      : listValue(
          pairs.map(([key]) => key),
          value.elements === null ? value.node : 0,
        );
  if (pairs !== null)
    return listValue(
      pairs.map((pair) => listValue(pair)),
      value.node,
    );
  const element = elementOf(walk, value, { start: 0, end: 0 });
  // Not a list of one: how many there are is not known.
  return changed(flowingValue(value.node), { name: element.name });
}

/** Starts a program with a list of words that begins with its name. */
const STARTS = /^(?:os\.StartProcess|(?:syscall|golang\.org\/x\/sys\/\w+)\.(?:Exec|ForkExec|StartProcess))$/;

/** Functions that are given a context before what the same function without one is given. */
const WITH_CONTEXT =
  /^(?:(?:os\/exec|golang\.org\/x\/sys\/execabs)\.CommandContext|net\/http\.NewRequestWithContext)$/;

/** The arguments where models have them: `exec.CommandContext(ctx, …)` is `exec.Command(…)`, and what a call gives is given one by one. */
function placed(name: string | null, args: BoundArguments): BoundArguments {
  const given = spread(args.positional);
  const positional = WITH_CONTEXT.test(name ?? '') ? given.slice(1) : given;
  const [path, words] = positional;
  if (name !== null && STARTS.test(name) && path !== undefined && words?.elements)
    return { ...args, positional: [changed(words, { elements: [path, ...words.elements.slice(1)] })] };
  return positional === args.positional ? args : { ...args, positional };
}

/** What is put into the fields of a struct of the target is in its objects. */
function keepFields(walk: Walk, { value }: Callee, { named }: BoundArguments): void {
  const owner = value.class;
  if (owner === null || walk.quiet > 0) return;
  for (const [name, held] of named) putIntoAttribute(walk, owner, name, held);
}

/** What calls mean in Go beside what they mean elsewhere. */
export const goCalls: CallCustoms = {
  placed,
  readInstead: () => null,
  standsFor: () => null,
  special: (walk, name, { callee, args }) => {
    keepFields(walk, callee, args);
    const [first] = args.positional;
    if ((name === 'range.keys' || name === 'range.pairs') && first !== undefined)
      return ranged(walk, name, first);
    if (callee.receiver !== null || callee.value.callable !== null || callee.value.class !== null)
      return null;
    return builtin(walk, name, args);
  },
  inParameters: (_, given) => given,
  given: (_walk, _called, result) => result,
};
