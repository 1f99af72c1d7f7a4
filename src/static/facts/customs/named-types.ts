import type { Expression } from '../../../model/program.ts';
import type { FunctionFact } from '../facts.ts';
import { changed, UNKNOWN, type Value, withType } from '../values/value.ts';
import type { Frame } from '../walk/frame.ts';
import type { Walk } from '../walk/walk.ts';
import type { Typed } from './customs.ts';

/** A type in a type: no honest one lies deeper. A type is looked at with each call, so that this and the next bound what a call costs. */
const MAX_TYPE_DEPTH = 4;
/** Of several types so many are looked at. */
const MAX_TYPES = 8;

/** How a language writes types that are more than a name. */
interface TypeForms {
  /** The value of a plain name of a type; null for one that says nothing. */
  named(walk: Walk, name: string, outer: Frame): Value | null;
  /** The types that one is made of, any of which may say what a value is: `Optional[X]`, `X | Y`, `Promise<X>`. */
  partsOf(type: Expression, outer: Frame): readonly Expression[];
  /** What of its declared result a call of a function gives; absent: all of it. */
  given?(result: Expression, callee: FunctionFact): Expression | undefined;
}

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
function objectOf(walk: Walk, type: Value | null): Value {
  if (type === null) return UNKNOWN;
  if (type.class !== null) return changed(UNKNOWN, { name: type.name, instance: type.class });
  if (type.name === null || type.callable !== null) return UNKNOWN;
  const made = walk.apis.lookup(type.name).find(({ returns }) => returns !== null)?.returns;
  if (made !== undefined && made !== null) return changed(UNKNOWN, { name: made });
  // A name that models do not know would hide what they know of objects of any kind.
  return walk.apis.knowsMembersOf(type.name) ? changed(UNKNOWN, { name: type.name }) : UNKNOWN;
}

function resolved(forms: TypeForms, walk: Walk, type: Expression, outer: Frame, depth: number): Value {
  if (depth > MAX_TYPE_DEPTH) return UNKNOWN;
  if (type.kind === 'name' || type.kind === 'member')
    return objectOf(
      walk,
      typeNamed(type, (name) => forms.named(walk, name, outer)),
    );
  for (const part of forms.partsOf(type, outer).slice(0, MAX_TYPES)) {
    const value = resolved(forms, walk, part, outer, depth + 1);
    if (value !== UNKNOWN) return value;
  }
  return UNKNOWN;
}

/** What declared types say in a language where a call gives one value: the class of the target, or the name that models know methods by. */
export function typedBy(forms: TypeForms): Typed {
  const ofType: Typed['ofType'] = (walk, type, outer) =>
    type === undefined ? UNKNOWN : resolved(forms, walk, type, outer, 0);
  return {
    ofType,
    resultsOf(walk, callee, whole) {
      const [result] = callee.definition.results ?? [];
      if (result === undefined || result === null) return whole;
      const type = forms.given === undefined ? result : forms.given(result, callee);
      // Names of types are those of the file that defines the function, not of the one that calls it.
      const defining = walk.gathering.walks.get(callee.layer) ?? walk;
      return withType(whole, ofType(defining, type, callee.outer));
    },
    severalOf: (value) => value,
  };
}
