import type { Package } from '../model/dependency.ts';
import type { OpenedIndex } from './advisories/database.ts';
import { openIndex } from './advisories/database.ts';
import { Matcher } from './advisories/match.ts';
import type { AuditedEcosystem } from './advisories/version-scheme.ts';
import { AUDITED_ECOSYSTEMS } from './advisories/version-scheme.ts';
import type { Reported } from './reported.ts';

/** What the built-in matcher found, needing nothing but the index that is shipped or cached. */
export interface EmbeddedResult {
  readonly reports: readonly Reported[];
  /** Packages that have a version or range to compare, and were compared. */
  readonly matched: ReadonlySet<Package>;
  /** Exact pins and ranges that cannot be compared: no versions of their ecosystem. */
  readonly incomparable: readonly Package[];
  /** The indexes that were asked. */
  readonly indexes: ReadonlyMap<AuditedEcosystem, OpenedIndex>;
  /** What asked them, one for each: it remembers what it worked out for a name. */
  readonly matchers: ReadonlyMap<AuditedEcosystem, Matcher>;
}

/** Matches packages against the advisories of their ecosystems. */
export async function matchEmbedded(packages: readonly Package[]): Promise<EmbeddedResult> {
  const reports: Reported[] = [];
  const matched = new Set<Package>();
  const incomparable: Package[] = [];
  const indexes = new Map<AuditedEcosystem, OpenedIndex>();
  const matchers = new Map<AuditedEcosystem, Matcher>();
  for (const ecosystem of AUDITED_ECOSYSTEMS) {
    const own = packages.filter((candidate) => candidate.ecosystem === ecosystem);
    if (own.length === 0) continue;
    const opened = await openIndex(ecosystem);
    indexes.set(ecosystem, opened);
    const matcher = new Matcher(opened.index);
    matchers.set(ecosystem, matcher);
    for (const dependency of own) {
      if (matcher.canMatch(dependency)) matched.add(dependency);
      else if (dependency.pin === 'exact' || dependency.pin === 'range') incomparable.push(dependency);
      for (const match of matcher.match(dependency)) {
        reports.push({
          ...match,
          source: 'embedded',
          ecosystem,
          package: dependency.name,
          version: statedVersion(dependency),
        });
      }
    }
  }
  return { reports, matched, incomparable, indexes, matchers };
}

/** What a report calls the version: the pin, the range, or `*`. */
export function statedVersion({ version, range }: Pick<Package, 'version' | 'range'>): string {
  return version ?? range ?? '*';
}
