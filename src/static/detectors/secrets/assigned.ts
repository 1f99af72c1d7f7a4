import { entropyOf } from '../entropy.ts';
import { isCommonPassword, isPlaceholder, isReference, isStandInWord } from '../placeholder.ts';
import type { NameKind } from './secret-name.ts';

/** A value whose two halves are a user and a password: `user:password`, as `Basic` headers and registries' files hold it. */
export function decodedPair(value: string): { readonly user: string; readonly password: string } | null {
  if (!/^[A-Za-z0-9+/_-]{8,400}={0,2}$/.test(value)) return null;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  const match = /^([\x21-\x7e]{1,100}?):([\x20-\x7e]{3,400})$/.exec(decoded);
  return match === null ? null : { user: match[1]!, password: match[2]! };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{12}$/i;

/** A random UUID (version 4) stands for a key only where the name says so plainly. */
function isRandomUuid(value: string): boolean {
  const match = UUID.exec(value);
  return match !== null && match[1] === '4' && /[89ab]/i.test(match[2]!);
}

/** Addresses, paths, dotted names, words with hyphens: what is long and is no key. */
const NOT_RANDOM =
  /^(?:https?|file|ftp|s3|gs|ssh|git|data|urn|wss?|postgres\w*|mysql|redis|mongodb\S{0,4}):|^[./~]|^\w+\.\w+\.\w+$|^[A-Za-z_]+(?:[./:-][A-Za-z_]+)*\d{0,2}$|^sha\d+-|^[A-Za-z]+(?:[-_][a-z0-9]+){3,}$|^\d{4}-\d\d-\d\d|^[a-z]+(?:[-_][a-z]+)+[-_]?[a-z]{0,8}\d{1,4}$/;

/**
 * Random text has digits and letters, and more bits a character than words have: base64 keys lie above 4, hex keys of 32 characters
 * at 3 to 4, names and sentences without spaces around 3.5 with hardly a digit.
 */
function looksRandom(value: string): boolean {
  if (isNoise(value)) return true;
  if (isPlaceholder(value) || NOT_RANDOM.test(value) || /\s/.test(value) || UUID.test(value)) return false;
  const decoded = Buffer.from(value, 'base64').toString('latin1');
  if (/^[A-Za-z][A-Za-z ,.'-]{7,}$/.test(decoded)) return false;
  const digits = value.replace(/\D/g, '').length;
  if (digits < 2 || digits === value.length) return false;
  const isHex = /^[0-9a-f]+$/i.test(value);
  if (isHex) return value.length >= 32 && entropyOf(value) > 3;
  return value.length >= 16 && entropyOf(value) >= 3.7 && /[a-z]/i.test(value);
}

/** Keys drawn from all characters (WordPress, Django): long, of every kind, with more bits a character than any text. */
function isNoise(value: string): boolean {
  return (
    value.length >= 40 &&
    value.length <= 200 &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /\d/.test(value) &&
    (value.match(/[^A-Za-z0-9\s]/g)?.length ?? 0) >= 5 &&
    (value.match(/\s/g)?.length ?? 0) <= 2 &&
    !/:\/\/|^[\w.,;-]+$|\$\{|\{\{|=>|\(\w*\)/.test(value) &&
    entropyOf(value) >= 4.6
  );
}

/** What a value given to a telling name is: a random secret, a password that somebody chose, or neither. */
export type Judgement = 'random' | 'password' | 'common-password' | null;

/**
 * Judges a value by what its name says.
 * @param name the name's text, which a password must not merely repeat
 */
export function judgeValue(kind: NameKind, name: string, value: string): Judgement {
  if (value.length < 4 || value.length > 400) return null;
  if (looksRandom(value)) return 'random';
  if (kind === 'key' && isRandomUuid(value) && !isPlaceholder(value) && STRONG_NAME.test(name))
    return 'random';
  return kind === 'password' ? judgePassword(name, value) : null;
}

/** Names whose value cannot be a mere identifier. */
const STRONG_NAME =
  /secret|api[-_]?key|access[-_]?key|auth[-_]?token|api[-_]?token|server[-_]?token|licen[cs]e[-_]?key/i;

function judgePassword(name: string, value: string): Judgement {
  if (isReference(value) || /\s/.test(value.trim()) || value.length > 128) return null;
  if (isCommonPassword(value) || (isStandInWord(value) && value.length < 24)) return 'common-password';
  // A label, a selector, a path, a name of a field or of a variable.
  if (
    /^[#./~@:-]|[:?]$|^(?:https?|file):|passw(?:or)?d|^[A-Za-z]+(?:[._][A-Za-z]+)+$|^[A-Z_]+$/i.test(value)
  ) {
    if (!/\d/.test(value) || /^[#./~]/.test(value)) return null;
  }
  if (value.toLowerCase() === name.toLowerCase()) return null;
  const isMixed = /[A-Za-z]/.test(value) && /[^A-Za-z_-]/.test(value);
  return value.length >= 5 && (isMixed || /^[a-z]{8,24}$/.test(value)) ? 'password' : null;
}
