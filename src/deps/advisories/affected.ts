import type { VersionScheme } from './version-scheme.ts';

/** One advisory on one package, as the index keeps it. */
export interface Affected {
  /**
   * Each range is a list of events in order of version (`inOrder`), separated by spaces; ranges are separated by `|`. An event is `+`
   * (introduced), `-` (fixed) or `=` (last affected) and a version. Empty: none.
   */
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
  /** The smallest version above the given one in which a range that holds it ends as fixed and that no other range holds; null when there is none. */
  readonly fixFor: (version: string) => string | null;
}

/** Every version that an advisory names, as written. */
export function namedVersions({ ranges, versions }: Affected): string[] {
  const events = ranges === '' ? [] : ranges.split(/[ |]/).map((event) => event.slice(1));
  return [...events, ...versions];
}

/**
 * Evaluates an advisory the way the OSV schema says ("Evaluation"): the events of a range in order of version, the last one not above the
 * version decides; the list of versions counts as well.
 */
export function affectedVersions({ ranges, versions }: Affected, scheme: VersionScheme): AffectedVersions {
  const parsed = ranges === '' ? [] : ranges.split('|').map(parseRange);
  const literals = versions.length === 0 ? null : new Set(versions.map(scheme.canonical));
  const includes = (version: string): boolean => {
    if (literals?.has(scheme.canonical(version)) === true) return true;
    return scheme.isVersion(version) && parsed.some((events) => isInRange(events, version, scheme));
  };
  return {
    includes,
    fixFor: (version) => {
      if (!scheme.isVersion(version)) return null;
      // Ranges may overlap: what ends one of them may lie in another.
      const fixes = parsed
        .filter((events) => isInRange(events, version, scheme))
        .flatMap((events) => events.filter(({ kind }) => kind === '-').map((event) => event.version))
        .filter((fix) => scheme.compare(fix, version) > 0 && !includes(fix))
        .sort((a, b) => scheme.compare(a, b));
      return fixes[0] ?? null;
    },
  };
}

/** OSV's `0` stands before every version, also before `0rc1`. */
function compareTo(event: Event, version: string, scheme: VersionScheme): number {
  if (event.version === version) return 0;
  return event.version === '0' ? -1 : scheme.compare(event.version, version);
}

function isInRange(events: readonly Event[], version: string, scheme: VersionScheme): boolean {
  let isAffected = false;
  for (const event of events) {
    const order = compareTo(event, version, scheme);
    if (order > 0) break;
    if (event.kind === '+') isAffected = true;
    else if (event.kind === '-' || order < 0) isAffected = false;
  }
  return isAffected;
}

function parseRange(range: string): readonly Event[] {
  return range.split(' ').map(parseEvent);
}

function parseEvent(event: string): Event {
  return { kind: event.charAt(0), version: event.slice(1) };
}

/** Events in order of version, as written for the same version. Those that are no versions of the ecosystem are passed over. */
export function inOrder(events: readonly string[], scheme: VersionScheme): string[] {
  return events
    .map((text) => ({ text, ...parseEvent(text) }))
    .filter(({ version }) => version === '0' || scheme.isVersion(version))
    .sort((a, b) => (b.version === '0' ? -compareTo(b, a.version, scheme) : compareTo(a, b.version, scheme)))
    .map(({ text }) => text);
}
