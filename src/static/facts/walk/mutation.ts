import type { Expression } from '../../../model/program.ts';
import { knownElements } from '../values/sequences.ts';
import { changed, listValue, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** Lists and tables longer than this are not followed further. */
const MAX_SIZE = 65_536;

/** The elements of a list that may be changed in place: those made while running, or a copy that the variable holds from now on. */
function writableList(walk: Walk, object: Expression, held: Value): Value[] | null {
  if (held.elements !== null && walk.ownLists?.has(held.elements) === true) return held.elements as Value[];
  const elements = held.elements ?? (held.constant?.isBytes === true ? knownElements(held) : null);
  if (elements === null || object.kind !== 'name') return null;
  const owned = walk.withOwnList(changed(held, { constant: null, elements }));
  walk.frame.assign(object.name, owned, walk.graph, true);
  return owned.elements as Value[];
}

/** While running: stores a value under an index or key of what a variable holds. */
export function storeAt(walk: Walk, object: Expression, held: Value, index: Value, value: Value): void {
  const key = index.constant?.value;
  if (typeof key === 'number') {
    const list = writableList(walk, object, held);
    if (list !== null && key >= -list.length && key < Math.min(list.length + 1, MAX_SIZE))
      list[key < 0 ? key + list.length : key] = value;
    else if (object.kind === 'name') walk.frame.assign(object.name, UNKNOWN, walk.graph, true);
  } else if (typeof key === 'string' && held.entries !== null && object.kind === 'name') {
    const { entries } = held;
    walk.gathering.refoldBudget -= entries.size >> 3;
    const table = new Map(entries).set(key, value);
    walk.frame.assign(object.name, changed(held, { entries: table }), walk.graph, true);
  } else if (object.kind === 'name') {
    walk.frame.assign(object.name, UNKNOWN, walk.graph, true);
  }
}

/** While running: what a method that changes its list gives back; null when it is none or the list is not known. */
export function mutate(
  walk: Walk,
  object: Expression,
  held: Value,
  method: string,
  given: readonly Value[],
): Value | null {
  if (!MUTATING.has(method)) return null;
  const list = writableList(walk, object, held);
  if (list === null || list.length + given.length > MAX_SIZE) return null;
  switch (method) {
    case 'append':
    case 'push':
      list.push(...given);
      return UNKNOWN;
    case 'extend': {
      const more = given[0] === undefined ? null : knownElements(given[0]);
      if (more === null || list.length + more.length > MAX_SIZE) return null;
      // A copy: a list may be extended by itself.
      list.push(...more.slice());
      return UNKNOWN;
    }
    case 'insert':
    case 'unshift': {
      const at = method === 'insert' ? given[0]?.constant?.value : 0;
      if (typeof at !== 'number') return null;
      list.splice(at, 0, ...(method === 'insert' ? given.slice(1) : given));
      return UNKNOWN;
    }
    case 'pop': {
      const at = given[0]?.constant?.value ?? -1;
      return typeof at === 'number' ? (list.splice(at, 1)[0] ?? UNKNOWN) : null;
    }
    case 'shift':
      return list.shift() ?? UNKNOWN;
    case 'reverse':
      list.reverse();
      return listValue(list);
    default:
      return null;
  }
}

const MUTATING: ReadonlySet<string> = new Set([
  'append',
  'push',
  'extend',
  'insert',
  'unshift',
  'pop',
  'shift',
  'reverse',
]);
