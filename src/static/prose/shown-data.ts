/** A row of data: `{"selector": "#email", "type": "email"},`. */
const ROW = /^\s*[[{].*[\]}],?\s*$/;

/** A statement of code, which may be commented out: `// await page.fill('someone@mail.example');`. */
const STATEMENT = /^\s*(?:\/\/|#)?\s*(?:(?:await|return|const|let|var)\s+)?[\w$.]+(?:\s=\s|\().*[;,)}{]\s*$/;

/** What stands in quotes on a line. */
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`/g;

/** More words than a value or a name has: that may say something. */
const SAYS_SOMETHING = /[\p{L}'’]+(?:[\s,;:]+[\p{L}'’]+){3}/u;

/** Where something is to be taken from, or to go: what is ordered in the form of code is an order nonetheless. */
const PLACE = /~\/|https?:\/\/|\/etc\/|(?<![\w\])])\.(?:ssh|aws|kube|env|netrc|npmrc)\b/i;

/** No line of data or code that somebody wrote is longer (UTF-16 units). */
const MAX_LINE = 400;

function isDataOrCode(line: string): boolean {
  if (line.length > MAX_LINE || !(ROW.test(line) || STATEMENT.test(line)) || PLACE.test(line)) return false;
  const quoted = line.match(QUOTED) ?? [];
  return (
    !quoted.some((each) => SAYS_SOMETHING.test(each)) && !SAYS_SOMETHING.test(line.replace(QUOTED, '""'))
  );
}

/**
 * A text that a program holds, without its lines that are data or code: a template of a test, the sample of a file's format in a help text.
 * They order nothing, and their names would make an order of the words around them.
 */
export function withoutData(text: string): string {
  if (!/[;,)}{\]]\s*\n|[;,)}{\]]\s*$/.test(text)) return text;
  return text
    .split('\n')
    .map((line) => (isDataOrCode(line) ? '' : line))
    .join('\n');
}
