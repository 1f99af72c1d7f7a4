/** One token of JSON, or the white space in front of it. */
const TOKEN =
  /[ \t\r\n]+|"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/y;

/** What may come next. `first` allows the closing bracket as well. */
type Expected = 'first-key' | 'key' | 'colon' | 'first-value' | 'value' | 'separator' | 'end';

/**
 * Where JSON text stops being JSON (RFC 8259), as an offset. Node 20 gives a position in some of its messages only. Goes over the text
 * once, whatever its nesting.
 * @returns the length of the text when it ends too early or nothing is wrong
 */
export function offsetOfJsonError(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return at;
    if (/^\s/.test(token)) continue;
    const next = step(token, expected, open);
    if (next === null) return at;
    expected = next;
  }
  return text.length;
}

function step(token: string, expected: Expected, open: string[]): Expected | null {
  const after = (): Expected => (open.length === 0 ? 'end' : 'separator');
  if (token === '}' || token === ']') {
    const isAllowed = expected === 'separator' || expected === (token === '}' ? 'first-key' : 'first-value');
    return isAllowed && open.pop() === token ? after() : null;
  }
  if (token === ',') {
    if (expected !== 'separator') return null;
    return open.at(-1) === '}' ? 'key' : 'value';
  }
  if (token === ':') return expected === 'colon' ? 'value' : null;
  if (expected === 'key' || expected === 'first-key') return token.startsWith('"') ? 'colon' : null;
  if (expected !== 'value' && expected !== 'first-value') return null;
  if (token === '{' || token === '[') {
    open.push(token === '{' ? '}' : ']');
    return token === '{' ? 'first-key' : 'first-value';
  }
  return after();
}
