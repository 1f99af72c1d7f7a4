import type { ArgumentNode, Expression } from '../../../model/program.ts';
import type { ModelLanguage } from '../../../rules/knowledge.ts';
import { textOf } from '../../fold/constant.ts';
import { type BoundArguments, NONE_NAMED } from './arguments.ts';
import { entryAt, evaluate } from '../walk/expressions.ts';
import { memberOf } from '../walk/members.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { noteTableLookup } from './table-lookups.ts';

/** A call in the syntax tree. */
export type CallNode = Extract<Expression, { kind: 'call' }>;

/** What is called, and on what object. */
export interface Callee {
  readonly value: Value;
  readonly receiver: Value | null;
  /** The method's name, when it is one. */
  readonly method: string | null;
}

/** Evaluates what stands before the parentheses of a call. */
export function calleeOf(walk: Walk, expression: Expression): Callee {
  if (expression.kind === 'member') {
    const receiver = evaluate(walk, expression.object, 'object');
    return { value: memberOf(walk, receiver, expression.property), receiver, method: expression.property };
  }
  if (expression.kind === 'index') {
    const object = evaluate(walk, expression.object, 'object');
    const index = evaluate(walk, expression.index);
    const value = entryAt(walk, expression, object, index);
    const key = textOf(index.constant);
    if (key === null) return { value, receiver: null, method: null };
    const isFound = value.name !== null || value.callable !== null;
    const member = isFound ? value : memberOf(walk, object, key);
    // `Process.send("sp" + "awn", …)`
    if (walk.customs.sendsNames) noteTableLookup(walk, object, index, member, false, expression.span);
    return { value: member, receiver: object, method: key };
  }
  return { value: evaluate(walk, expression, 'object'), receiver: null, method: null };
}

/** Evaluates what a call is given. */
export function bind(walk: Walk, args: readonly ArgumentNode[], receiver: Value | null): BoundArguments {
  const positional: Value[] = [];
  let named: Map<string, Value> | null = null;
  for (const { name, value } of args) {
    const given = evaluate(walk, value);
    if (name === null) {
      positional.push(given);
      continue;
    }
    if (name === '*') {
      positional.push(...(given.elements?.slice(0, 256) ?? [given]));
      continue;
    }
    named ??= new Map();
    if (name === '**') {
      if (given.entries === null) named.set('**', given);
      else for (const [key, entry] of given.entries) named.set(key, entry);
    } else named.set(name, given);
  }
  return { positional, named: named ?? NONE_NAMED, receiver };
}

/** `f.call(o, a)`, `f.apply(o, [a])`, `f.bind(o)`: the function itself, with its arguments in their own places. */
export function unwrapMethodOfFunction(
  language: ModelLanguage,
  callee: Callee,
  args: BoundArguments,
): { callee: Callee; args: BoundArguments } | null {
  if (language !== 'javascript') return null;
  const { receiver, method } = callee;
  if (receiver?.name === 'Reflect') {
    const [called] = args.positional;
    const list = args.positional[method === 'apply' ? 2 : 1];
    if ((method !== 'apply' && method !== 'construct') || called === undefined) return null;
    const positional = list === undefined ? [] : (list.elements ?? [list]);
    return {
      callee: { value: called, receiver: null, method: null },
      args: { ...args, positional, receiver: null },
    };
  }
  if (receiver === null || (receiver.name === null && receiver.callable === null)) return null;
  // `Function.prototype.call.call(f, o, a)`
  const [held, , ...more] = args.positional;
  if (
    /^Function\.(?:call|apply|bind)$/.test(receiver.name ?? '') &&
    held !== undefined &&
    method === 'call'
  ) {
    const target: Callee = { value: held, receiver: null, method: null };
    const isList = receiver.name === 'Function.apply';
    return {
      callee: target,
      args: { ...args, positional: isList ? (more[0]?.elements ?? more) : more, receiver: null },
    };
  }
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
