import * as pep440 from '@renovatebot/pep440';
import { semver } from '../semver.ts';
import type { SortKey } from './sort-key.ts';
import { npmSortKey, pypiSortKey } from './sort-key.ts';

/** How an ecosystem orders versions and reads ranges. Every function takes any text and never throws. */
export interface VersionScheme {
  readonly isVersion: (version: string) => boolean;
  /** Both must be versions. */
  readonly compare: (a: string, b: string) => number;
  /** Equal versions are spelled alike (`1.0` and `1.0.0`); what is no version is left as it is. */
  readonly canonical: (version: string) => string;
  /** A range made ready for many questions; null when it is not understood. */
  readonly range: (range: string) => VersionRange | null;
  /** A version a little newer, older than any that is likely to be published next. */
  readonly after: (version: string) => string;
  /** The key by which a version sorts among those of the ecosystem; null for some that are rare. */
  readonly sortKey: SortKey;
}

/** A range of versions. */
interface VersionRange {
  readonly allows: (version: string) => boolean;
  /** The versions it names. */
  readonly bounds: readonly string[];
}

/** Longest version or range that is parsed, in characters: real ones are a tenth of it. */
const MAX_CHARACTERS = 512;

const PYPI: VersionScheme = {
  isVersion: (version) =>
    isPlain(version) || (version.length < MAX_CHARACTERS && pep440.valid(version) !== null),
  compare: (a, b) => compareNumbers(a, b) ?? pep440.compare(a, b),
  canonical: canonicalPypi,
  range: pypiRange,
  after: (version) => {
    const { release, rest } = splitPypi(version);
    // A final release comes after its pre-releases; `>1.9` does not allow 1.9.post1 (PEP 440), so a longer release is used.
    return /^\.?(?:a|b|rc|dev)/.test(rest) ? release : `${release}.0.0.1`;
  },
  sortKey: pypiSortKey,
};

/** Numbers and dots, nothing else, which nineteen of twenty versions are: every scheme compares them number by number. */
const PLAIN = /^(?:0|[1-9]\d{0,14})(?:\.(?:0|[1-9]\d{0,14})){0,7}$/;

function isPlain(version: string): boolean {
  return PLAIN.test(version);
}

const ZERO = 0x30;
const DOT = 0x2e;

/**
 * Compares versions of numbers and dots without taking them apart first, as the libraries do after; what is missing counts as 0.
 * @returns null when one of them has anything else, or a number too large to be exact
 */
function compareNumbers(a: string, b: string): number | null {
  let atA = 0;
  let atB = 0;
  while (atA < a.length || atB < b.length) {
    let numberA = 0;
    let numberB = 0;
    for (; atA < a.length; atA += 1) {
      const digit = a.charCodeAt(atA) - ZERO;
      if (digit === DOT - ZERO) break;
      if (digit < 0 || digit > 9) return null;
      numberA = numberA * 10 + digit;
    }
    for (; atB < b.length; atB += 1) {
      const digit = b.charCodeAt(atB) - ZERO;
      if (digit === DOT - ZERO) break;
      if (digit < 0 || digit > 9) return null;
      numberB = numberB * 10 + digit;
    }
    if (numberA > Number.MAX_SAFE_INTEGER || numberB > Number.MAX_SAFE_INTEGER) return null;
    if (numberA !== numberB) return hasOther(a, atA) || hasOther(b, atB) ? null : numberA - numberB;
    atA += 1;
    atB += 1;
  }
  return 0;
}

/** True when the rest of a version is more than numbers and dots: `1.0` is not above `1!0.1`, though 1.0 is above 1. */
function hasOther(version: string, from: number): boolean {
  for (let at = from; at < version.length; at += 1) {
    const digit = version.charCodeAt(at) - ZERO;
    if ((digit < 0 || digit > 9) && digit !== DOT - ZERO) return true;
  }
  return false;
}

/** The numbers of a version (with its epoch), and what follows them (`rc1`, `.post2`, `+local`). */
function splitPypi(version: string): { readonly release: string; readonly rest: string } {
  const clean = pep440.clean(version) ?? version;
  const release = /^(?:\d+!)?\d+(?:\.\d+)*/.exec(clean)?.[0] ?? clean;
  return { release, rest: clean.slice(release.length) };
}

function canonicalPypi(version: string): string {
  if (isPlain(version)) return version.replace(/(?:\.0+)+$/, '');
  if (!PYPI.isVersion(version)) return version;
  const { release, rest } = splitPypi(version);
  // Trailing zeros of the release do not count (PEP 440).
  return release.replace(/(?:\.0+)+$/, '') + rest;
}

/** PEP 440 specifiers, with Poetry's `^`, `~`, bare wildcard and `||` turned into them. */
function pypiRange(range: string): VersionRange | null {
  if (range.length > MAX_CHARACTERS) return null;
  const alternatives = range.split(/\s*\|\|?\s*/).map(toPep440);
  if (!alternatives.every((alternative) => alternative !== null && pep440.validRange(alternative)))
    return null;
  const specifiers = alternatives.filter((alternative) => alternative !== null);
  const bounds = specifiers.flatMap((specifier) =>
    [...specifier.matchAll(/[=!~<>]=?=?\s*([^,\s]+)/g)].map((match) => (match[1] ?? '').replace(/\.\*$/, '')),
  );
  return {
    allows: (version) =>
      specifiers.some((specifier) => pep440.satisfies(version, specifier, { prereleases: true })),
    bounds: bounds.filter((bound) => PYPI.isVersion(bound)),
  };
}

/**
 * A range of PyPI as PEP 440 specifiers, Poetry's `^` and `~` turned into them; null when it is none. The standard has no "or": of Poetry's
 * alternatives (`^1 || ^2`) it is the one that allows the newest versions, which are what is installed.
 */
export function pypiSpecifier(range: string): string | null {
  if (range.length > MAX_CHARACTERS) return null;
  const alternatives = range.split(/\s*\|\|?\s*/).map(toPep440);
  const valid = alternatives.filter((each) => each !== null).filter((each) => pep440.validRange(each));
  if (valid.length !== alternatives.length) return null;
  const ends = valid.map((specifier) => ({ specifier, end: endOf(specifier) }));
  return ends.reduce((a, b) => (isNewer(b.end, a.end) ? b : a)).specifier;
}

/** The highest version that a specifier names as its end; null when it has none. */
function endOf(specifier: string): string | null {
  const ends = [...specifier.matchAll(/(?:^|,)\s*(?:<=?|===?|~=)\s*([^,\s]+)/g)]
    .map(([, version = '']) => version.replace(/\.\*$/, ''))
    .filter((version) => PYPI.isVersion(version));
  return ends.length === 0 ? null : ends.reduce((a, b) => (PYPI.compare(a, b) >= 0 ? a : b));
}

function isNewer(end: string | null, other: string | null): boolean {
  if (other === null) return false;
  return end === null || PYPI.compare(end, other) > 0;
}

function toPep440(specifier: string): string | null {
  const parts = specifier
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const converted = parts.map((part) => {
    const poetry = /^(\^|~)(?!=)\s*(\d+(?:\.\d+)*)(.*)$/.exec(part);
    if (poetry !== null) {
      const [, operator = '', release = '', rest = ''] = poetry;
      return `>=${release}${rest},<${nextRelease(release.split('.').map(Number), operator)}`;
    }
    return /^\d/.test(part) ? `==${part}` : part;
  });
  return converted.length === 0 ? null : converted.join(',');
}

/** `^1.2.3` stays below the next change of the leftmost part that is not zero, `~1.2.3` below the next minor one. */
function nextRelease(release: readonly number[], operator: string): string {
  const firstNonZero = release.findIndex((part) => part > 0);
  const caret = firstNonZero === -1 ? release.length - 1 : firstNonZero;
  const at = operator === '^' ? caret : Math.min(1, release.length - 1);
  return release
    .slice(0, at + 1)
    .map((part, index) => (index === at ? part + 1 : part))
    .join('.');
}

const TRIPLE = /^(?:0|[1-9]\d{0,14})(?:\.(?:0|[1-9]\d{0,14})){2}$/;

function isPlainTriple(version: string): boolean {
  return TRIPLE.test(version);
}

const LOOSE = { loose: true };

const NPM: VersionScheme = {
  isVersion: (version) => isPlainTriple(version) || semver().valid(version, LOOSE) !== null,
  compare: (a, b) => compareNumbers(a, b) ?? semver().compare(a, b, LOOSE),
  canonical: (version) => (isPlainTriple(version) ? version : (semver().valid(version, LOOSE) ?? version)),
  range: (range) => {
    if (range.length > MAX_CHARACTERS || semver().validRange(range, LOOSE) === null) return null;
    const parsed = new (semver().Range)(range, LOOSE);
    const bounds = parsed.set.flat().map(({ semver: bound }) => bound.version);
    return {
      allows: (version) => parsed.test(version),
      bounds: bounds.filter((bound) => NPM.isVersion(bound)),
    };
  },
  after: (version) => {
    const parsed = semver().parse(version, LOOSE);
    if (parsed === null) return version;
    const { major, minor, patch, prerelease } = parsed;
    return `${String(major)}.${String(minor)}.${String(prerelease.length > 0 ? patch : patch + 1)}`;
  },
  sortKey: npmSortKey,
};

/** The ecosystems whose advisories are matched, and how each orders versions. */
export const VERSION_SCHEMES = { PyPI: PYPI, npm: NPM } as const satisfies Readonly<
  Record<string, VersionScheme>
>;

/** An ecosystem that has advisories here. */
export type AuditedEcosystem = keyof typeof VERSION_SCHEMES;

/** All of {@link AuditedEcosystem}. */
export const AUDITED_ECOSYSTEMS: readonly AuditedEcosystem[] = ['PyPI', 'npm'];

/** True when packages of this ecosystem can be matched. */
export function isAudited(ecosystem: string): ecosystem is AuditedEcosystem {
  return ecosystem in VERSION_SCHEMES;
}
