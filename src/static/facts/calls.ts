import type { ArgumentReference } from '../../model/api-model.ts';
import type { ArgumentNode, Expression, Span } from '../../model/program.ts';
import { textOf } from '../fold/constant.ts';
import type { ModelLanguage } from '../../rules/api-index.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import { allArguments, argumentsAt, type BoundArguments } from './arguments.ts';
import { assign } from './assignment.ts';
import { foldOf } from './call-folding.ts';
import { foldCall, type Run } from './execution.ts';
import { evaluate, noteString } from './expressions.ts';
import type { FunctionFact } from './facts.ts';
import { memberOf } from './members.ts';
import { innerCodeOfCall } from './inner-code.ts';
import { connectCallbacks, enterClass, enterFunction } from './local-calls.ts';
import { mutate } from './mutation.ts';
import { lastPart, modelName } from './names.ts';
import { noteUnmodelled } from './packages.ts';
import { evaluateShellCall } from './shell-calls.ts';
import { resolveSpecial } from './special-calls.ts';
import { isKnown } from './truth.ts';
import { namedValue, UNKNOWN, type Value } from './value.ts';
import type { Walk } from './walk.ts';

type CallNode = Extract<Expression, { kind: 'call' }>;

/** Methods that put their arguments into the object they are called on. */
const STORING =
  /^(?:append|appendleft|add|push|unshift|extend|insert|update|set|put|write|writelines|writestr|setdefault|concat|attach|add_field|send|feed)$/;

/** What is called, and on what object. */
interface Callee {
  readonly value: Value;
  readonly receiver: Value | null;
  /** The method's name, when it is one. */
  readonly method: string | null;
}

function calleeOf(walk: Walk, expression: Expression): Callee {
  if (expression.kind === 'member') {
    const receiver = evaluate(walk, expression.object, 'object');
    return { value: memberOf(walk, receiver, expression.property), receiver, method: expression.property };
  }
  if (expression.kind === 'index') {
    const key = textOf(evaluate(walk, expression.index).constant);
    if (key !== null) {
      const receiver = evaluate(walk, expression.object, 'object');
      const value = evaluate(walk, expression);
      return {
        value: value.name === null && value.callable === null ? memberOf(walk, receiver, key) : value,
        receiver,
        method: key,
      };
    }
  }
  return { value: evaluate(walk, expression, 'object'), receiver: null, method: null };
}

function bind(walk: Walk, args: readonly ArgumentNode[], receiver: Value | null): BoundArguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const { name, value } of args) {
    const given = evaluate(walk, value);
    if (name === null) positional.push(given);
    else if (name === '*') positional.push(...(given.elements?.slice(0, 256) ?? [given]));
    else if (name === '**') {
      if (given.entries === null) named.set('**', given);
      else for (const [key, entry] of given.entries) named.set(key, entry);
    } else named.set(name, given);
  }
  return { positional, named, receiver };
}

/** `f.call(o, a)`, `f.apply(o, [a])`, `f.bind(o)`: the function itself, with its arguments in their own places. */
function unwrapMethodOfFunction(
  language: ModelLanguage,
  callee: Callee,
  args: BoundArguments,
): { callee: Callee; args: BoundArguments } | null {
  const { receiver, method } = callee;
  if (language !== 'javascript') return null;
  if (receiver === null || (receiver.name === null && receiver.callable === null)) return null;
  const target: Callee = { value: receiver, receiver: null, method: null };
  if (method === 'call')
    return { callee: target, args: { ...args, positional: args.positional.slice(1), receiver: null } };
  if (method === 'apply') {
    return {
      callee: target,
      args: { ...args, positional: args.positional[1]?.elements ?? args.positional.slice(1), receiver: null },
    };
  }
  return null;
}

/** A name that reads like a class's: what it returns is an object of it. */
function isConstructorName(name: string): boolean {
  return /^[A-Z]\w*[a-z]/.test(lastPart(name));
}

function unknownCall(walk: Walk, name: string, callee: Callee, args: BoundArguments, span: Span): Value {
  const call = noteCall(walk, name, null, args, span);
  if (walk.quiet === 0) noteUnmodelled(walk, call, allArguments(args));
  const nodes = allArguments(args).map((value) => value.node);
  if (callee.receiver !== null && callee.method !== null && STORING.test(callee.method)) {
    const given = walk.graph.join(args.positional.map((value) => value.node));
    walk.graph.connect(given, callee.receiver.node);
  }
  const node = walk.graph.join(nodes);
  return namedValue(name !== '' && isConstructorName(name) ? name : null, node);
}

/** Puts what was given to a storing method into the variable it was called on. */
function storeInVariable(walk: Walk, expression: CallNode, callee: Callee, args: BoundArguments): void {
  if (callee.method === null || !STORING.test(callee.method) || expression.callee.kind !== 'member') return;
  const { object } = expression.callee;
  const given = walk.graph.join(args.positional.map((value) => value.node));
  if (object.kind !== 'name' || given === 0 || callee.receiver?.node !== 0) return;
  walk.frame.absorb(object.name, given, walk.graph);
}

/** Lets what a call gives flow into arguments that it fills: values of their own, or the variables that hold them. */
function fill(
  walk: Walk,
  { callee, args: given }: CallNode,
  references: readonly ArgumentReference[],
  args: BoundArguments,
  node: number,
): void {
  for (const reference of references) {
    for (const value of argumentsAt(args, reference)) walk.graph.connect(node, value.node);
    const expression =
      reference === 'receiver'
        ? callee.kind === 'member'
          ? callee.object
          : undefined
        : typeof reference === 'number'
          ? given[reference]?.value
          : undefined;
    if (expression?.kind === 'name' && node !== 0 && argumentsAt(args, reference)[0]?.node === 0)
      walk.frame.absorb(expression.name, node, walk.graph);
  }
}

/** The object that a method is called on, as written. */
function objectOf(callee: Expression): Expression {
  return callee.kind === 'member' || callee.kind === 'index' ? callee.object : callee;
}

/** Lists that a function of the target changed: whoever gave them holds them as they are now. */
function keepChangedLists(
  walk: Walk,
  expression: CallNode,
  callee: FunctionFact,
  args: BoundArguments,
  { frame }: Run,
): void {
  if (callee.owner !== null || expression.args.length !== args.positional.length) return;
  expression.args.forEach(({ value: written }, index) => {
    const given = args.positional[index];
    const parameter = callee.definition.parameters[index];
    if (written.kind !== 'name' || given?.elements === undefined || given.elements === null) return;
    const held = parameter === undefined ? null : frame.read(parameter.name);
    const isSame =
      held?.elements?.length === given.elements.length &&
      held.elements.every((element, at) => element === given.elements?.[at]);
    if (held?.elements !== undefined && held.elements !== null && !isSame)
      assign(walk, written, { ...given, elements: held.elements });
  });
}

function callOf(walk: Walk, expression: CallNode, callee: Callee, args: BoundArguments): Value {
  const { span } = expression;
  const { value } = callee;
  const name = value.name ?? value.callable?.name ?? '';
  if (walk.quiet > 0 && callee.receiver !== null && callee.method !== null) {
    const changed = mutate(
      walk,
      objectOf(expression.callee),
      callee.receiver,
      callee.method,
      args.positional,
    );
    if (changed !== null) return changed;
  }
  const special = resolveSpecial(walk, name, callee.method, args, span);
  if (special !== null) return special;
  if (value.callable !== null) {
    const run = args.named.size > 0 ? null : foldCall(walk, value.callable, args.positional);
    if (run !== null) keepChangedLists(walk, expression, value.callable, args, run);
    if (walk.quiet > 0) return run?.result ?? UNKNOWN;
    const result = enterFunction(walk, value.callable, args, callee.receiver);
    noteCall(walk, value.callable.name ?? '', null, args, span);
    if (run === null || !isKnown(run.result)) return result;
    const text = textOf(run.result.constant);
    if (text !== null && run.result.constant !== null) noteString(walk, text, run.result.constant, span);
    return { ...run.result, node: result.node };
  }
  if (value.class !== null) {
    const result = enterClass(walk, value.class, args);
    if (value.name === null || walk.apis.lookup(value.name).length === 0) return result;
    return {
      ...applyApi(
        walk,
        value.name,
        matchingApi(walk, walk.apis.lookup(value.name), args) ?? { names: [] },
        args,
        span,
      ),
      instance: value.class,
    };
  }
  let apis = walk.apis.lookup(modelName(name, walk.language));
  let known = name;
  if (apis.length === 0 && callee.method !== null && callee.receiver !== null) {
    known = `?.${callee.method}`;
    apis = walk.apis.lookup(known);
    if (apis.length === 0) known = name;
  }
  const api = apis.length === 0 ? null : matchingApi(walk, apis, args);
  const result =
    api === null ? unknownCall(walk, name, callee, args, span) : applyApi(walk, known, api, args, span);
  if (walk.quiet === 0) {
    connectCallbacks(walk, name, args, result);
    innerCodeOfCall(walk, name, api, args, span, result.node);
  }
  if (api === null) storeInVariable(walk, expression, callee, args);
  else if (api.fills !== undefined && walk.quiet === 0) fill(walk, expression, api.fills, args, result.node);
  const folded = result.constant === null ? foldOf(walk, name, callee, args, expression) : null;
  const whole =
    folded === null
      ? result
      : { ...folded, node: result.node || folded.node, name: folded.name ?? result.name };
  const text = textOf(whole.constant);
  if (text !== null && whole.constant !== null && whole.constant.origin !== 'plain') {
    noteString(walk, text, whole.constant, expression.span);
  }
  return whole;
}

/** Evaluates a call: resolves what is called, does what its model or body says, and folds the result where it can be known. */
export function evaluateCall(walk: Walk, expression: CallNode): Value {
  if (walk.language === 'shell') return evaluateShellCall(walk, expression);
  const callee = calleeOf(walk, expression.callee);
  const args = bind(walk, expression.args, callee.receiver);
  const unwrapped = unwrapMethodOfFunction(walk.language, callee, args);
  return unwrapped === null
    ? callOf(walk, expression, callee, args)
    : callOf(walk, expression, unwrapped.callee, unwrapped.args);
}
