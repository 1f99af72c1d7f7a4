/** Deeper nesting is not handed to the library, which goes as deep as the stack happens to let it. */
const MAX_NESTING = 300;

/** A bracket of a flow collection stands at the beginning of a value. */
const BEFORE_VALUE = new Set(' \t\n\r[{,:-');

/** `- - a`, `? - a`: collections that begin on one line, by their indicators. */
function isIndicator(text: string, at: number): boolean {
  const character = text[at];
  const next = text[at + 1];
  return (
    (character === '-' || character === '?' || character === ':') &&
    (next === undefined || next === ' ' || next === '\t' || next === '\n' || next === '\r')
  );
}

/** True when a YAML text may nest deeper than is read, by its indentation, indicators and brackets; one pass, whatever it holds. */
export function nestsTooDeep(text: string): boolean {
  /** Columns at which the collections begin that are open. */
  const open: number[] = [];
  let brackets = 0;
  let lineStart = 0;
  let isAtStart = true;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\n') {
      lineStart = at + 1;
      isAtStart = true;
    } else if (isAtStart && character !== ' ' && character !== '\t' && character !== '\r') {
      const column = at - lineStart;
      while (open.length > 0 && open[open.length - 1]! >= column) open.pop();
      open.push(column);
      isAtStart = isIndicator(text, at);
    }
    if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1);
    else if ((character === '[' || character === '{') && BEFORE_VALUE.has(text[at - 1] ?? '\n')) brackets++;
    if (open.length + brackets > MAX_NESTING) return true;
  }
  return false;
}
