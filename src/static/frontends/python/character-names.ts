const DIGITS = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'];

const PUNCTUATION: readonly (readonly [string, string])[] = [
  [' ', 'SPACE'],
  ['!', 'EXCLAMATION MARK'],
  ['"', 'QUOTATION MARK'],
  ['#', 'NUMBER SIGN'],
  ['$', 'DOLLAR SIGN'],
  ['%', 'PERCENT SIGN'],
  ['&', 'AMPERSAND'],
  ["'", 'APOSTROPHE'],
  ['(', 'LEFT PARENTHESIS'],
  [')', 'RIGHT PARENTHESIS'],
  ['*', 'ASTERISK'],
  ['+', 'PLUS SIGN'],
  [',', 'COMMA'],
  ['-', 'HYPHEN-MINUS'],
  ['.', 'FULL STOP'],
  ['/', 'SOLIDUS'],
  [':', 'COLON'],
  [';', 'SEMICOLON'],
  ['<', 'LESS-THAN SIGN'],
  ['=', 'EQUALS SIGN'],
  ['>', 'GREATER-THAN SIGN'],
  ['?', 'QUESTION MARK'],
  ['@', 'COMMERCIAL AT'],
  ['[', 'LEFT SQUARE BRACKET'],
  ['\\', 'REVERSE SOLIDUS'],
  [']', 'RIGHT SQUARE BRACKET'],
  ['^', 'CIRCUMFLEX ACCENT'],
  ['_', 'LOW LINE'],
  ['`', 'GRAVE ACCENT'],
  ['{', 'LEFT CURLY BRACKET'],
  ['|', 'VERTICAL LINE'],
  ['}', 'RIGHT CURLY BRACKET'],
  ['~', 'TILDE'],
];

function asciiCharacterNames(): Map<string, string> {
  const names = new Map<string, string>(PUNCTUATION.map(([character, name]) => [name, character]));
  DIGITS.forEach((name, digit) => names.set(`DIGIT ${name}`, String(digit)));
  for (let code = 0x41; code <= 0x5a; code++) {
    const letter = String.fromCharCode(code);
    names.set(`LATIN CAPITAL LETTER ${letter}`, letter);
    names.set(`LATIN SMALL LETTER ${letter}`, letter.toLowerCase());
  }
  return names;
}

/**
 * The printable ASCII characters by their Unicode names (Unicode Character Database), for `\N{…}`. Those are what a name, a command
 * or an address can be hidden with; Node knows no character names.
 */
export const ASCII_CHARACTER_NAMES: ReadonlyMap<string, string> = asciiCharacterNames();
