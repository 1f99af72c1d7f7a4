import type { Guard, Scope } from '../../../model/evidence.ts';
import type { CallFact, FunctionFact } from '../facts.ts';
import { isTestPath } from './file-scope.ts';

/** Which scope speaks for code that runs in several: the one that needs the least from the user comes first. */
const ORDER: readonly Scope[] = [
  'install-hook',
  'import-time',
  'agent-hook',
  'env.init',
  'env.reset',
  'env.step',
  'env.render',
  'env.close',
  'tool-handler',
  'server-command',
  'ci',
  'build',
  'cli-entry',
  'prose',
  'data',
  'function',
  'example',
  'test',
];

/** Gives every function the scopes of all that call it, to a fixed point along the calls within the file. */
export function spreadScopes(functions: readonly FunctionFact[]): void {
  const waiting = functions.filter((fact) => fact.scopes.size > 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const callee of next.callees) {
      const before = callee.scopes.size;
      for (const scope of next.scopes) callee.scopes.add(scope);
      if (callee.scopes.size > before) waiting.push(callee);
    }
  }
}

/** Every scope in which a place runs. */
export function scopesOf(place: Pick<CallFact, 'function' | 'outerScope' | 'layer'>): readonly Scope[] {
  if (place.function === null) return [place.outerScope];
  const own = isTestPath(place.layer.source.path)
    ? 'test'
    : place.layer.scope === 'example'
      ? 'example'
      : 'function';
  const called = [...place.function.scopes];
  // What only tests or examples call is there for others to call as well.
  const isForUse = called.some((scope) => scope !== 'test' && scope !== 'example');
  return isForUse || called.includes(own) ? called : [...called, own];
}

/** The scope that speaks for a place. */
export function mainScope(scopes: readonly Scope[]): Scope {
  return ORDER.find((scope) => scopes.includes(scope)) ?? 'function';
}

/** The condition under which a place runs: its own, or the one that all calls of its function stand under. */
export function guardOfPlace(place: Pick<CallFact, 'function' | 'guard'>): Guard | null {
  if (place.guard !== null) return place.guard;
  const { function: inside } = place;
  return inside !== null && !inside.isCalledUnguarded ? inside.guard : null;
}
