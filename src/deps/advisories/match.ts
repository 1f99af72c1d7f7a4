import type { Package } from '../../model/dependency.ts';
import type { Severity } from '../../model/finding.ts';
import type { AffectedVersions } from './affected.ts';
import { affectedVersions } from './affected.ts';
import type { AdvisoryIndex } from './index-format.ts';
import { isMaliciousId } from './osv-record.ts';
import type { VersionScheme } from './version-scheme.ts';
import { VERSION_SCHEMES } from './version-scheme.ts';

/** An advisory that concerns a package as it is declared. */
export interface Match {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: Severity | null;
  readonly summary: string;
  readonly malicious: boolean;
  /** Certain: the pin, or every version the range allows, is affected. Possible: some allowed version is, and some is not. */
  readonly certainty: 'certain' | 'possible';
  /** The smallest version that is fixed above the pin or above the lowest allowed version. */
  readonly fixed: string | null;
}

/** Answers which advisories concern a package, from one ecosystem's index. */
export class Matcher {
  readonly #index: AdvisoryIndex;
  readonly #scheme: VersionScheme;
  /** By position of package and entry: evaluated once, asked often. */
  readonly #affected = new Map<string, AffectedVersions>();

  constructor(index: AdvisoryIndex) {
    this.#index = index;
    this.#scheme = VERSION_SCHEMES[index.ecosystem];
  }

  /** True when the package's version or range can be compared with advisories at all. */
  canMatch({ pin, version, range }: Package): boolean {
    if (pin === 'exact') return version !== null && this.#scheme.isVersion(version);
    return pin === 'range' && range !== null && this.#scheme.range(range) !== null;
  }

  /** The advisories that concern a package, sorted as in the index. Without a version only those that hold for every version. */
  match({ name, pin, version, range }: Package): Match[] {
    const entries = Object.hasOwn(this.#index.packages, name) ? (this.#index.packages[name] ?? []) : [];
    const matches: Match[] = [];
    for (const [position, ranges, versions] of entries) {
      const key = `${name}\0${String(position)}`;
      const affected = this.#affected.get(key) ?? affectedVersions({ ranges, versions }, this.#scheme);
      this.#affected.set(key, affected);
      const [id, aliases, severity, summary] = this.#index.advisories[position] ?? ['', [], null, ''];
      const malicious = isMaliciousId(id) || aliases.some(isMaliciousId);
      const answer =
        pin === 'exact' && version !== null
          ? this.#matchPin(affected, version)
          : pin === 'range' && range !== null
            ? this.#matchRange(affected, range)
            : pin === 'none' && malicious
              ? this.#matchAny(affected)
              : null;
      if (answer !== null) matches.push({ id, aliases, severity, summary, malicious, ...answer });
    }
    return matches;
  }

  #matchPin(affected: AffectedVersions, version: string): Pick<Match, 'certainty' | 'fixed'> | null {
    return affected.includes(version) ? { certainty: 'certain', fixed: affected.fixFor(version) } : null;
  }

  /**
   * Asks at every version where the answer may change (those that the advisory and the range name) and just behind each. Nothing is looked
   * up, so an affected stretch may hold no published version; that errs towards `possible`.
   */
  #matchRange(affected: AffectedVersions, range: string): Pick<Match, 'certainty' | 'fixed'> | null {
    const parsed = this.#scheme.range(range);
    return parsed === null ? null : this.#sample(affected, parsed.bounds, parsed.allows);
  }

  #matchAny(affected: AffectedVersions): Pick<Match, 'certainty' | 'fixed'> | null {
    return this.#sample(affected, [], () => true);
  }

  #sample(
    affected: AffectedVersions,
    bounds: readonly string[],
    allows: (version: string) => boolean,
  ): Pick<Match, 'certainty' | 'fixed'> | null {
    const named = [...affected.bounds, ...bounds];
    const lowest = this.#index.ecosystem === 'npm' ? '0.0.0' : '0';
    const allowed = [lowest, ...named, ...named.map((version) => this.#scheme.after(version))].filter(
      (version) => this.#scheme.isVersion(version) && allows(version),
    );
    const hit = allowed.filter((version) => affected.includes(version));
    if (hit.length === 0) return null;
    const highest = hit.sort((a, b) => this.#scheme.compare(a, b)).at(-1) ?? '';
    return {
      certainty: hit.length === allowed.length ? 'certain' : 'possible',
      fixed: affected.fixFor(highest),
    };
  }
}
