/** Splits the one inline flag that rules may use, a leading `(?i)`, from a pattern. JavaScript has no inline flags in Node 20. */
function splitFlags(pattern: string): { readonly source: string; readonly flags: string } {
  return pattern.startsWith('(?i)')
    ? { source: pattern.slice(4), flags: 'iu' }
    : { source: pattern, flags: 'u' };
}

/**
 * Compiles a rule's regular expression: Unicode, and case-insensitive after a leading `(?i)`.
 * @param extraFlags further flags (`g`, `i`)
 * @throws SyntaxError when it is not a regular expression
 */
export function ruleRegex(pattern: string, extraFlags = ''): RegExp {
  const { source, flags } = splitFlags(pattern);
  return new RegExp(source, [...new Set(flags + extraFlags)].join(''));
}

interface Group {
  /** True when something inside repeats without bound. */
  repeats: boolean;
}

/** Length of an unbounded quantifier at a place (`*`, `+`, `{2,}`), or 0. A bound above 50 counts as none. */
function unboundedQuantifierLength(source: string, at: number): number {
  const character = source[at];
  if (character === '*' || character === '+') return 1;
  if (character !== '{') return 0;
  const match = /^\{(\d+)(,(\d*))?\}/.exec(source.slice(at, at + 16));
  if (match === null) return 0;
  const most = match[2] === undefined ? match[1] : match[3];
  return most === '' || Number(most) > 50 ? match[0].length : 0;
}

/**
 * Says why a pattern may take exponential time on hostile text, or null. It refuses what repeats without bound inside a group that
 * repeats without bound: `(a+)+`, `(\w*,?)*` (CWE-1333).
 */
export function catastrophicPart(pattern: string): string | null {
  const { source } = splitFlags(pattern);
  const open: Group[] = [{ repeats: false }];
  let isInClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === '\\') {
      at++;
    } else if (isInClass) {
      isInClass = character !== ']';
    } else if (character === '[') {
      isInClass = true;
    } else if (character === '(') {
      open.push({ repeats: false });
    } else if (character === ')') {
      const group = open.length > 1 ? open.pop() : undefined;
      const length = unboundedQuantifierLength(source, at + 1);
      if (group?.repeats === true && length > 0) {
        return `a repeated group holds something repeated, up to "${source.slice(Math.max(0, at - 20), at + 1 + length)}"`;
      }
      const parent = open.at(-1);
      if (parent !== undefined) parent.repeats ||= group?.repeats === true || length > 0;
      at += length;
    } else {
      const length = unboundedQuantifierLength(source, at);
      const top = open.at(-1);
      if (length > 0 && top !== undefined) top.repeats = true;
      at += Math.max(0, length - 1);
    }
  }
  return null;
}

/** Why a pattern cannot be used in a rule, or null. */
export function regexProblem(pattern: string): string | null {
  try {
    ruleRegex(pattern);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return catastrophicPart(pattern);
}
