/** Character codes that the lexer compares with. */
export const TAB = 9;
export const LINE_FEED = 10;
export const FORM_FEED = 12;
export const CARRIAGE_RETURN = 13;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const DOT_CODE = 46;
export const EQUALS_CODE = 61;
export const BACKSLASH = 92;
export const UNDERSCORE = 95;
export const OPENING_BRACE = 123;
export const CLOSING_BRACE = 125;

/** What a character can begin. */
export const BLANK = 1;
export const LINE_BREAK = 2;
export const LETTER = 3;
export const DIGIT = 4;
export const QUOTE = 5;
export const COMMENT = 6;
export const CONTINUATION = 7;
export const POINT = 8;
export const OPERATOR = 9;
export const OPENER = 10;
export const CLOSER = 11;

/** Class by UTF-16 unit. What lies outside ASCII is part of an identifier unless it is one of the white spaces. */
export const CLASSES = new Uint8Array(0x1_0000).fill(LETTER, 128);

/** 1 for what an identifier can go on with. */
export const CONTINUES_NAME = new Uint8Array(0x1_0000).fill(1, 128);

function put(characters: string, kind: number): void {
  for (const character of characters) {
    CLASSES[character.charCodeAt(0)] = kind;
    CONTINUES_NAME[character.charCodeAt(0)] = kind === LETTER || kind === DIGIT ? 1 : 0;
  }
}

// A NUL is taken for a space: it separates, and what follows must be seen.
put(' \t\f\v\0', BLANK);
put('\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u2060\u200b\u3000\ufeff', BLANK);
for (let space = 0x2000; space < 0x200b; space += 1) put(String.fromCharCode(space), BLANK);
put('\n\r', LINE_BREAK);
put('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', LETTER);
put('0123456789', DIGIT);
put('\'"', QUOTE);
put('#', COMMENT);
put('\\', CONTINUATION);
put('.', POINT);
put('+-*/%@&|^~<>=!:,;`', OPERATOR);
put('([{', OPENER);
put(')]}', CLOSER);

/** True for a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
