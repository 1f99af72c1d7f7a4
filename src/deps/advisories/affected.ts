import type { VersionScheme } from './version-scheme.ts';

/** `+` introduced, `-` fixed, `=` last affected, then the version: one event of a range, as the index keeps it. */
export type CompactEvent = string;

/** One advisory on one package, as the index keeps it. */
export interface Affected {
  /** Each range is a list of events separated by spaces; ranges are separated by `|`. Empty: none. */
  readonly ranges: string;
  /** Versions that no range covers. */
  readonly versions: readonly string[];
}

interface Event {
  readonly kind: string;
  readonly version: string;
}

/** The ranges of an advisory made ready for many questions. */
export interface AffectedVersions {
  readonly includes: (version: string) => boolean;
  /** The smallest version above the given one in which a range that holds it ends as fixed; null when none does. */
  readonly fixFor: (version: string) => string | null;
  /** Every version that is named: where the answer may change. */
  readonly bounds: readonly string[];
}

/**
 * Evaluates an advisory the way the OSV schema says ("Evaluation"): the events of a range in order of version, the last one not above the
 * version decides; the list of versions counts as well. Events that are no versions of the ecosystem are passed over.
 */
export function affectedVersions({ ranges, versions }: Affected, scheme: VersionScheme): AffectedVersions {
  const parsed = ranges === '' ? [] : ranges.split('|').map((range) => parseRange(range, scheme));
  const literals = new Set(versions.map((version) => scheme.canonical(version)));
  const inRange = (events: readonly Event[], version: string): boolean => {
    let isAffected = false;
    for (const event of events) {
      const order = event.version === '0' ? 1 : scheme.compare(version, event.version);
      if (order < 0) break;
      if (event.kind === '+') isAffected = true;
      else if (event.kind === '-' || order > 0) isAffected = false;
    }
    return isAffected;
  };
  return {
    includes: (version) => {
      if (literals.has(scheme.canonical(version))) return true;
      return scheme.isVersion(version) && parsed.some((events) => inRange(events, version));
    },
    fixFor: (version) => {
      if (!scheme.isVersion(version)) return null;
      const fixes = parsed
        .filter((events) => inRange(events, version))
        .flatMap((events) =>
          events.filter(({ kind, version: fix }) => kind === '-' && scheme.compare(fix, version) > 0),
        )
        .map(({ version: fix }) => fix)
        .sort((a, b) => scheme.compare(a, b));
      return fixes[0] ?? null;
    },
    bounds: [
      ...parsed.flatMap((events) =>
        events.map(({ version }) => version).filter((version) => version !== '0'),
      ),
      ...versions.filter((version) => scheme.isVersion(version)),
    ],
  };
}

function parseRange(range: string, scheme: VersionScheme): readonly Event[] {
  return range
    .split(' ')
    .map((event): Event => ({ kind: event.charAt(0), version: event.slice(1) }))
    .filter(({ version }) => version === '0' || scheme.isVersion(version))
    .sort((a, b) => compareEvents(a, b, scheme));
}

function compareEvents(a: Event, b: Event, scheme: VersionScheme): number {
  if (a.version === b.version) return 0;
  if (a.version === '0') return -1;
  return b.version === '0' ? 1 : scheme.compare(a.version, b.version);
}
