import { plain, textOf } from '../../fold/constant.ts';
import { constantValue, listValue, type Value } from './value.ts';

/** Longer lists and texts are not taken apart. */
export const MAX_ELEMENTS = 65_536;

/** Calls a function value of the target on known arguments; null when what it gives is not known. */
export type Caller = (callable: Value, given: readonly Value[]) => Value | null;

/** The elements of a list, table, text or byte string whose every element is known; else null. */
export function knownElements(value: Value): readonly Value[] | null {
  if (value.elements !== null) return value.elements.length <= MAX_ELEMENTS ? value.elements : null;
  const text = textOf(value.constant);
  if (text === null || value.constant === null)
    return value.entries === null || value.name !== null || value.entries.size > MAX_ELEMENTS
      ? null
      : [...value.entries.keys()].map((key) => constantValue(plain(key)));
  if (text.length > MAX_ELEMENTS) return null;
  const { isBytes, origin } = value.constant;
  return [...text].map((character) =>
    constantValue(isBytes ? plain(character.charCodeAt(0)) : { value: character, isBytes, origin }),
  );
}

/** The number that a value is; null when it is none. */
export function numberOf(value: Value | undefined): number | null {
  const number = value?.constant?.value;
  return typeof number === 'number' ? number : null;
}

/** What a function makes of every element. */
export function mapped(
  elements: readonly Value[],
  call: Caller,
  callable: Value,
  withPlaces: boolean,
): Value | null {
  const results: Value[] = [];
  for (const [at, element] of elements.entries()) {
    const result = call(callable, withPlaces ? [element, constantValue(plain(at))] : [element]);
    if (result === null) return null;
    results.push(result);
  }
  return listValue(results);
}

/** The elements that a function says yes to. */
export function filtered(elements: readonly Value[], call: Caller, callable: Value): Value | null {
  const kept: Value[] = [];
  for (const element of elements) {
    const truth = callable.constant?.value === null ? element : call(callable, [element]);
    if (truth?.constant === undefined || truth.constant === null) return null;
    if (truth.constant.value !== false && truth.constant.value !== 0 && truth.constant.value !== '')
      kept.push(element);
  }
  return listValue(kept);
}

/** What a function makes of all elements, one after the other. */
export function reduced(
  elements: readonly Value[],
  call: Caller,
  callable: Value,
  first: Value | undefined,
): Value | null {
  const rest = first === undefined ? elements.slice(1) : elements;
  let held = first ?? elements[0] ?? null;
  for (const element of rest) held = held === null ? null : call(callable, [held, element]);
  return held;
}

/** Numbers from 0 to 255 as a byte string; null when there is anything else among them. */
export function bytesOf(elements: readonly Value[]): string | null {
  if (elements.length === 0 || elements.length > MAX_ELEMENTS * 16) return null;
  const codes = elements.map(numberOf);
  if (!codes.every((code) => code !== null && code >= 0 && code < 256)) return null;
  return (codes as number[]).map((code) => String.fromCharCode(code)).join('');
}
