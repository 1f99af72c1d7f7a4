import type { Package } from '../../model/dependency.ts';
import type { Severity } from '../../model/finding.ts';
import type { Affected, AffectedVersions } from './affected.ts';
import { affectedVersions, namedVersions } from './affected.ts';
import type { Exploitation } from './exploitation.ts';
import type { AdvisoryIndex, IndexedAdvisory } from './index-format.ts';
import { isMaliciousId } from './osv-record.ts';
import type { PackedEntry } from './packed-index.ts';
import { concerning, PackedIndex } from './packed-index.ts';
import { fixIn } from './spans.ts';
import type { VersionScheme } from './version-scheme.ts';
import { VERSION_SCHEMES } from './version-scheme.ts';

/** An advisory that concerns a package as it is declared. */
export interface Match extends Exploitation {
  readonly id: string;
  readonly aliases: readonly string[];
  /** Null when the source does not say. */
  readonly severity: Severity | null;
  /** May be empty. */
  readonly summary: string;
  readonly malicious: boolean;
  /** Certain: the pin, or every version the range allows, is affected. Possible: some allowed version is, and some is not. */
  readonly certainty: 'certain' | 'possible';
  /** The smallest version that is fixed above the pin, or above the highest affected version that a range allows. */
  readonly fixed: string | null;
}

/** What is asked about: a package as far as its versions go. */
export type Asked = Pick<Package, 'name' | 'pin' | 'version' | 'range'>;

type Answer = Pick<Match, 'certainty' | 'fixed'>;

/** One advisory on one package, evaluated once and asked often. */
interface Candidate {
  readonly about: Omit<Match, 'certainty' | 'fixed'>;
  readonly affected: AffectedVersions;
  readonly part: Affected;
}

/** Answers which advisories concern a package, from one ecosystem's index. */
export class Matcher {
  readonly #index: AdvisoryIndex;
  readonly #scheme: VersionScheme;
  readonly #candidates = new Map<string, readonly Candidate[]>();
  readonly #entries = new Map<string, PackedEntry | null>();

  constructor(index: AdvisoryIndex) {
    this.#index = index;
    this.#scheme = VERSION_SCHEMES[index.ecosystem];
  }

  /** True when the package's version or range can be compared with advisories at all. */
  canMatch({ pin, version, range }: Asked): boolean {
    if (pin === 'exact') return version !== null && this.#scheme.isVersion(version);
    return pin === 'range' && range !== null && this.#scheme.range(range) !== null;
  }

  /** The advisories that concern a package, in the order of the index. Without a version only malicious ones that hold for every version. */
  match(dependency: Asked): Match[] {
    const { name, pin, version } = dependency;
    if (pin === 'exact' && version !== null && this.#index instanceof PackedIndex) {
      const entry = this.#entryOf(this.#index, name);
      if (entry === null) return [];
      const key = this.#scheme.sortKey(version);
      if (key !== null && !entry.spans.includes(null)) return pinnedMatches(entry, key);
    }
    const candidates = this.#candidatesFor(dependency.name);
    if (candidates.length === 0) return [];
    const answer = this.#questionFor(dependency);
    return candidates.flatMap((candidate) => {
      const answered = answer(candidate);
      return answered === null ? [] : [{ ...candidate.about, ...answered }];
    });
  }

  #entryOf(index: PackedIndex, name: string): PackedEntry | null {
    let entry = this.#entries.get(name);
    if (entry === undefined) this.#entries.set(name, (entry = index.entry(name)));
    return entry;
  }

  #candidatesFor(name: string): readonly Candidate[] {
    const known = this.#candidates.get(name);
    if (known !== undefined) return known;
    const parts = concerning(this.#index, name).map(([about, ranges, versions]) => ({
      about,
      ranges,
      versions,
    }));
    const candidates = parts.map((part): Candidate => {
      return {
        about: aboutOf(part.about),
        affected: affectedVersions(part, this.#scheme),
        part,
      };
    });
    this.#candidates.set(name, candidates);
    return candidates;
  }

  #questionFor({ pin, version, range }: Asked): (candidate: Candidate) => Answer | null {
    if (pin === 'exact' && version !== null)
      return ({ affected }) =>
        affected.includes(version) ? { certainty: 'certain', fixed: affected.fixFor(version) } : null;
    if (pin === 'none')
      return (candidate) => (candidate.about.malicious ? this.#sample(candidate, [], () => true) : null);
    const parsed = pin === 'range' && range !== null ? this.#scheme.range(range) : null;
    if (parsed === null) return () => null;
    const allowed = new Map<string, boolean>();
    const allows = (candidate: string): boolean => {
      const known = allowed.get(candidate) ?? parsed.allows(candidate);
      allowed.set(candidate, known);
      return known;
    };
    return (candidate) => this.#sample(candidate, parsed.bounds, allows);
  }

  /**
   * Asks at every version where the answer may change (those that the advisory and the range name) and just behind each. Nothing is looked
   * up, so an affected stretch may hold no published version; that errs towards `possible`.
   */
  #sample(
    { affected, part }: Candidate,
    bounds: readonly string[],
    allows: (version: string) => boolean,
  ): Answer | null {
    const named = [...new Set([...namedVersions(part), ...bounds])];
    const lowest = this.#index.ecosystem === 'npm' ? '0.0.0' : '0.0';
    const samples = [lowest, ...named, ...named.map((version) => this.#scheme.after(version))];
    const allowed = samples.filter((version) => this.#scheme.isVersion(version) && allows(version));
    const hit = allowed.filter((version) => affected.includes(version));
    if (hit.length === 0) return null;
    const highest = hit.reduce((a, b) => (this.#scheme.compare(a, b) >= 0 ? a : b));
    return {
      certainty: hit.length === allowed.length ? 'certain' : 'possible',
      fixed: affected.fixFor(highest),
    };
  }
}

/** What concerns a pin by what the index has worked out beforehand. */
function pinnedMatches(entry: PackedEntry, key: string): Match[] {
  const matches: Match[] = [];
  for (const [at, spans] of entry.spans.entries()) {
    const fixed = fixIn(spans ?? [], key);
    if (fixed === undefined) continue;
    matches.push({ ...aboutOf(entry.advisory(at)), certainty: 'certain', fixed });
  }
  return matches;
}

function aboutOf([id, aliases, severity, summary, exploitation]: IndexedAdvisory): Candidate['about'] {
  const malicious = isMaliciousId(id) || aliases.some(isMaliciousId);
  return { id, aliases, severity, summary, malicious, ...exploitation };
}
