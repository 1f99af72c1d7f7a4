/** Letters behind a backslash, and the control characters that they stand for in C and most languages after it. */
export const CONTROL_LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
