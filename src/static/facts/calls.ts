import type { ArgumentReference } from '../../model/api-model.ts';
import type { ArgumentNode, Expression, Span } from '../../model/program.ts';
import { plain, textOf } from '../fold/constant.ts';
import { foldFunction, foldJoin, foldMethod } from '../fold/methods.ts';
import type { ModelLanguage } from '../../rules/api-index.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import { allArguments, argumentsAt, type BoundArguments } from './arguments.ts';
import { knownElements } from './comprehensions.ts';
import { evaluate, noteString } from './expressions.ts';
import { memberOf } from './members.ts';
import { foldInline } from './inline.ts';
import { innerCodeOfCall } from './inner-code.ts';
import { connectCallbacks, enterClass, enterFunction } from './local-calls.ts';
import { lastPart, modelName } from './names.ts';
import { noteUnmodelled } from './packages.ts';
import { foldPath } from './path-folding.ts';
import { evaluateShellCall } from './shell-calls.ts';
import { resolveSpecial } from './special-calls.ts';
import { constantValue, namedValue, UNKNOWN, type Value } from './value.ts';
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

function fold(walk: Walk, name: string, callee: Callee, args: BoundArguments): Value | null {
  const constants = args.positional.map((value) => value.constant);
  const path = foldPath(name, args);
  if (path !== null) return path;
  if (callee.receiver !== null && callee.method !== null) {
    const { receiver, method } = callee;
    if (method === 'join') {
      const separator = receiver.elements === null ? receiver.constant : (constants[0] ?? plain(','));
      const list =
        receiver.elements ?? (args.positional[0] === undefined ? null : knownElements(args.positional[0]));
      const text = textOf(separator);
      if (text !== null && list !== null)
        return constantValue(
          foldJoin(
            text,
            list.map((element) => element.constant),
          ),
        );
    }
    if (method === 'split' && receiver.constant !== null) {
      const text = textOf(receiver.constant);
      const by = textOf(constants[0] ?? null);
      if (text !== null && text.length < 100_000) {
        const parts =
          by === null || by === ''
            ? walk.language === 'javascript'
              ? [...text]
              : text.trim().split(/\s+/)
            : text.split(by);
        return { ...UNKNOWN, elements: parts.slice(0, 4_096).map((part) => constantValue(plain(part))) };
      }
    }
    if (method === 'reverse' && receiver.elements !== null)
      return { ...UNKNOWN, elements: [...receiver.elements].reverse() };
    if (receiver.constant !== null) {
      const folded = foldMethod(receiver.constant, method, constants);
      if (folded !== null) return constantValue(folded);
    }
  }
  if (args.positional.length === 0) return null;
  const list = args.positional[0]?.elements?.map((element) => element.constant) ?? null;
  const known = list?.every((constant) => constant !== null) === true ? list : null;
  const folded = foldFunction(name, constants, known);
  return folded === null ? null : constantValue(folded);
}

/** A name that reads like a class's: what it returns is an object of it. */
function isConstructorName(name: string): boolean {
  return /^[A-Z]\w*[a-z]/.test(lastPart(name));
}

function unknownCall(walk: Walk, name: string, callee: Callee, args: BoundArguments, span: Span): Value {
  const call = noteCall(walk, name, null, args, span);
  noteUnmodelled(walk, call, allArguments(args));
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

function callOf(walk: Walk, expression: CallNode, callee: Callee, args: BoundArguments): Value {
  const { span } = expression;
  const { value } = callee;
  const name = value.name ?? value.callable?.name ?? '';
  const special = resolveSpecial(walk, name, callee.method, args, span);
  if (special !== null) return special;
  if (value.callable !== null) {
    const inline = foldInline(walk, value.callable, args);
    const result = enterFunction(walk, value.callable, args, callee.receiver);
    noteCall(walk, value.callable.name ?? '', null, args, span);
    return inline === null ? result : { ...inline, node: result.node };
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
  connectCallbacks(walk, name, args, result);
  innerCodeOfCall(walk, name, api, args, span, result.node);
  if (api === null) storeInVariable(walk, expression, callee, args);
  else if (api.fills !== undefined) fill(walk, expression, api.fills, args, result.node);
  const folded = result.constant === null ? fold(walk, name, callee, args) : null;
  const whole =
    folded === null
      ? result
      : { ...folded, node: result.node || folded.node, name: folded.name ?? result.name };
  const text = textOf(whole.constant);
  if (text !== null && whole.constant !== null && whole.constant.origin !== 'plain') {
    noteString(walk, text, whole.constant, expression);
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
