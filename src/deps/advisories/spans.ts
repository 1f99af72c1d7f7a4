import type { Affected } from './affected.ts';
import { affectedVersions } from './affected.ts';
import type { SortKey } from './sort-key.ts';
import { HIGHEST_KEY, keyBehind, LOWEST_KEY } from './sort-key.ts';
import type { VersionScheme } from './version-scheme.ts';

/**
 * The stretches of versions that an advisory affects, in order, as three texts each: the key of the first version, the key of the first one
 * behind, and the version that mends those between (null: none does).
 */
export type Spans = readonly (string | null)[];

/** Events and versions of a record that are worked out beforehand; real ones have a tenth of it. */
const MAX_EVENTS = 200;
const MAX_VERSIONS = 5_000;

/** Between a key and the version that it is of, as it is written; no version has it. */
const BEFORE_TEXT = '\0';

/** Keys with their versions, in the place of versions: what affects them is worked out as ever, on texts that compare faster. */
const KEYED: VersionScheme = {
  isVersion: () => true,
  compare: (a, b) => {
    const [keyA, keyB] = [keyIn(a), keyIn(b)];
    return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
  },
  canonical: keyIn,
  range: () => null,
  after: keyBehind,
  sortKey: keyIn,
};

function keyIn(keyed: string): string {
  return keyed.slice(0, keyed.indexOf(BEFORE_TEXT));
}

/**
 * Works out beforehand what an advisory says of every version that has a key.
 * @returns null when it names a bound that has none, or too many: it has to be asked about each version as it comes
 */
export function spansOf({ ranges, versions }: Affected, keyOf: SortKey): Spans | null {
  const events = ranges === '' ? [] : ranges.split(/[ |]/);
  if (events.length > MAX_EVENTS || versions.length > MAX_VERSIONS) return null;
  const points = new Set([LOWEST_KEY]);
  const keyed = new Map<string, string>();
  for (const event of events) {
    const version = event.slice(1);
    if (version === '0') continue;
    const key = keyOf(version);
    if (key === null) return null;
    keyed.set(version, `${key}${BEFORE_TEXT}${version}`);
    points.add(key).add(keyBehind(key));
  }
  // What has no key is none of the versions that are asked about here.
  const listed = versions.map(keyOf).filter((key) => key !== null);
  for (const key of listed) points.add(key).add(keyBehind(key));
  const affected = affectedVersions(
    {
      ranges: ranges.replace(/[^ |]+/g, (event) => event.charAt(0) + (keyed.get(event.slice(1)) ?? '0')),
      versions: listed.map((key) => key + BEFORE_TEXT),
    },
    KEYED,
  );
  const spans: (string | null)[] = [];
  const sorted = [...points].sort();
  for (const [at, point] of sorted.entries()) {
    if (!affected.includes(point + BEFORE_TEXT)) continue;
    add(spans, point, sorted[at + 1] ?? HIGHEST_KEY, fixOf(affected.fixFor(point + BEFORE_TEXT)));
  }
  return spans;
}

function fixOf(keyed: string | null): string | null {
  return keyed === null ? null : keyed.slice(keyed.indexOf(BEFORE_TEXT) + 1);
}

/** Stretches that touch and are mended by the same version are one. */
function add(spans: (string | null)[], from: string, to: string, fixed: string | null): void {
  if (spans.length > 0 && spans.at(-2) === from && spans.at(-1) === fixed) spans[spans.length - 2] = to;
  else spans.push(from, to, fixed);
}

/** The version that mends an affected one (null: none does), asked by its key; undefined when it is not affected. */
export function fixIn(spans: Spans, key: string): string | null | undefined {
  for (let at = 0; at < spans.length && key >= spans[at]!; at += 3)
    if (key < spans[at + 1]!) return spans[at + 2];
  return undefined;
}
