import type { BoundArguments } from './arguments.ts';
import type { Value } from '../values/value.ts';
import { tellingElements } from '../walk/loop-elements.ts';
import type { Walk } from '../walk/walk.ts';

/** A function value that another function calls, and what it is called with, each time. */
export interface Applied {
  readonly callable: Value;
  readonly calls: readonly (readonly Value[])[];
}

/** Where the function stands among the arguments of what calls it, and where its own begin. */
interface Places {
  readonly callable: number;
  readonly from: number;
  /** Its own stand in a list. */
  readonly isListed?: boolean;
  /** The list may be given by this name. */
  readonly named?: string;
}

/** Functions that call one of their arguments: which one, and where its own arguments start. */
const CALLERS: ReadonlyMap<string, Places> = new Map<string, Places>([
  ['asyncio.to_thread', { callable: 0, from: 1 }],
  ['anyio.run', { callable: 0, from: 1 }],
  ['anyio.to_thread.run_sync', { callable: 0, from: 1 }],
  ['anyio.from_thread.run', { callable: 0, from: 1 }],
  ['anyio.from_thread.run_sync', { callable: 0, from: 1 }],
  ['trio.run', { callable: 0, from: 1 }],
  ['trio.to_thread.run_sync', { callable: 0, from: 1 }],
  ['starlette.concurrency.run_in_threadpool', { callable: 0, from: 1 }],
  ['fastapi.concurrency.run_in_threadpool', { callable: 0, from: 1 }],
  ['asyncio.run_coroutine_threadsafe', { callable: 0, from: 2 }],
  ['atexit.register', { callable: 0, from: 1 }],
  ['_thread.start_new_thread', { callable: 0, from: 1, isListed: true }],
  ['signal.signal', { callable: 1, from: 2 }],
  ['weakref.finalize', { callable: 1, from: 2 }],
  ['operator.call', { callable: 0, from: 1 }],
  ['contextvars.Context.run', { callable: 0, from: 1 }],
  ['setTimeout', { callable: 0, from: 2 }],
  ['setInterval', { callable: 0, from: 2 }],
  ['setImmediate', { callable: 0, from: 1 }],
  ['process.nextTick', { callable: 0, from: 1 }],
  ['queueMicrotask', { callable: 0, from: 1 }],
]);

/** Functions that call their first argument on what the second holds. */
const MAPPERS: ReadonlySet<string> = new Set(['map', 'filter', 'itertools.starmap', 'itertools.takewhile']);
/** Functions of Python that call what is given as `key` on what the first argument holds, or on their arguments. */
const KEYED: ReadonlySet<string> = new Set(['sorted', 'min', 'max', 'itertools.groupby']);
const MAPPING_METHODS: ReadonlySet<string> = new Set(
  'map forEach filter some every find flatMap each collect tap then'.split(' '),
);
/** Methods of pools, which are given the list as well. */
const POOL_METHODS: ReadonlySet<string> = new Set(
  'map imap imap_unordered map_async starmap starmap_async'.split(' '),
);
/** Methods that call their first argument with what it has come to so far and the next of what the object holds. */
const REDUCING = /^reduce(?:Right)?$/;

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
const CALLING_METHODS: ReadonlyMap<string, Places> = new Map<string, Places>([
  ['submit', { callable: 0, from: 1 }],
  ['run_in_executor', { callable: 1, from: 2 }],
  ['call_soon', { callable: 0, from: 1 }],
  ['call_soon_threadsafe', { callable: 0, from: 1 }],
  ['call_later', { callable: 1, from: 2 }],
  ['call_at', { callable: 1, from: 2 }],
  ['add_signal_handler', { callable: 1, from: 2 }],
  ['apply_async', { callable: 0, from: 1, isListed: true }],
  ['apply', { callable: 0, from: 1, isListed: true }],
  ['enter', { callable: 2, from: 3, isListed: true, named: 'argument' }],
  ['enterabs', { callable: 2, from: 3, isListed: true, named: 'argument' }],
  // `contextlib.ExitStack`
  ['callback', { callable: 0, from: 1 }],
  ['addCleanup', { callable: 0, from: 1 }],
]);

/** Those that hand on nothing but what the function gives back. */
const HANDING_BACK =
  /^(?:asyncio\.to_thread|(?:anyio|trio)\.(?:run|(?:to|from)_thread\.run(?:_sync)?)|(?:starlette|fastapi)\.concurrency\.run_in_threadpool|operator\.call|(?:.*\.)?(?:submit|run_in_executor|apply_async))$/;

/** True when a caller of functions gives back what the function returns, and its arguments go nowhere else. */
export function handsBack(name: string, method: string | null): boolean {
  return HANDING_BACK.test(method ?? name) || HANDING_BACK.test(name);
}

/** True for a function that calls the one it is given, as a decorator too: `@atexit.register`. */
export function callsWhatItIsGiven(name: string): boolean {
  return CALLERS.get(name)?.callable === 0;
}

/** So many elements of a list are given to a function that is called on each; the others are something in the list. */
const MAX_CALLS = 16;

/** Calls of a function on each element of a list; of what is no list that is known, on something in it. */
function onEach(walk: Walk, callable: Value, holder: Value, isSpread = false): Applied {
  const elements = holder.elements ?? [];
  const calls = tellingElements(walk, elements, MAX_CALLS).map((each) =>
    isSpread ? (each.elements ?? [each]) : [each],
  );
  if (elements.length === 0 || elements.length > MAX_CALLS) calls.push([holder]);
  return { callable, calls };
}

/** The arguments that such a caller hands on: those after the function, or the list of them. */
function handedOn(
  { positional, named }: BoundArguments,
  { from, isListed, named: key }: Places,
): readonly Value[] {
  const list =
    (key === undefined ? undefined : named.get(key)) ?? (isListed === true ? positional[from] : undefined);
  return list?.elements ?? positional.slice(from);
}

/** What a call makes of a function that it is given: `map(f, xs)`, `Thread(target=f, args=(x,))`, `xs.forEach(f)`; null for any other. */
export function appliedBy(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
): Applied | null {
  const { positional, named, receiver } = args;
  if (positional.length === 0 && named.size === 0) return null;
  const first = positional[0];
  const second = positional[1];
  if (MAPPERS.has(name) && first !== undefined && second !== undefined)
    return onEach(walk, first, second, name === 'itertools.starmap');
  const key = KEYED.has(name) ? named.get('key') : undefined;
  if (key !== undefined && first !== undefined)
    return second === undefined
      ? onEach(walk, key, first)
      : { callable: key, calls: positional.map((each) => [each]) };
  // `iter(f, end)` calls it until it gives the end.
  if (name === 'iter' && first !== undefined && second !== undefined) return { callable: first, calls: [[]] };
  const starter = STARTERS.get(name);
  if (starter !== undefined) {
    const at = (place: ArgumentPlace): Value | undefined =>
      named.get(place.named) ?? positional[place.position];
    const callable = at(starter.callable);
    return callable === undefined ? null : { callable, calls: [at(starter.given)?.elements ?? []] };
  }
  if (method !== null && receiver !== null && first !== undefined) {
    if (second?.elements !== undefined && second.elements !== null && POOL_METHODS.has(method))
      return onEach(walk, first, second, method.startsWith('starmap'));
    if (MAPPING_METHODS.has(method)) return onEach(walk, first, receiver);
  }
  if (REDUCING.test(method ?? '') && receiver !== null && first !== undefined)
    return {
      callable: first,
      calls: onEach(walk, first, receiver).calls.map((each) => [second ?? receiver, ...each]),
    };
  const places = CALLERS.get(name) ?? (method === null ? undefined : CALLING_METHODS.get(method));
  const callable = places === undefined ? undefined : positional[places.callable];
  return places === undefined || callable === undefined
    ? null
    : { callable, calls: [handedOn(args, places)] };
}
