import { textOf } from '../../fold/constant.ts';
import type { FunctionFact } from '../facts.ts';
import { atNode, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import type { BoundArguments } from './arguments.ts';

/** Calls that make a function of texts: the names of its parameters, and its body at last. */
const MAKES_FUNCTION = /^(?:globalThis\.|window\.)?Function(?:\.constructor)?$/;
/** A parameter in such a text. */
const PARAMETER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * The function that `new Function('a', 'b', 'return a + b')` makes; null when a call makes none, or its text is not known. Its body is
 * walked as code in a text, see {@link parametersOf}.
 */
export function madeFunction(walk: Walk, name: string, { positional }: BoundArguments): FunctionFact | null {
  if (walk.quiet > 0 || walk.language !== 'javascript' || !MAKES_FUNCTION.test(name)) return null;
  const body = positional.at(-1);
  if (body === undefined || (textOf(body.constant) === null && body.pieces === null)) return null;
  const names = positional.slice(0, -1).flatMap((value) => (textOf(value.constant) ?? '').split(','));
  const parameters = names
    .map((each) => each.trim())
    .filter((each) => PARAMETER.test(each))
    .map((each) => ({ name: each, default: null, rest: null }));
  const fact = walk.addFunction(
    { name: null, parameters, decorators: [], body: [], documentation: null, span: { start: 0, end: 0 } },
    null,
  );
  // Who makes a function of a text calls it, if only through something else.
  walk.noteCallOf(fact);
  return fact;
}

/** What the parameters of such a function hold, once all calls of it are known. */
export function parametersOf({ definition, given, parameterNodes }: FunctionFact): Map<string, Value> {
  return new Map(
    definition.parameters.map(({ name }, index) => [
      name,
      atNode(given[index] ?? UNKNOWN, parameterNodes[index] ?? 0),
    ]),
  );
}
