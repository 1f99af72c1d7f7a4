import type { Package } from '../model/dependency.ts';
import { isAudited, VERSION_SCHEMES } from './advisories/version-scheme.ts';
import type { EmbeddedResult } from './embedded.ts';
import type { MergedAdvisory } from './merge.ts';

/** A fix that is affected by something else leads to the next one; no chain in the database is longer. */
const MAX_STEPS = 32;

/**
 * The smallest known version that mends all of a package's advisories that can be mended, and that no other advisory affects. Versions come
 * from the advisories themselves: an index is not asked.
 * @param matchers one per ecosystem, so that packages of a name share what was worked out for it
 * @returns null when no advisory names a fix, or every fix is affected by something that has none
 */
export function upgradeOf(
  dependency: Package,
  advisories: readonly MergedAdvisory[],
  matchers: EmbeddedResult['matchers'],
): string | null {
  const { ecosystem } = dependency;
  if (!isAudited(ecosystem) || advisories.some(({ malicious }) => malicious)) return null;
  const scheme = VERSION_SCHEMES[ecosystem];
  const highest = (versions: readonly string[]): string | null =>
    versions.filter(scheme.isVersion).sort(scheme.compare).at(-1) ?? null;
  const matcher = matchers.get(ecosystem);
  // What has no fix stays, whatever the version: it must not stand in the way of mending the rest.
  const unfixed = new Set(advisories.filter(({ fixed }) => fixed === null).map(({ id }) => id));
  let candidate = highest(advisories.flatMap(({ fixed }) => fixed ?? []));
  for (let step = 0; candidate !== null && step < MAX_STEPS; step++) {
    const pinned = { name: dependency.name, pin: 'exact', version: candidate, range: null } as const;
    const left = (matcher?.match(pinned) ?? []).filter(
      ({ id, aliases }) => ![id, ...aliases].some((name) => unfixed.has(name)),
    );
    if (left.length === 0) return candidate;
    const next = left.some(({ fixed }) => fixed === null)
      ? null
      : highest(left.flatMap(({ fixed }) => fixed ?? []));
    if (next === null || scheme.compare(next, candidate) <= 0) return null;
    candidate = next;
  }
  return null;
}
