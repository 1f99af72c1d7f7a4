import type { Expression } from '../../../model/program.ts';
import { changed, UNKNOWN, type Value } from '../values/value.ts';
import type { Frame } from '../walk/frame.ts';
import type { Walk } from '../walk/walk.ts';

/** A type in a type: no honest one lies deeper. A type is looked at with each call, so that this and the next bound what a call costs. */
export const MAX_TYPE_DEPTH = 4;
/** Of several types so many are looked at. */
const MAX_TYPES = 8;

/** The value of a name where a function is defined; null for a name that nothing there has. */
export function valueIn(outer: Frame, name: string): Value | null {
  for (let frame: Frame | null = outer; frame !== null; frame = frame.parent) {
    const found = frame.read(name);
    if (found !== null) return found;
  }
  return null;
}

/**
 * What a type's own name stands for: a class, or what a package calls it.
 * @param named the value of a plain name
 */
export function typeNamed(expression: Expression, named: (name: string) => Value | null): Value | null {
  if (expression.kind === 'name') return named(expression.name);
  if (expression.kind !== 'member') return null;
  const object = typeNamed(expression.object, named);
  const held = object?.entries?.get(expression.property);
  if (held !== undefined) return held;
  return object === null || object.name === null
    ? null
    : changed(UNKNOWN, { name: `${object.name}.${expression.property}` });
}

/** The object of a class: one of the target, or one that models know by what its constructor gives, or by its methods. */
export function objectOf(walk: Walk, type: Value | null): Value {
  if (type === null) return UNKNOWN;
  if (type.class !== null) return changed(UNKNOWN, { name: type.name, instance: type.class });
  if (type.name === null || type.callable !== null) return UNKNOWN;
  const made = walk.apis.lookup(type.name).find(({ returns }) => returns !== null)?.returns;
  if (made !== undefined && made !== null) return changed(UNKNOWN, { name: made });
  // A name that models do not know would hide what they know of objects of any kind.
  return walk.apis.knowsMembersOf(type.name) ? changed(UNKNOWN, { name: type.name }) : UNKNOWN;
}

/** The first of several types of which anything is known. */
export function firstKnown(types: readonly Expression[], ofEach: (type: Expression) => Value): Value {
  for (const each of types.slice(0, MAX_TYPES)) {
    const value = ofEach(each);
    if (value !== UNKNOWN) return value;
  }
  return UNKNOWN;
}
