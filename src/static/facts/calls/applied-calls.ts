import type { BoundArguments } from './arguments.ts';
import type { Value } from '../values/value.ts';

/** A function value that another function calls, and what it is called with. */
export interface Applied {
  readonly callable: Value;
  readonly given: readonly Value[];
}

/** Functions that call one of their arguments: which one, and where its own arguments start. */
const CALLERS: ReadonlyMap<string, { readonly callable: number; readonly from: number }> = new Map([
  ['asyncio.to_thread', { callable: 0, from: 1 }],
  ['atexit.register', { callable: 0, from: 1 }],
  ['_thread.start_new_thread', { callable: 0, from: 1 }],
  ['signal.signal', { callable: 1, from: 2 }],
  ['weakref.finalize', { callable: 1, from: 2 }],
  ['setTimeout', { callable: 0, from: 2 }],
  ['setInterval', { callable: 0, from: 2 }],
  ['setImmediate', { callable: 0, from: 1 }],
  ['process.nextTick', { callable: 0, from: 1 }],
  ['queueMicrotask', { callable: 0, from: 1 }],
]);

/** Functions that call their first argument on what the second holds. */
const MAPPERS: ReadonlySet<string> = new Set(['map', 'filter', 'itertools.starmap']);
const MAPPING_METHODS: ReadonlySet<string> = new Set(
  'map forEach filter some every find flatMap each collect tap then'.split(' '),
);
/** Where an argument stands that is given by name or by position. */
interface ArgumentPlace {
  readonly named: string;
  readonly position: number;
}

/** What is made to run a function: where it takes that, and a list of what it is called with. */
interface Starter {
  readonly callable: ArgumentPlace;
  readonly given: ArgumentPlace;
}

const THREAD: Starter = {
  callable: { named: 'target', position: 1 },
  given: { named: 'args', position: 3 },
};
const TIMER: Starter = {
  callable: { named: 'function', position: 1 },
  given: { named: 'args', position: 2 },
};
const STARTERS: ReadonlyMap<string, Starter> = new Map([
  ['threading.Thread', THREAD],
  ['threading.Process', THREAD],
  ['threading.Timer', TIMER],
  ['multiprocessing.Thread', THREAD],
  ['multiprocessing.Process', THREAD],
]);

/** The last part of such a function's name on an object that nothing is known of. */
const CALLING_METHODS: ReadonlyMap<string, { readonly callable: number; readonly from: number }> = new Map([
  ['submit', { callable: 0, from: 1 }],
  ['run_in_executor', { callable: 1, from: 2 }],
  ['call_soon', { callable: 0, from: 1 }],
  ['call_later', { callable: 1, from: 2 }],
  ['apply_async', { callable: 0, from: 1 }],
]);

/** Those that hand on nothing but what the function gives back. */
const HANDING_BACK = /^(?:asyncio\.to_thread|(?:.*\.)?(?:submit|run_in_executor|apply_async))$/;

/** True when a caller of functions gives back what the function returns, and its arguments go nowhere else. */
export function handsBack(name: string, method: string | null): boolean {
  return HANDING_BACK.test(method ?? name) || HANDING_BACK.test(name);
}

/** True for a function that calls the one it is given, as a decorator too: `@atexit.register`. */
export function callsWhatItIsGiven(name: string): boolean {
  return CALLERS.get(name)?.callable === 0;
}

/** What a call makes of a function that it is given: `map(f, xs)`, `Thread(target=f, args=(x,))`, `xs.forEach(f)`; null for any other. */
export function appliedBy(name: string, method: string | null, args: BoundArguments): Applied | null {
  const { positional, named, receiver } = args;
  if (positional.length === 0 && named.size === 0) return null;
  const first = positional[0];
  const second = positional[1];
  if (MAPPERS.has(name) && first !== undefined && second !== undefined)
    return { callable: first, given: [second.elements?.[0] ?? second] };
  if (name === 'Reflect.apply' && first !== undefined)
    return { callable: first, given: positional[2]?.elements ?? [] };
  const starter = STARTERS.get(name);
  if (starter !== undefined) {
    const at = (place: ArgumentPlace): Value | undefined =>
      named.get(place.named) ?? positional[place.position];
    const callable = at(starter.callable);
    return callable === undefined ? null : { callable, given: at(starter.given)?.elements ?? [] };
  }
  if (method !== null && receiver !== null && first !== undefined && MAPPING_METHODS.has(method))
    return { callable: first, given: receiver.elements?.slice(0, 1) ?? [receiver] };
  const places = CALLERS.get(name) ?? (method === null ? undefined : CALLING_METHODS.get(method));
  const callable = places === undefined ? undefined : positional[places.callable];
  return places === undefined || callable === undefined
    ? null
    : { callable, given: positional.slice(places.from) };
}
