/**
 * Kinds of tokens, as small numbers so that they fit a typed array and a `switch` on them compiles to a jump. Indentation and line
 * ends are tokens, as in CPython's tokenizer; comments are not.
 */
export const END = 0;
export const NEWLINE = 1;
export const INDENT = 2;
export const DEDENT = 3;

export const NAME = 4;
export const NUMBER = 5;
/** A whole string literal without expressions in it, prefix and quotes included. */
export const STRING = 6;

/** Prefix and opening quotes of an f-string or t-string; `TEXT` and fields follow, then the closing quotes. */
export const TEMPLATE_START = 7;
export const TEMPLATE_TEXT = 8;
export const TEMPLATE_END = 9;
/** The braces around an expression in an f-string. */
export const FIELD_OPEN = 10;
export const FIELD_CLOSE = 11;
/** `!r` in a field. */
export const FIELD_CONVERSION = 12;
/** `:` in a field; the format follows as `TEXT` and fields. */
export const FIELD_FORMAT = 13;

export const PARENTHESIS_OPEN = 14;
export const PARENTHESIS_CLOSE = 15;
export const BRACKET_OPEN = 16;
export const BRACKET_CLOSE = 17;
export const BRACE_OPEN = 18;
export const BRACE_CLOSE = 19;

export const COMMA = 20;
export const COLON = 21;
export const SEMICOLON = 22;
export const DOT = 23;
export const ELLIPSIS = 24;
export const EQUALS = 25;
export const ARROW = 26;
export const WALRUS = 27;
export const BACKTICK = 28;
/** `+=` and the like. */
export const AUGMENTED = 29;

export const TILDE = 30;
export const PLUS = 31;
export const MINUS = 32;
export const STAR = 33;
export const DOUBLE_STAR = 34;
export const SLASH = 35;
export const DOUBLE_SLASH = 36;
export const PERCENT = 37;
export const AT = 38;
export const SHIFT_LEFT = 39;
export const SHIFT_RIGHT = 40;
export const AMPERSAND = 41;
export const BAR = 42;
export const CARET = 43;
export const LESS = 44;
export const GREATER = 45;
export const LESS_EQUAL = 46;
export const GREATER_EQUAL = 47;
export const DOUBLE_EQUALS = 48;
export const NOT_EQUAL = 49;
/** Python 2's `<>`. */
export const LESS_GREATER = 50;

/** Keywords follow, in the order of {@link KEYWORDS}. */
export const FIRST_KEYWORD = 51;
export const FALSE = 51;
export const NONE = 52;
export const TRUE = 53;
export const AND = 54;
export const AS = 55;
export const ASSERT = 56;
export const ASYNC = 57;
export const AWAIT = 58;
export const BREAK = 59;
export const CLASS = 60;
export const CONTINUE = 61;
export const DEF = 62;
export const DEL = 63;
export const ELIF = 64;
export const ELSE = 65;
export const EXCEPT = 66;
export const FINALLY = 67;
export const FOR = 68;
export const FROM = 69;
export const GLOBAL = 70;
export const IF = 71;
export const IMPORT = 72;
export const IN = 73;
export const IS = 74;
export const LAMBDA = 75;
export const NONLOCAL = 76;
export const NOT = 77;
export const OR = 78;
export const PASS = 79;
export const RAISE = 80;
export const RETURN = 81;
export const TRY = 82;
export const WHILE = 83;
export const WITH = 84;
export const YIELD = 85;
export const KIND_COUNT = 86;

/** Reserved words of Python 3, in the order of their token kinds. */
export const KEYWORDS: readonly string[] = (
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
  'lambda nonlocal not or pass raise return try while with yield'
).split(' ');

/** 1 for each kind in the list, 0 for all others. */
export function kindSet(...kinds: readonly number[]): Uint8Array {
  const set = new Uint8Array(KIND_COUNT);
  for (const kind of kinds) set[kind] = 1;
  return set;
}
