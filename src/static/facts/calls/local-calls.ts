import type { BoundArguments } from './arguments.ts';
import { textOf } from '../../fold/constant.ts';
import type { Span } from '../../../model/program.ts';
import { receiverCount } from '../walk/definitions.ts';
import { elementOf } from '../walk/loop-elements.ts';
import { takesHandlers } from './tool-names.ts';
import { constructorOf, fillFields } from '../walk/attributes.ts';
import { convertedNode } from '../walk/conversions.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';
import { choicesOfBoth } from '../values/choices.ts';
import { changed, listValue, UNKNOWN, type Value } from '../values/value.ts';
import { noteTurn } from '../walk/turns.ts';
import type { Walk } from '../walk/walk.ts';
import { withResults } from '../walk/results.ts';

/** So many texts of one parameter are kept. */
const MAX_KEYS = 200;

/** Keeps which texts calls give for a parameter. */
function noteKey(callee: FunctionFact, at: number, value: Value): void {
  const text = textOf(value.constant);
  const known = callee.keys[at];
  if (text === null) callee.keys[at] = null;
  else if (known === undefined) callee.keys[at] = new Set([text]);
  else if (known !== null && known.size < MAX_KEYS) known.add(text);
  else callee.keys[at] = null;
}

/** Something calls it with what is not known. */
function leaveKeysOpen(callee: FunctionFact): void {
  callee.definition.parameters.forEach((_, at) => {
    callee.keys[at] = null;
  });
}

/** Keeps what a call gives for when the function's body is walked. Where two calls differ, only what flows is known. */
export function noteGiven(callee: FunctionFact, values: readonly Value[], from = 0): void {
  values.slice(0, 32).forEach((value, index) => {
    const at = from + index;
    noteKey(callee, at, value);
    const known = callee.given[at];
    if (known === undefined) {
      while (callee.given.length < at) callee.given.push(UNKNOWN);
      callee.given[at] = value;
    } else if (known.constant?.value !== value.constant?.value) {
      callee.given[at] = changed(known, {
        constant: null,
        pieces: null,
        elements: null,
        name: known.name ?? value.name,
        choices: choicesOfBoth(known, value),
      });
    } else {
      const choices = choicesOfBoth(known, value);
      if (choices !== null) callee.given[at] = changed(known, { choices });
    }
  });
}

/** Keeps what a function that is called on each element of a list is given: as in a loop, the one that matters most, and what flows from any. */
export function noteCalls(
  walk: Walk,
  callee: FunctionFact,
  calls: readonly (readonly Value[])[],
  span: Span,
): void {
  const [first] = calls;
  if (first === undefined) return;
  if (calls.length === 1) {
    noteGiven(callee, first);
    return;
  }
  const shift = receiverCount(walk, callee);
  for (const each of calls)
    noteTurn(walk, callee, [...Array.from({ length: shift }, () => UNKNOWN), ...each], span);
  const given = first.map((_, at) =>
    elementOf(walk, listValue(calls.map((each) => each[at] ?? UNKNOWN)), span),
  );
  noteGiven(callee, given);
  given.forEach(({ node }, at) => {
    walk.graph.connect(node, callee.parameterNodes[at + shift] ?? 0);
  });
}

/** Lets a call's arguments flow into a function's parameters and what it returns out to the call. */
export function enterFunction(
  walk: Walk,
  callee: FunctionFact,
  args: BoundArguments,
  receiver: Value | null,
): Value {
  walk.noteCallOf(callee);
  const { graph } = walk;
  const site = ++walk.gathering.sites;
  const shift =
    receiver === null && callee.owner !== null && callee.name !== '__init__'
      ? 0
      : receiverCount(walk, callee);
  const { parameters } = callee.definition;
  const isOpen = parameters.at(-1)?.rest === '*' || parameters.at(-2)?.rest === '*';
  const positional = walk.customs.calls?.inParameters(callee, args.positional) ?? args.positional;
  noteGiven(callee, isOpen ? positional : positional.slice(0, Math.max(0, parameters.length - shift)), shift);
  walk.makeReady(callee);
  const lastIndex = parameters.length - 1;
  positional.forEach((value, index) => {
    const place = Math.min(index + shift, Math.max(lastIndex, 0));
    graph.connect(value.node, callee.parameterNodes[place] ?? 0, site);
  });
  for (const [name, value] of args.named) {
    const at = parameters.findIndex((parameter) => parameter.name === name);
    if (callee.given[at] !== undefined) noteGiven(callee, [value], at);
    else if (at >= 0) noteKey(callee, at, value);
    else if (name === '**') leaveKeysOpen(callee);
    if (value.node === 0) continue;
    if (name === '**') {
      // Names that are not known: any of the parameters.
      for (const parameter of callee.parameterNodes) graph.connect(value.node, parameter, site);
      continue;
    }
    graph.connect(value.node, callee.parameterNodes[at < 0 ? lastIndex : at] ?? 0, site);
  }
  const node = graph.newNode();
  graph.connect(callee.returnNode, node, -site);
  if (walk.gathering.maySend) walk.gathering.generators.set(node, callee);
  graph.connect(callee.raisedNode, walk.raised, -site);
  const { returned } = callee;
  const whole = changed(UNKNOWN, {
    name: returned?.name ?? null,
    callable: returned?.callable ?? null,
    instance: returned?.instance ?? null,
    entries: returned?.entries ?? null,
    node,
  });
  const result = withResults(walk, callee, whole, site);
  return walk.customs.typed?.resultsOf(walk, callee, result, site) ?? result;
}

/** Makes an object of a class of the target. */
export function enterClass(walk: Walk, owner: ClassFact, args: BoundArguments): Value {
  const init = constructorOf(walk, owner);
  if (init !== undefined) enterFunction(walk, init, args, UNKNOWN);
  else if (walk.quiet === 0) fillFields(walk, owner, args.positional, args.named);
  const given = [...args.positional, ...args.named.values()].map((value) => value.node);
  const node = walk.graph.join([...given, convertedNode(walk, (name) => owner.methods.get(name))]);
  return changed(UNKNOWN, { instance: owner, name: owner.bases[0] ?? null, node });
}

/** False when no argument is a function or a table, which may hold one: as in most calls. */
function mayHoldCallback({ positional, named }: BoundArguments): boolean {
  for (const { callable, entries } of positional) if (callable !== null || entries !== null) return true;
  if (named.size === 0) return false;
  for (const { callable, entries } of named.values()) if (callable !== null || entries !== null) return true;
  return false;
}

/** Options and arguments of command lines: what they call back runs when the user gives them, not where they are declared. */
const DECLARES_OPTION = /(?:^|\.)(?:[Oo]ption|[Aa]rgument|\w+_option)$/;

/** What declares a command of a program: `app.command(install)`, `parser.set_defaults(func=install)`. It runs when the user gives the command. */
const DECLARES_COMMAND =
  /(?:^|\.)(?:command|add_command|addCommand|set_defaults)$|^(?:commander|cac|sade|yargs|caporal)\b.*\.action$/;

/** Functions given to a call: it calls them, with what it was given, and gives back what they return. */
export function connectCallbacks(walk: Walk, name: string, args: BoundArguments, result: Value): void {
  if (!mayHoldCallback(args)) return;
  const given = args.named.size === 0 ? args.positional : [...args.positional, ...args.named.values()];
  const callbacks = given.flatMap((value) => [
    ...(value.callable === null ? [] : [value.callable]),
    ...(value.entries === null
      ? []
      : [...value.entries.values()].map((entry) => entry.callable).filter((each) => each !== null)),
  ]);
  if (callbacks.length === 0) return;
  const isTool = takesHandlers(name);
  const isOption = DECLARES_OPTION.test(name);
  const isCommand = DECLARES_COMMAND.test(name);
  const flowing = [...given, ...(args.receiver === null ? [] : [args.receiver]), result]
    .map((value) => value.node)
    .filter((node) => node !== 0);
  const settled = name.endsWith('.then') ? args.receiver : null;
  for (const callback of callbacks.slice(0, 16)) {
    if (settled !== null) noteGiven(callback, [settled]);
    leaveKeysOpen(callback);
    if (isTool) {
      callback.scopes.add('tool-handler');
      callback.isTool = true;
    } else if (isCommand || (isOption && args.named.get('callback')?.callable === callback)) {
      callback.scopes.add('cli-entry');
    } else {
      walk.noteCallOf(callback);
    }
    for (const node of flowing) {
      // A handler's request is its first parameter; the others answer it.
      const isRequest = walk.graph.calls.get(node)?.api?.source?.includes('user-input') === true;
      const parameters = isRequest ? callback.parameterNodes.slice(0, 1) : callback.parameterNodes;
      for (const parameter of parameters) walk.graph.connect(node, parameter);
    }
    walk.graph.connect(callback.returnNode, result.node);
  }
}
