import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { appliedBy, handsBack } from './applied-calls.ts';
import { applyApi, callFact, matchingApi, noteCall } from './apply-api.ts';
import type { BoundArguments } from './arguments.ts';
import type { Callee, CallNode } from './callee.ts';
import { foldCall } from '../walk/execution.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';
import { withHandedPaths } from './handed-paths.ts';
import { keepChangedLists } from './kept-values.ts';
import { enterClass, enterFunction } from './local-calls.ts';
import { noteString } from '../texts/noted-strings.ts';
import { isKnown } from '../values/truth.ts';
import { givenEach } from '../walk/performed-calls.ts';
import { givenTo, noteTurn, takeInside } from '../walk/turns.ts';
import { changed, UNKNOWN, type Value, withType } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** What a function gives that objects are made with: one of them. */
function withPrototype(result: Value, callee: FunctionFact): Value {
  return callee.prototype === null || result.instance !== null
    ? result
    : changed(result, { instance: callee.prototype });
}

/** The call of a function of the target: it is run where what it computes can be known, and what is given flows through its body. */
export function callOwnFunction(
  walk: Walk,
  expression: CallNode,
  callee: Callee,
  callable: FunctionFact,
  args: BoundArguments,
): Value {
  const { span } = expression;
  if (walk.turn !== null) takeInside(walk, callable, args, callee.receiver);
  const run = args.named.size > 0 ? null : foldCall(walk, callable, args.positional);
  if (run !== null) keepChangedLists(walk, expression, callable, args, run);
  if (walk.quiet > 0) return run?.result ?? UNKNOWN;
  const call = noteCall(walk, callable.name ?? '', null, args, span);
  const given = withHandedPaths(walk, args, () => call);
  const result = enterFunction(walk, callable, given, callee.receiver);
  for (const each of [args, ...givenEach(walk, expression.args, args)])
    noteTurn(walk, callable, givenTo(walk, callable, each, callee.receiver), span, result.node);
  if (run === null || (!isKnown(run.result) && run.result.name === null))
    return withPrototype(result, callable);
  const text = textOf(run.result.constant);
  if (text !== null && run.result.constant !== null) noteString(walk, text, run.result.constant, span);
  const known = run.result.elements;
  if (result.elements !== null && known !== null)
    return changed(result, {
      elements: result.elements.map((each, at) => changed(each, { constant: known[at]?.constant ?? null })),
    });
  // A function that was made while running is not the one whose body is walked.
  const made = { ...run.result, callable: result.callable ?? run.result.callable, node: result.node };
  // What is not known of it, the type that the function is declared with says.
  return withType(made, result);
}

/** The call of a class of the target: an object of it, which is also what the class of a library makes that it goes by the name of. */
export function makeOwn(
  walk: Walk,
  { name }: Value,
  owner: ClassFact,
  args: BoundArguments,
  span: Span,
): Value {
  const given = withHandedPaths(walk, args, () => callFact(walk, owner.name, null, args, span), true);
  const result = enterClass(walk, owner, given);
  if (name === null || walk.apis.lookup(name).length === 0) return result;
  const api = matchingApi(walk, walk.apis.lookup(name), args) ?? { names: [] };
  return changed(applyApi(walk, name, api, args, span), { instance: owner });
}

/** A table of more is none of options. */
const MAX_OPTIONS = 512;

/** True when one of the values is a function of the target, or a table that holds one. */
export function hasCallable(given: readonly Value[]): boolean {
  for (const { callable, entries } of given) {
    if (callable !== null) return true;
    if (entries === null || entries.size > MAX_OPTIONS) continue;
    for (const entry of entries.values()) if (entry.callable !== null) return true;
  }
  return false;
}

/** `to_thread(f, x)` for a function of the target is `f(x)`: what `f` keeps to itself does not come out. Null for any other call. */
export function calledElsewhere(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
): Value | null {
  if (walk.quiet > 0 || !hasCallable(args.positional) || !handsBack(name, method)) return null;
  const applied = appliedBy(walk, name, method, args);
  if (applied === null || applied.callable.callable === null) return null;
  const given = { positional: applied.calls[0] ?? [], named: args.named, receiver: null };
  return enterFunction(walk, applied.callable.callable, given, null);
}
