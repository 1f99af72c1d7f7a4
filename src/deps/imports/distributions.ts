import { readFileSync } from 'node:fs';
import { normalizePypiName } from '../inventory/requirement.ts';
import type { FoundImport } from './import-place.ts';
import { push } from '../grouped.ts';

/** What is known of how distributions are imported (`scripts/import-names.py` keeps the data). */
interface Names {
  /** Names to import, by distribution; distributions that are imported by their own name are left out. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** Distributions, by the name to import. */
  readonly providers: ReadonlyMap<string, readonly string[]>;
  /** Distributions that are well known, and imported by their own name unless `imports` says otherwise. */
  readonly wellKnown: ReadonlySet<string>;
}

/** Parts of a dotted name that are looked at; no package lies deeper. */
const MAX_PARTS = 8;

let loaded: Names | null = null;

function names(): Names {
  loaded ??= load();
  return loaded;
}

function load(): Names {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  const imports = new Map(
    Object.entries(read('../data/import-names.json') as Record<string, readonly string[]>),
  );
  const providers = new Map<string, string[]>();
  for (const [distribution, modules] of imports)
    for (const module of modules) push(providers, module, distribution);
  const popular = new Set((read('../data/popular.json') as { readonly PyPI: readonly string[] }).PyPI);
  // The one that is usually meant comes first: a well-known one, and of those the plainest.
  for (const known of providers.values())
    known.sort(
      (a, b) => Number(popular.has(b)) - Number(popular.has(a)) || a.length - b.length || (a < b ? -1 : 1),
    );
  return { imports, providers, wellKnown: new Set([...popular, ...imports.keys()]) };
}

/** Whether it is known by which names a Python distribution is imported. */
export function isWellKnown(distribution: string): boolean {
  return names().wellKnown.has(distribution);
}

/** The names to import that a distribution brings: what is known, else its own name. */
export function importNamesOf(distribution: string): readonly string[] {
  return names().imports.get(distribution) ?? [distribution.replaceAll('-', '_')];
}

/** The distributions that are known to bring a module, the longest name that fits; none when nothing is known. */
export function providersOf(module: string): readonly string[] {
  for (let name = module; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const known = names().providers.get(name);
    if (known !== undefined) return known;
  }
  return [];
}

/**
 * Keys of a Python distribution: it may answer an import that has one of them too. Known names decide; of other distributions the own name,
 * with or without `python-`, `py` and the like, is taken to be what is imported.
 */
export function distributionKeys(distribution: string): readonly string[] {
  const known = names().imports.get(distribution);
  if (known !== undefined) return known.map((name) => `=${name}`);
  return [`~${distribution}`, `^${bare(distribution)}`];
}

/** Keys of a Python import, to be compared with {@link distributionKeys}. */
export function importKeys({
  module,
  names: imported,
}: Pick<FoundImport, 'module' | 'names'>): readonly string[] {
  const keys = new Set<string>();
  for (const name of [module, ...imported.map((part) => `${module}.${part}`)]) {
    const normal = normalizePypiName(name);
    keys.add(`^${bare(normal)}`).add(`^${bare(normal.split('-', 1)[0]!)}`);
    // `azure.identity.aio` is brought by `azure-identity`.
    for (
      let at = name.indexOf('.'), depth = 0;
      at >= 0 && depth < MAX_PARTS;
      at = name.indexOf('.', at + 1), depth++
    ) {
      keys.add(`=${name.slice(0, at)}`).add(`~${normalizePypiName(name.slice(0, at))}`);
    }
    keys.add(`=${name}`).add(`~${normal}`);
  }
  return [...keys];
}

/** A name without what people put around it, and without separators; the name itself when nothing would be left. */
function bare(name: string): string {
  const inner = name
    .replace(/^(?:(?:python|py|django|lib)-|py(?=[a-z]{3})|lib(?=[a-z]{3}))/, '')
    .replace(/(?:-(?:python|py|lib|[0-9])|(?<=[a-z]{3})(?:py|[0-9]))$/, '');
  return (inner === '' ? name : inner).replaceAll('-', '');
}

/** The distribution that is usually meant by a declared name that is only what one imports (`cv2`, `python-yaml`); null when it is none. */
export function confusedWith(distribution: string): string | null {
  if (names().wellKnown.has(distribution)) return null;
  const providers = topLevelProviders();
  const meant = providers.get(distribution) ?? providers.get(distribution.replace(/^python-|-python$/g, ''));
  return meant === undefined || meant.includes(distribution) ? null : (meant[0] ?? null);
}

let topLevel: ReadonlyMap<string, readonly string[]> | null = null;

/** By normalised name of the module, as an index would take it for a distribution's. */
function topLevelProviders(): ReadonlyMap<string, readonly string[]> {
  topLevel ??= new Map(
    [...names().providers]
      .filter(([module]) => !module.includes('.'))
      .map(([module, providers]) => [normalizePypiName(module), providers]),
  );
  return topLevel;
}
