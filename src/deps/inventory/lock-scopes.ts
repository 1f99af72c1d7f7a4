import type { DependencyScope } from '../../model/dependency.ts';

/** The most binding first: what is reached at run time is of run time, whatever else needs it. */
const ORDER: readonly DependencyScope[] = ['runtime', 'optional', 'build', 'dev'];

/**
 * The scope of every package of a lock that says only what needs what. Goes over each package once.
 * @param roots what the project itself names, with the scope it is named in
 * @param needs what a package needs, as keys
 * @returns what is reached from the roots; what is not is no member's dependency
 */
export function scopesFrom(
  roots: readonly { readonly key: string; readonly scope: DependencyScope }[],
  needs: (key: string) => readonly string[],
): ReadonlyMap<string, DependencyScope> {
  const scopes = new Map<string, DependencyScope>();
  for (const scope of ORDER) {
    const waiting = roots.filter((root) => root.scope === scope).map(({ key }) => key);
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      if (scopes.has(key)) continue;
      scopes.set(key, scope);
      for (const next of needs(key)) if (!scopes.has(next)) waiting.push(next);
    }
  }
  return scopes;
}
