import { plain } from '../../../fold/constant.ts';
import type { ClassFact } from '../../facts.ts';
import { callableValue, changed, constantValue, UNKNOWN, type Value } from '../../values/value.ts';
import { memberOf } from '../../walk/members.ts';
import { lineOf } from '../../walk/class-line.ts';
import type { Walk } from '../../walk/walk.ts';

/** `self`, `super`, and what a bare name means of it: a method or an attribute of the object whose method is walked. */
export function ownName(walk: Walk, name: string): Value | null {
  const { owner } = walk;
  if (owner === null) return null;
  const self: Value = changed(UNKNOWN, { instance: owner });
  if (name === 'self') return self;
  for (const each of lineOf(walk, owner))
    if (each.methods.has(name) || each.attributes.has(`@${name}`)) return memberOf(walk, self, name);
  const parent = name === 'super' ? owner.parents[0] : undefined;
  return parent === undefined ? null : changed(UNKNOWN, { instance: parent });
}

/** What answers for methods that a class does not have: `method_missing` is given the name before the arguments. */
export function caughtMethod(classes: readonly ClassFact[], property: string): Value | null {
  const method = classes.flatMap(({ methods }) => methods.get('method_missing') ?? [])[0];
  return method === undefined
    ? null
    : changed(callableValue(method), { bound: [constantValue(plain(property))] });
}
