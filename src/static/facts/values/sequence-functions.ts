import { type Constant, plain, textOf } from '../../fold/constant.ts';
import {
  type Caller,
  filtered,
  knownElements,
  mapped,
  MAX_ELEMENTS,
  numberOf,
  reduced,
} from './sequences.ts';
import { changed, constantValue, listValue, UNKNOWN, type Value } from './value.ts';

/** So many lists are gone through side by side. */
const MAX_ZIPPED = 64;

/** What a function makes of its arguments; null when that is not known. */
type Fold = (given: readonly Value[], call: Caller) => Value | null;

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

/** Elements in order: numbers by size, anything else by text; as they come where one is not known. */
function sorted(elements: readonly Value[]): Value | null {
  if (!elements.every(({ constant }) => constant !== null)) return listValue(elements);
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

/** `str.maketrans(from, to)`: a table of characters. */
function translation([first, second]: readonly Value[]): Value | null {
  const from = textOf(first?.constant ?? null);
  const to = textOf(second?.constant ?? null);
  if (from === null || to === null || Math.max(from.length, to.length) > MAX_ELEMENTS) return null;
  const replacements = [...to];
  return changed(UNKNOWN, {
    entries: new Map([...from].map((each, at) => [each, constantValue(plain(replacements[at] ?? ''))])),
  });
}

/** Lists side by side, as far as the shortest goes. */
function zipped(given: readonly Value[]): Value | null {
  if (given.length > MAX_ZIPPED) return null;
  const all = given.map(knownElements);
  if (!all.every((each) => each !== null)) return null;
  const length = Math.min(...all.map((each) => each.length));
  if (length * given.length > MAX_ELEMENTS * 8) return null;
  return listValue(Array.from({ length }, (_, at) => listValue(all.map((each) => each[at] ?? UNKNOWN))));
}

/** A list over and over; only ever taken as far as what it is zipped with. */
function cycled(elements: readonly Value[]): Value {
  const turns = elements.length === 0 ? 0 : Math.ceil(MAX_ELEMENTS / elements.length);
  const whole = Array.from({ length: turns }, () => elements).flat();
  return listValue(whole.slice(0, MAX_ELEMENTS));
}

function sum(elements: readonly Value[]): Value | null {
  const numbers = elements.map(numberOf);
  return numbers.includes(null)
    ? null
    : constantValue(plain((numbers as number[]).reduce((a, b) => a + b, 0)));
}

function enumerated(elements: readonly Value[], [, start]: readonly Value[]): Value {
  const from = numberOf(start) ?? 0;
  return listValue(elements.map((element, at) => listValue([constantValue(plain(at + from)), element])));
}

/** A function of what its first argument holds. */
function ofElements(
  fold: (elements: readonly Value[], given: readonly Value[], call: Caller) => Value | null,
): Fold {
  return (given, call) => {
    const elements = given[0] === undefined ? null : knownElements(given[0]);
    return elements === null ? null : fold(elements, given, call);
  };
}

/** A function that calls its first argument on what the second holds. */
function calling(
  fold: (elements: readonly Value[], callable: Value, given: readonly Value[], call: Caller) => Value | null,
): Fold {
  return (given, call) => {
    const [callable, holder] = given;
    const elements = holder === undefined ? null : knownElements(holder);
    return callable === undefined || elements === null ? null : fold(elements, callable, given, call);
  };
}

/** The same elements as a list, or what a function that is given beside them makes of each. */
const copied = ofElements((elements, [, second], call) =>
  second === undefined || second.callable === null
    ? listValue(elements)
    : mapped(elements, call, second, true),
);

const copiedOrEmpty: Fold = (given, call) => (given.length === 0 ? listValue([]) : copied(given, call));

const json: Fold = ([text]) => parsedJson(textOf(text?.constant ?? null));

const reduce = calling((elements, callable, given, call) => reduced(elements, call, callable, given[2]));

const FOLDS: ReadonlyMap<string, Fold> = new Map(
  Object.entries<Fold>({
    range,
    xrange: range,
    'json.loads': json,
    'JSON.parse': json,
    map: calling((elements, callable, given, call) =>
      given.length === 2 ? mapped(elements, call, callable, false) : null,
    ),
    filter: calling((elements, callable, _, call) => filtered(elements, call, callable)),
    'functools.reduce': reduce,
    reduce,
    'str.maketrans': translation,
    list: copiedOrEmpty,
    Array: ({ length }) => (length === 0 ? listValue([]) : null),
    tuple: copied,
    iter: copied,
    set: copied,
    'Array.from': copied,
    'Object.keys': copied,
    'Object.values': ofElements((elements, [first]) =>
      listValue([...(first?.entries?.values() ?? elements)]),
    ),
    'Object.entries': ofElements((_, [first]) =>
      listValue(
        [...(first?.entries ?? [])].map(([key, value]) => listValue([constantValue(plain(key)), value])),
      ),
    ),
    reversed: ofElements((elements, [first]) =>
      first?.elements === null ? null : listValue([...elements].reverse()),
    ),
    sorted: ofElements(sorted),
    len: ofElements((elements) => constantValue(plain(elements.length))),
    sum: ofElements(sum),
    enumerate: ofElements(enumerated),
    zip: (given) => (given.length === 0 ? null : zipped(given)),
    'itertools.zip_longest': (given) => (given.length === 0 ? null : zipped(given)),
    'itertools.cycle': ofElements(cycled),
  }),
);

/** What a function of the standard library makes of lists and tables; null for any other, or when it is not known. */
export function foldSequenceFunction(name: string, given: readonly Value[], call: Caller): Value | null {
  return FOLDS.get(name)?.(given, call) ?? null;
}
