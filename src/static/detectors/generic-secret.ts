import type { Language, Span } from '../../model/program.ts';
import { entropyOf } from './entropy.ts';
import { isPlaceholder } from './placeholder.ts';

/** Parts of names whose value is a secret. */
export const SECRET_NAME =
  /api[-_]?key|access[-_]?key|secret[-_]?key|auth[-_]?token|access[-_]?token|refresh[-_]?token|client[-_]?secret|private[-_]?key|encryption[-_]?key|signing[-_]?key|bot[-_]?token|webhook[-_]?secret|secret|token|passw(?:or)?d|passphrase|credentials?/gi;

/** From the end of the name to its value: the rest of the name, a quote, a sign, an opening quote or none. */
const QUOTED_VALUE =
  /[\w-]{0,40}["'\]]{0,3}(?::\s{0,4}[A-Za-z_]{1,20})?\s{0,8}(?:=|:|=>|:=|,)\s{0,8}[bru]?(["'`])([^"'`\s]{12,200})\1/y;
const BARE_VALUE = /[\w-]{0,40}[ \t]{0,8}[=:][ \t]{0,8}([^\s"'`#;,<>{}()[\]]{12,200})(?=\s|$)/y;

/** Names that only speak of secrets: `token_count`, `secret_name`, `passwordField`, `tokenizer`. */
const ABOUT_A_SECRET =
  /^(?:[-_]?(?:name|id|type|url|uri|path|file|field|count|limit|length|size|regex|pattern|hash|prefix|suffix|label|header|env|var|arn|ref|manager|store|provider|endpoint|format|expir\w*|ttl|budget)s?\b|iz|[-_]?(?:Name|Id|Type|Url|Uri|Path|File|Field|Count|Limit|Length|Size|Regex|Pattern|Hash|Prefix|Suffix|Label|Header))/;

/** Languages whose values stand without quotes. */
const BARE_LANGUAGES = new Set<Language>(['yaml', 'ini', 'text', 'shell', 'dockerfile']);

/**
 * Where a name that says secret is given a value that looks random: long, mixed, of high entropy, no placeholder, path or address.
 * @param index behind the name's telling part
 * @returns the value's range without quotes, or null
 */
export function genericSecretAt(text: string, index: number, language: Language): Span | null {
  if (ABOUT_A_SECRET.test(text.slice(index, index + 20))) return null;
  QUOTED_VALUE.lastIndex = index;
  const quoted = QUOTED_VALUE.exec(text);
  if (quoted !== null) {
    const value = quoted[2]!;
    const end = index + quoted[0].length - 1;
    return looksRandom(value) ? { start: end - value.length, end } : null;
  }
  if (!BARE_LANGUAGES.has(language)) return null;
  BARE_VALUE.lastIndex = index;
  const bare = BARE_VALUE.exec(text);
  if (bare === null) return null;
  const value = bare[1]!;
  const end = index + bare[0].length;
  return looksRandom(value) ? { start: end - value.length, end } : null;
}

/**
 * Random text has digits and letters, and more bits a character than words have: base64 keys lie above 4, hex keys of 32 characters
 * at 3 to 4, names and sentences without spaces around 3.5 with hardly a digit.
 */
function looksRandom(value: string): boolean {
  if (
    isPlaceholder(value) ||
    /^(?:https?|file|ftp|s3|gs):|^[./~]|^\w+\.\w+\.\w+$|^[A-Za-z_]+(?:[._/-][A-Za-z_]+)*\d?$/.test(value)
  )
    return false;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) return false;
  const digits = value.replace(/\D/g, '').length;
  if (digits < 2 || digits === value.length) return false;
  const isHex = /^[0-9a-f]+$/i.test(value);
  if (isHex) return value.length >= 32 && entropyOf(value) > 3;
  return value.length >= 16 && entropyOf(value) >= 3.7 && /[a-z]/i.test(value);
}
