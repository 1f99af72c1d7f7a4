import { guardOfPlace, scopesOf } from '../../static/facts/spread-scopes.ts';
import { matchesName } from '../api-index.ts';
import { type CompiledMatcher, matchAt } from './match.ts';

/** Imports of modules or of anything in them; `*` stands for one part of a name. */
export function compileImport(matcher: { readonly modules: readonly string[] }): CompiledMatcher {
  const patterns = matcher.modules.map((module) => module.split('.'));
  return (file) =>
    file.facts.imports
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
}
