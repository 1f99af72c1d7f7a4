import type { DependencyScope, Package } from '../../model/dependency.ts';
import { push } from '../grouped.ts';
import { packageUrl } from '../inventory/purl.ts';
import { compareText } from '../inventory/text.ts';
import type { Root } from './roots.ts';
import type { Chosen } from './uv-compile.ts';

/** Most binding first. */
const SCOPES: readonly DependencyScope[] = ['runtime', 'optional', 'build', 'dev', 'mentioned'];

/**
 * What uv chose, as a package of the report.
 * @param leading the requirements that lead to it
 * @param today ISO 8601 day
 */
export function resolvedPackage(
  { name, version }: Chosen,
  leading: readonly Root[],
  unit: string,
  today: string,
): Package {
  const places = new Map(
    leading
      .flatMap(({ declared }) => declared.locations)
      .map((place) => [`${place.path}\0${String(place.startLine)}`, place]),
  );
  const scopes = leading.map(({ declared }) => declared.scope);
  return {
    ecosystem: 'PyPI',
    name,
    version,
    range: null,
    pin: 'exact',
    scope: SCOPES.find((scope) => scopes.includes(scope)) ?? 'runtime',
    purl: packageUrl('PyPI', name, version),
    hashes: [],
    resolvedAsOf: today,
    unit,
    locations: [...places.values()].sort((a, b) => compareText(a.path, b.path) || a.startLine - b.startLine),
  };
}

/** Of every package the requirements that lead to it, over however many steps; in the order of the requirements. */
export function rootsByPackage(chosen: readonly Chosen[], roots: readonly Root[]): Map<string, Root[]> {
  const needs = new Map<string, string[]>();
  for (const { name, via } of chosen) for (const parent of via) push(needs, parent, name);
  const leading = new Map<string, Root[]>();
  const walks = new Map<string, ReadonlySet<string>>();
  for (const root of roots) {
    const { name } = root.declared;
    const reached = walks.get(name) ?? reachedFrom(name, needs);
    walks.set(name, reached);
    for (const each of reached) push(leading, each, root);
  }
  return leading;
}

function reachedFrom(name: string, needs: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set([name]);
  for (const next of reached) for (const needed of needs.get(next) ?? []) reached.add(needed);
  return reached;
}
