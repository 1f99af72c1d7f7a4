import { type Constant, plain, textOf } from '../../fold/constant.ts';
import { changed, constantValue, listValue, UNKNOWN, type Value } from './value.ts';

/** Longer lists and texts are not taken apart. */
export const MAX_ELEMENTS = 4_096;

/** So many lists are gone through side by side. */
const MAX_ZIPPED = 64;

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

function range(given: readonly Value[]): Value | null {
  const numbers = given.map(numberOf);
  if (numbers.length === 0 || numbers.some((number) => number === null || !Number.isInteger(number)))
    return null;
  const [first = 0, second, step = 1] = numbers as number[];
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const count = step === 0 ? 0 : Math.ceil((to - from) / step);
  if (count > MAX_ELEMENTS) return null;
  return listValue(
    Array.from({ length: Math.max(0, count) }, (_, at) => constantValue(plain(from + at * step))),
  );
}

/** Elements in order: numbers by size, anything else by text. */
function sorted(elements: readonly Value[]): Value | null {
  if (!elements.every(({ constant }) => constant !== null)) return null;
  const keyed = elements.map((element) => ({ element, key: element.constant?.value ?? '' }));
  keyed.sort((a, b) =>
    typeof a.key === 'number' && typeof b.key === 'number'
      ? a.key - b.key
      : String(a.key) < String(b.key)
        ? -1
        : Number(String(a.key) > String(b.key)),
  );
  return listValue(keyed.map(({ element }) => element));
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

/** A JSON document as the value that its parser makes of it. */
function valueOfJson(data: unknown, depth = 0): Value {
  if (depth > 32) return UNKNOWN;
  if (Array.isArray(data))
    return listValue(data.slice(0, MAX_ELEMENTS).map((each) => valueOfJson(each, depth + 1)));
  if (data !== null && typeof data === 'object') {
    const entries = Object.entries(data).slice(0, MAX_ELEMENTS);
    return changed(UNKNOWN, {
      entries: new Map(entries.map(([key, each]) => [key, valueOfJson(each, depth + 1)])),
    });
  }
  return constantValue(plain(data as Constant['value']));
}

function parsedJson(text: string | null): Value | null {
  if (text === null || text.length > 65_536) return null;
  try {
    return valueOfJson(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The functions that {@link foldSequenceFunction} knows: taking a text apart for any other would be most of the work of a walk. */
const SEQUENCE_FUNCTIONS: ReadonlySet<string> = new Set([
  'range',
  'xrange',
  'json.loads',
  'JSON.parse',
  'map',
  'filter',
  'functools.reduce',
  'reduce',
  'str.maketrans',
  'list',
  'Array',
  'tuple',
  'iter',
  'set',
  'Array.from',
  'Object.keys',
  'Object.values',
  'Object.entries',
  'reversed',
  'sorted',
  'len',
  'sum',
  'enumerate',
  'zip',
  'itertools.zip_longest',
  'itertools.cycle',
]);

/** What a function of the standard library makes of lists and tables; null for any other, or when it is not known. */
export function foldSequenceFunction(name: string, given: readonly Value[], call: Caller): Value | null {
  if (!SEQUENCE_FUNCTIONS.has(name)) return null;
  const [first, second, third] = given;
  if (name === 'range' || name === 'xrange') return range(given);
  if (name === 'json.loads' || name === 'JSON.parse') return parsedJson(textOf(first?.constant ?? null));
  if (first === undefined) return name === 'list' || name === 'Array' ? listValue([]) : null;
  switch (name) {
    case 'map':
    case 'filter':
    case 'functools.reduce':
    case 'reduce': {
      const elements = second === undefined ? null : knownElements(second);
      if (elements === null) return null;
      if (name === 'map') return given.length === 2 ? mapped(elements, call, first, false) : null;
      return name === 'filter' ? filtered(elements, call, first) : reduced(elements, call, first, third);
    }
    case 'str.maketrans': {
      const from = textOf(first.constant);
      const to = textOf(second?.constant ?? null);
      if (from === null || to === null || Math.max(from.length, to.length) > MAX_ELEMENTS) return null;
      const replacements = [...to];
      return changed(UNKNOWN, {
        entries: new Map([...from].map((each, at) => [each, constantValue(plain(replacements[at] ?? ''))])),
      });
    }
  }
  const elements = knownElements(first);
  if (elements === null) return null;
  switch (name) {
    case 'list':
    case 'tuple':
    case 'iter':
    case 'set':
    case 'Array.from':
    case 'Object.keys':
      return second === undefined || second.callable === null
        ? listValue(elements)
        : mapped(elements, call, second, true);
    case 'Object.values':
      return listValue([...(first.entries?.values() ?? elements)]);
    case 'Object.entries':
      return listValue(
        [...(first.entries ?? [])].map(([key, value]) => listValue([constantValue(plain(key)), value])),
      );
    case 'reversed':
      return first.elements === null ? null : listValue([...elements].reverse());
    case 'sorted':
      return sorted(elements);
    case 'len':
      return constantValue(plain(elements.length));
    case 'sum': {
      const numbers = elements.map((element) => numberOf(element));
      return numbers.includes(null)
        ? null
        : constantValue(plain((numbers as number[]).reduce((a, b) => a + b, 0)));
    }
    case 'enumerate': {
      const start = numberOf(second) ?? 0;
      return listValue(elements.map((element, at) => listValue([constantValue(plain(at + start)), element])));
    }
    case 'zip':
    case 'itertools.zip_longest': {
      if (given.length > MAX_ZIPPED) return null;
      const all = given.map(knownElements);
      if (!all.every((each) => each !== null)) return null;
      const length = Math.min(...all.map((each) => each.length));
      if (length * given.length > MAX_ELEMENTS * 8) return null;
      return listValue(Array.from({ length }, (_, at) => listValue(all.map((each) => each[at] ?? UNKNOWN))));
    }
    case 'itertools.cycle': {
      // Only ever taken as far as what it is zipped with.
      const turns = elements.length === 0 ? 0 : Math.ceil(MAX_ELEMENTS / elements.length);
      return listValue(
        Array.from({ length: turns }, () => elements)
          .flat()
          .slice(0, MAX_ELEMENTS),
      );
    }
    default:
      return null;
  }
}

/** Numbers from 0 to 255 as a byte string; null when there is anything else among them. */
export function bytesOf(elements: readonly Value[]): string | null {
  if (elements.length === 0 || elements.length > MAX_ELEMENTS * 16) return null;
  const codes = elements.map(numberOf);
  if (!codes.every((code) => code !== null && code >= 0 && code < 256)) return null;
  return (codes as number[]).map((code) => String.fromCharCode(code)).join('');
}
