import { plain } from '../../fold/constant.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';
import { changed, constantValue, UNKNOWN, type Value } from '../values/value.ts';
import { lineOf } from '../walk/class-line.ts';
import type { Walk } from '../walk/walk.ts';
import { NONE_NAMED } from './arguments.ts';
import { enterFunction } from './local-calls.ts';

/** Methods that operators of Python call: of the left operand, or with an `r` before their name of the right. */
const OPERATORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '+': 'add',
    '-': 'sub',
    '*': 'mul',
    '/': 'truediv',
    '//': 'floordiv',
    '%': 'mod',
    '**': 'pow',
    '@': 'matmul',
    '<<': 'lshift',
    '>>': 'rshift',
    '&': 'and',
    '|': 'or',
    '^': 'xor',
    '==': 'eq',
    '!=': 'ne',
    '<': 'lt',
    '<=': 'le',
    '>': 'gt',
    '>=': 'ge',
  }),
);

/** What a function of Python calls on its argument. */
const BUILTINS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    str: ['__str__', '__repr__'],
    repr: ['__repr__'],
    format: ['__format__', '__str__'],
    bytes: ['__bytes__'],
    next: ['__next__'],
    iter: ['__iter__'],
    list: ['__iter__'],
    tuple: ['__iter__'],
  }),
);

function methodOf(walk: Walk, owner: ClassFact | null, names: readonly string[]): FunctionFact | null {
  if (owner === null) return null;
  for (const each of lineOf(walk, owner))
    for (const name of names) {
      const method = each.methods.get(name);
      if (method !== undefined) return method;
    }
  return null;
}

/**
 * The call of a method that a class of the target defines for what the language does with its objects.
 * @param names of the method; the first that is there is meant
 * @returns what it gives; null when there is no such method
 */
export function protocolCall(
  walk: Walk,
  object: Value,
  names: readonly string[],
  given: readonly Value[],
  owner: ClassFact | null = object.instance,
): Value | null {
  if (owner === null || walk.language !== 'python' || walk.quiet > 0) return null;
  const method = methodOf(walk, owner, names);
  return method === null
    ? null
    : enterFunction(walk, method, { positional: given, named: NONE_NAMED, receiver: object }, object);
}

/** `object[index]`: what the object's own method gives for it, or its class's for `Class[index]`. */
export function entryByMethod(walk: Walk, object: Value, index: Value): Value | null {
  return object.instance === null && object.class !== null
    ? protocolCall(walk, object, ['__class_getitem__'], [index], object.class)
    : protocolCall(walk, object, ['__getitem__', '__missing__'], [index]);
}

/** `left >> right` where one of the two is an object whose class says what that does. */
export function operatorByMethod(walk: Walk, operator: string, left: Value, right: Value): Value | null {
  if (left.instance === null && right.instance === null) return null;
  if (operator === 'in' || operator === 'not in') return protocolCall(walk, right, ['__contains__'], [left]);
  const name = OPERATORS.get(operator);
  if (name === undefined) return null;
  return (
    protocolCall(walk, left, [`__${name}__`], [right]) ?? protocolCall(walk, right, [`__r${name}__`], [left])
  );
}

/** `str(object)`: what the object's own method gives. */
export function builtinByMethod(walk: Walk, name: string, given: readonly Value[]): Value | null {
  const [object, ...rest] = given;
  const names = object?.instance === null ? undefined : BUILTINS.get(name);
  return object === undefined || names === undefined ? null : protocolCall(walk, object, names, rest);
}

/** An object becomes an attribute of a class: it is told under which name. */
export function nameAttribute(walk: Walk, value: Value, owner: ClassFact, name: string): void {
  const held = changed(UNKNOWN, { class: owner });
  protocolCall(walk, value, ['__set_name__'], [held, constantValue(plain(name))]);
}
