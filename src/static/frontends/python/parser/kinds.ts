import {
  ASYNC,
  AWAIT,
  BACKTICK,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  ELLIPSIS,
  FALSE,
  FIELD_CLOSE,
  FIELD_OPEN,
  kindSet,
  LAMBDA,
  MINUS,
  NAME,
  NONE,
  NOT,
  NUMBER,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  PLUS,
  STAR,
  STRING,
  TEMPLATE_START,
  TILDE,
  TRUE,
  YIELD,
} from '../tokens.ts';

/** Tokens whose link leads to where their inside ends. */
export const OPENING_KINDS = kindSet(PARENTHESIS_OPEN, BRACKET_OPEN, BRACE_OPEN, FIELD_OPEN);

export const CLOSING_KINDS = kindSet(PARENTHESIS_CLOSE, BRACKET_CLOSE, BRACE_CLOSE, FIELD_CLOSE);

const OPERAND_KINDS = [
  ...[NAME, NUMBER, STRING, TEMPLATE_START, BRACKET_OPEN, PARENTHESIS_OPEN, BRACE_OPEN, ELLIPSIS, BACKTICK],
  ...[FALSE, NONE, TRUE, LAMBDA],
];

/** What an expression can begin with. */
export const EXPRESSION_START = kindSet(...OPERAND_KINDS, TILDE, PLUS, MINUS, NOT, AWAIT, ASYNC);

/** What an expression can begin with where several can stand side by side. */
export const EXPRESSIONS_START = kindSet(
  ...OPERAND_KINDS,
  TILDE,
  PLUS,
  MINUS,
  NOT,
  AWAIT,
  ASYNC,
  STAR,
  YIELD,
);

/** What can only begin an expression: behind a name it means that the name was a keyword of Python 2 or a soft one. */
export const OPERAND_START = kindSet(
  ...[NAME, NUMBER, STRING, TEMPLATE_START, BRACE_OPEN, ELLIPSIS, BACKTICK, TILDE],
  ...[FALSE, NONE, TRUE, LAMBDA, NOT, AWAIT],
);
