import type { ApiIndex } from '../../../../rules/api-index.ts';
import type { Expression } from '../../../../model/program.ts';
import type { BoundArguments } from '../../calls/arguments.ts';
import type { CallCustoms } from '../call-customs.ts';
import type { Callee } from '../../calls/callee.ts';
import type { FunctionFact } from '../../facts.ts';
import { enterFunction, noteGiven } from '../../calls/local-calls.ts';
import { changed, namedValue, UNKNOWN, type Value } from '../../values/value.ts';
import type { Walk } from '../../walk/walk.ts';
import { textOf } from '../../../fold/constant.ts';

/** Methods that run their block with another `self`, and texts as code. */
const EVALUATING = /^(?:instance|class|module)_(?:eval|exec)$/;

/** Blocks given to these run when gems are installed. */
const INSTALLING = /^Gem\.(?:(?:pre|post)_(?:install|build|uninstall)|done_installing)$/;

/** True for a name that models know. */
function isModelled(apis: ApiIndex, { name }: Value): boolean {
  return name !== null && apis.lookup(name).length > 0;
}

/**
 * A name or member without arguments that is no method: an attribute of an object (`attr_reader :key`), a variable of a surrounding scope.
 * Null when something is called.
 */
function readByName(walk: Walk, expression: Expression, callee: Callee, args: BoundArguments): Value | null {
  const { value, receiver } = callee;
  if (args.positional.length > 0 || args.named.size > 0) return null;
  if (value.callable !== null || value.class !== null || value.bound !== null || isModelled(walk.apis, value))
    return null;
  if (expression.kind === 'name') {
    const isVariable =
      value.name !== expression.name &&
      (value.name !== null ||
        value.constant !== null ||
        value.node !== 0 ||
        value.elements !== null ||
        value.entries !== null ||
        value.instance !== null);
    return isVariable ? value : null;
  }
  return receiver?.instance === null || receiver?.instance === undefined || value.name !== null
    ? null
    : value;
}

/** Calls that mean something in Ruby alone: what they give, or null. */
function rubySpecial(walk: Walk, name: string, { method }: Callee, args: BoundArguments): Value | null {
  const [first] = args.positional;
  if (first === undefined) return null;
  if ((name === 'include' || name === 'extend') && args.receiver === null) {
    for (const { name: module } of args.positional)
      if (module !== null && walk.frame.kind === 'module' && walk.starModules.length < 100)
        walk.starModules.push(module);
    return null;
  }
  if (INSTALLING.test(name)) args.positional.at(-1)?.callable?.scopes.add('install-hook');
  if (method !== null && EVALUATING.test(method) && first.callable !== null) {
    if (walk.quiet > 0) return null;
    if (args.receiver !== null) noteGiven(first.callable, [args.receiver]);
    return enterFunction(
      walk,
      first.callable,
      { ...args, positional: args.receiver === null ? [] : [args.receiver] },
      null,
    );
  }
  if (method === 'instance_variable_set' || method === 'const_set') {
    const value = args.positional[1];
    if (textOf(first.constant) !== null && value !== undefined && args.receiver !== null)
      walk.graph.connect(value.node, args.receiver.node);
  }
  return null;
}

/** A block is given what its call makes: `File.open(path) { |file| … }`. */
function giveToBlock(args: BoundArguments, result: Value): void {
  const block = args.positional.at(-1)?.callable;
  if (
    block === undefined ||
    block === null ||
    result.name === null ||
    block.definition.parameters.length === 0
  )
    return;
  noteGiven(block, [namedValue(result.name, result.node)]);
}

/** `list << x` is the list. */
function sameObject(method: string | null, args: BoundArguments, result: Value): Value {
  if (method !== '<<' || args.receiver === null || result.name !== null) return result;
  const { name, instance } = args.receiver;
  return name === null && instance === null ? result : changed(result, { name, instance });
}

/** `open("|command")`: the command behind the bar; null for anything else. */
function pipedCommand(name: string, args: BoundArguments): Value | null {
  const [first] = args.positional;
  if (name !== 'open' || first === undefined) return null;
  const text = textOf(first.constant);
  if (text !== null && first.constant !== null)
    return /^\s*\|/.test(text)
      ? changed(first, { constant: { ...first.constant, value: text.replace(/^\s*\|/, '') } })
      : null;
  const [head, ...rest] = first.pieces ?? [];
  return typeof head === 'string' && /^\s*\|/.test(head)
    ? changed(first, { pieces: [head.replace(/^\s*\|/, ''), ...rest] })
    : null;
}

const STARTING = /^(?:system|exec|spawn|Process\.(?:spawn|exec)|IO\.popen|PTY\.spawn|Open3\.\w+)$/;

/** `system({ "A" => "b" }, "make")`: variables for the program come before it; here they are named `env`. */
function withoutEnvironment(name: string | null, args: BoundArguments): BoundArguments {
  const [first] = args.positional;
  if (first === undefined || first.entries === null || name === null || !STARTING.test(name)) return args;
  return { ...args, positional: args.positional.slice(1), named: new Map([...args.named, ['env', first]]) };
}

/** A block goes to the parameter that is there for it (`&block`), whatever else is left out. */
function withBlockLast(
  { definition: { parameters } }: FunctionFact,
  given: readonly Value[],
): readonly Value[] {
  const block = given.at(-1);
  const missing = parameters.length - given.length;
  if (
    missing <= 0 ||
    missing > 32 ||
    block?.callable === null ||
    parameters.at(-1)?.name.startsWith('&') !== true
  )
    return given;
  if (block === undefined) return given;
  return [...given.slice(0, -1), ...Array.from({ length: missing }, () => UNKNOWN), block];
}

/** What calls mean in Ruby beside what they mean elsewhere. */
export const rubyCalls: CallCustoms = {
  placed: withoutEnvironment,
  readInstead: (walk, expression, { callee, args }) => readByName(walk, expression, callee, args),
  standsFor: ({ callee, args }) => {
    const piped = pipedCommand(callee.value.name ?? '', args);
    return piped === null
      ? null
      : {
          callee: { value: namedValue('IO.popen'), receiver: null, method: null },
          args: { ...args, positional: [piped, ...args.positional.slice(1)] },
        };
  },
  special: (walk, name, { callee, args }) => rubySpecial(walk, name, callee, args),
  inParameters: withBlockLast,
  given: (walk, { callee, args }, result) => {
    if (walk.quiet === 0) giveToBlock(args, result);
    return sameObject(callee.method, args, result);
  },
};
