import * as pep440 from '@renovatebot/pep440';
import { semver } from '../semver.ts';

/**
 * Versions as texts that sort, code unit by code unit, as the versions do: what is compared with one pin after the other is turned into its
 * key once, when the index is made. Keys of one ecosystem compare with each other only. A number is its digits behind a letter that says how
 * many they are; whatever may follow a number that is no number sorts before every letter.
 */
export type SortKey = (version: string) => string | null;

/** Before every version. */
export const LOWEST_KEY = '';

/** Behind every key. */
export const HIGHEST_KEY = '~';

/** The key of what comes right behind a version: it sorts before what any longer version would have. */
export function keyBehind(key: string): string {
  return `${key} `;
}

/** Longer versions have no key, in characters. */
const MAX_CHARACTERS = 64;

const LETTER_A = 0x61;
const ZERO = 0x30;
const DOT = 0x2e;

/** Digits of a number that are exact. */
const MAX_DIGITS = 15;

function numberKey(value: number): string | null {
  if (!Number.isSafeInteger(value) || value < 0) return null;
  const digits = String(value);
  return digits.length > MAX_DIGITS ? null : String.fromCharCode(LETTER_A + digits.length - 1) + digits;
}

/** The key of a row of numbers; null when one of them has none. */
function numbersKey(numbers: readonly number[]): string | null {
  const keys = numbers.map(numberKey);
  return keys.includes(null) ? null : keys.join('');
}

/** What follows the numbers of a final release: no pre-release, no post-release, not under development. */
const FINAL = '201';

/**
 * The key of a version by PEP 440 ("Summary of permitted suffixes and relative ordering"); null when it is none, or when only the library
 * knows how it compares: it has a local part, or a number that is not exact.
 */
export function pypiSortKey(version: string): string | null {
  if (version.length > MAX_CHARACTERS) return null;
  const plain = plainKey(version, 0);
  if (plain !== null) return `a0${plain}${FINAL}`;
  const parsed = pep440.valid(version) === null ? null : pep440.explain(version);
  if (parsed === null || parsed.local !== null) return null;
  const { epoch, release, pre, post, dev } = parsed;
  const last = release.findLastIndex((number) => number !== 0);
  const numbers = numbersKey([epoch, ...release.slice(0, last + 1)]);
  const preKey = numberKey(Number(pre?.[1] ?? 0));
  const postKey = numberKey(Number(post ?? 0));
  const devKey = numberKey(Number(dev ?? 0));
  if (numbers === null || preKey === null || postKey === null || devKey === null) return null;
  const isOnlyDev = pre === null && post === null && dev !== null;
  return [
    numbers,
    pre === null ? (isOnlyDev ? '0' : '2') : `1${String(pre[0]).charAt(0)}${preKey}`,
    post === null ? '0' : `1${postKey}`,
    dev === null ? '1' : `0${devKey}`,
  ].join('');
}

/**
 * The key of the numbers of a version that has nothing but numbers and dots; null for all others.
 * @param count how many numbers it must have, none of them left out; 0: any, and zeros at the end do not count
 */
function plainKey(version: string, count: number): string | null {
  let key = '';
  let kept = '';
  let numbers = 0;
  for (let at = 0; at <= version.length; at += 1) {
    const from = at;
    let digit = version.charCodeAt(at);
    while (digit >= ZERO && digit <= ZERO + 9) digit = version.charCodeAt((at += 1));
    const digits = at - from;
    if (digits === 0 || digits > MAX_DIGITS || (at < version.length && digit !== DOT)) return null;
    const isZero = digits === 1 && version.charCodeAt(from) === ZERO;
    if (digits > 1 && version.charCodeAt(from) === ZERO) return null;
    key += String.fromCharCode(LETTER_A + digits - 1) + version.slice(from, at);
    numbers += 1;
    if (!isZero) kept = key;
  }
  return count === 0 ? kept : numbers === count ? key : null;
}

const LOOSE = { loose: true };
const RELEASE = '2';

/** The key of a version by Semantic Versioning 2.0.0, section 11; null when it is none, or has a number that is not exact. */
export function npmSortKey(version: string): string | null {
  if (version.length > MAX_CHARACTERS) return null;
  const plain = plainKey(version, 3);
  if (plain !== null) return plain + RELEASE;
  const parsed = semver().parse(version, LOOSE);
  if (parsed === null) return null;
  const numbers = numbersKey([parsed.major, parsed.minor, parsed.patch]);
  if (numbers === null) return null;
  if (parsed.prerelease.length === 0) return numbers + RELEASE;
  // Numbers come before words, fewer parts before more; a word ends with what sorts before all that it may hold.
  const parts = parsed.prerelease.map((part) => {
    // A number that is not exact stays a text, and compares as a number.
    if (typeof part === 'string') return /^\d+$/.test(part) ? null : `2${part}!`;
    const key = numberKey(part);
    return key === null ? null : `1${key}`;
  });
  return parts.includes(null) ? null : `${numbers}1${parts.join('')}0`;
}
