import { VersionLine } from './version-line.ts';
import type { VersionScheme } from './version-scheme.ts';

/** One advisory on one package, as the index keeps it. */
export interface Affected {
  /**
   * Each range is a list of events separated by spaces; ranges are separated by `|`. An event is `+` (introduced), `-` (fixed) or `=` (last
   * affected) and a version. Empty: none.
   */
  readonly ranges: string;
  /** Versions that no range covers. */
  readonly versions: readonly string[];
}

interface Event {
  readonly kind: string;
  readonly version: string;
  readonly position: number;
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
 * version decides; the list of versions counts as well. Events that are no versions of the ecosystem are passed over.
 * @param line the versions that the package's advisories name, those of this one among them
 */
export function affectedVersions(
  affected: Affected,
  scheme: VersionScheme,
  line: VersionLine = new VersionLine(namedVersions(affected), scheme),
): AffectedVersions {
  const { ranges, versions } = affected;
  const parsed = ranges === '' ? [] : ranges.split('|').map((range) => parseRange(range, line));
  const literals = new Set(versions.map((version) => scheme.canonical(version)));
  const includes = (version: string): boolean => {
    if (literals.size > 0 && literals.has(scheme.canonical(version))) return true;
    const position = line.positionOf(version);
    return position !== null && parsed.some((events) => isInRange(events, position));
  };
  return {
    includes,
    fixFor: (version) => {
      const position = line.positionOf(version);
      if (position === null) return null;
      // Ranges may overlap: what ends one of them may lie in another.
      const fixes = parsed
        .filter((events) => isInRange(events, position))
        .flatMap((events) => events.filter((event) => event.kind === '-' && event.position > position))
        .filter((fix) => !includes(fix.version))
        .sort((a, b) => a.position - b.position);
      return fixes[0]?.version ?? null;
    },
  };
}

function isInRange(events: readonly Event[], position: number): boolean {
  let isAffected = false;
  for (const event of events) {
    if (event.position > position) break;
    if (event.kind === '+') isAffected = true;
    else if (event.kind === '-' || event.position < position) isAffected = false;
  }
  return isAffected;
}

function parseRange(range: string, line: VersionLine): readonly Event[] {
  return range
    .split(' ')
    .flatMap((event) => {
      const version = event.slice(1);
      const position = line.positionOf(version);
      return position === null ? [] : [{ kind: event.charAt(0), version, position }];
    })
    .sort((a, b) => a.position - b.position);
}
