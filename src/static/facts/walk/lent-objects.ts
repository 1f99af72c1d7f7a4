import type { ClassFact, FunctionFact } from '../facts.ts';
import { noteGiven } from '../calls/local-calls.ts';
import { namedValue } from '../values/value.ts';

/** What a tool gives the functions that are marked for it, as their first argument. */
const GIVEN_TO_MARKED: ReadonlyMap<string, string> = new Map([
  ['nox.session', 'nox.Session'],
  ['invoke.task', 'invoke.Context'],
  ['invoke.tasks.task', 'invoke.Context'],
  ['fabric.task', 'invoke.Context'],
  ['fabric.tasks.task', 'invoke.Context'],
]);

/** What a library gives methods of classes that are made from its own. */
const GIVEN_TO_METHODS: readonly (readonly [bases: RegExp, method: string, type: string])[] = [
  [/^asyncio\.(?:\w*Protocol)$/, 'connection_made', 'asyncio.Transport'],
];

/** A function that a tool runs because of its decorator knows what it is given. */
export function lendToMarked(fact: FunctionFact, decorator: string | null): void {
  const type = decorator === null ? undefined : GIVEN_TO_MARKED.get(decorator);
  if (type !== undefined) noteGiven(fact, [namedValue(type)]);
}

/** Methods that a library calls on objects of a class know what they are given. */
export function lendToMethods({ bases, methods }: ClassFact): void {
  for (const [known, name, type] of GIVEN_TO_METHODS) {
    const method = methods.get(name);
    if (method !== undefined && bases.some((base) => known.test(base)))
      noteGiven(method, [namedValue(type)], 1);
  }
}
