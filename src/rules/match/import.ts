import { guardOfPlace, scopesOf } from '../../static/facts/scopes/spread-scopes.ts';
import { matchesName } from '../api-index.ts';
import { type CompiledMatcher, matchAt, NO_MATCHES } from './match.ts';

/** Imports of modules or of anything in them; `*` stands for one part of a name. */
export function compileImport(matcher: { readonly modules: readonly string[] }): CompiledMatcher {
  const patterns = matcher.modules.map((module) => module.split('.'));
  const roots = patterns.map(([root = '']) => root);
  return (file) => {
    if (!roots.some((root) => root === '*' || file.importRoots.has(root))) return NO_MATCHES;
    return file.facts.imports
      .filter(({ module }) => {
        const parts = module.split('.');
        return patterns.some((pattern) => matchesName(pattern, parts.slice(0, pattern.length)));
      })
      .map((fact) => {
        const place = { ...fact, outerScope: fact.layer.scope, guard: null };
        return matchAt(fact.layer, fact.span, {
          function: fact.function,
          scopes: scopesOf(place),
          guard: guardOfPlace(place),
          name: fact.module,
          detail: fact.module,
        });
      });
  };
}
