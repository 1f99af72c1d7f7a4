import type { FunctionFact } from '../facts.ts';
import { changed, UNKNOWN, type Value } from '../values/value.ts';
import { newClass } from './class-facts.ts';
import type { Walk } from './walk.ts';

/** The method that computes members which are not there; a proxy's is called with the object before the name. */
export const MISSING_MEMBER = '__getattr__';
/** What a proxy's setter is kept under, which is called with the object and the name before the value. */
export const PROXY_SETTER = 'set *';
/** What a proxy is called by, with its object and `this` before a list of the arguments. */
export const PROXY_CALL = 'apply *';

/** What a proxy's functions are kept under, by the names of its traps. */
const TRAPS = [
  ['get', MISSING_MEMBER],
  ['set', PROXY_SETTER],
  ['apply', PROXY_CALL],
  ['construct', PROXY_CALL],
] as const;

/** `new Proxy(target, { get, set, apply })`: an object that functions stand in for, or the target itself where none does. */
export function proxyOf(walk: Walk, target: Value | undefined, handler: Value | undefined): Value | null {
  const traps = new Map<string, FunctionFact>();
  for (const [name, method] of TRAPS) {
    const trap = handler?.entries?.get(name)?.callable ?? null;
    if (trap !== null) traps.set(method, trap);
  }
  const [first] = traps.values();
  if (first === undefined) return target ?? null;
  const owner = newClass(first.name ?? '', first.layer, first.definition.span);
  traps.forEach((trap, method) => {
    owner.methods.set(method, trap);
    if (walk.quiet === 0) walk.noteCallOf(trap);
  });
  return changed(UNKNOWN, { instance: owner, node: target?.node ?? 0 });
}
