export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const BANG = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const AMPERSAND = 0x26;
export const SINGLE_QUOTE = 0x27;
export const OPEN_PAREN = 0x28;
export const CLOSE_PAREN = 0x29;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const BACKQUOTE = 0x60;
export const OPEN_BRACE = 0x7b;
export const PIPE = 0x7c;
export const CLOSE_BRACE = 0x7d;

/** A set of ASCII characters, 1 at the code of each member. */
export type CharacterSet = Uint8Array;

export function characterSet(members: string): CharacterSet {
  const set = new Uint8Array(128);
  for (let at = 0; at < members.length; at++) set[members.charCodeAt(at)] = 1;
  return set;
}

/** True for members; characters outside ASCII and the end (-1) are none. */
export function isIn(set: CharacterSet, code: number): boolean {
  return set[code] === 1;
}

/** What ends an unquoted word (Bash manual, "metacharacter"). */
export const METACHARACTERS = characterSet(' \t\n;&|<>()');

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const NAME_START = characterSet(`_${LETTERS}`);
export const NAME_PART = characterSet(`_${LETTERS}0123456789`);
export const DIGITS = characterSet('0123456789');

/** `$@`, `$?` and the like: parameters named by one character. */
export const SPECIAL_PARAMETERS = characterSet('@*#?-$!0123456789');
