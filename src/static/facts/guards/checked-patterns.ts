import type { Expression } from '../../../model/program.ts';
import type { Walk } from '../walk/walk.ts';

/** A pattern longer than this is not read. */
const MAX_PATTERN = 400;

/** What no word of a command may hold, by hand or in a class: what a shell, a query or a program reads as its own. */
const SPEAKS = /[;&|$`<>'"(){}!*?~#\\\n\r]/;

/** The same for what names a table or a column alone: `$` is a letter there. */
const SPEAKS_IN_QUERY = /[;&|`<>'"(){}!*?~#\\\n\r]/;

/** Classes of letters that take in what speaks to a shell. */
const OPEN_CLASS = /[SWDPX]/;

/** Steps over `{2,5}`; -1 when no count stands there. */
function afterCount(pattern: string, at: number): number {
  const end = pattern.indexOf('}', at);
  return end > at && /^\{\d{0,6},?\d{0,6}$/.test(pattern.slice(at, end)) ? end : -1;
}

/** True when whatever a pattern takes from its first letter to its last is plain: letters, digits, and what joins them. */
export function takesPlainText(pattern: string, speaks = SPEAKS): boolean {
  if (pattern.length > MAX_PATTERN) return false;
  let depth = 0;
  let isInClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    if (letter === '\\') {
      const escaped = pattern[++at] ?? '\\';
      if (OPEN_CLASS.test(escaped) || speaks.test(escaped)) return false;
    } else if (isInClass) {
      if (letter === ']') isInClass = false;
      else if (speaks.test(letter)) return false;
    } else if (letter === '[') {
      if (pattern[at + 1] === '^') return false;
      isInClass = true;
    } else if (letter === '{') {
      at = afterCount(pattern, at);
      if (at === -1) return false;
    } else if (letter === '(') {
      depth++;
      if (pattern[at + 1] === '?') {
        if (pattern[at + 2] !== ':') return false;
        at += 2;
      }
    } else if (letter === ')') depth--;
    else if (letter === '|' ? depth === 0 : letter === '.') return false;
    else if (!/[*+?|]/.test(letter) && SPEAKS.test(letter)) return false;
  }
  return !isInClass && depth === 0;
}

/** The expression as written, or what the variable that it names was made of. */
function definition(walk: Walk, expression: Expression): string {
  const made = expression.kind === 'name' ? walk.conditions.get(expression.name) : undefined;
  return walk.textOf(made ?? expression.span).slice(0, MAX_PATTERN + 80);
}

/** The anchors hold at each line of a text that may have many: `/…/m`, `re.compile("…", re.M)`, `new RegExp("…", "m")`. */
const BY_LINES =
  /\b(?:re|regex)\.(?:M|MULTILINE)\b|,\s*["'][a-z]*m[a-z]*["']\s*\)$|^\/[^\n]+\/[a-z]*m[a-z]*$/;

/** The pattern in a regular expression's text: `/…/i`, `re.compile(r"…", re.A)`, `r"…"`. */
function patternIn(text: string): string | null {
  const found =
    /^(?:new\s+RegExp\(|(?:\w+\.)?(?:compile|Regexp)\()?\s*(?:r?"([^"\n]*)"|r?'([^'\n]*)'|\/([^\n]+)\/[a-z]*$)/.exec(
      text.trim(),
    );
  return found === null ? null : (found[1] ?? found[2] ?? found[3] ?? null);
}

/** What is left of a pattern between its anchors; null when it may hold of a part of the text. */
function betweenAnchors(pattern: string, anchored: 'both' | 'start' | 'none'): string | null {
  const starts = /^(?:\^|\\A)/.exec(pattern)?.[0].length ?? 0;
  const ends = /(?:[^\\])(\$|\\[zZ])$/.exec(pattern)?.[1]?.length ?? 0;
  if (starts === 0 && anchored === 'none') return null;
  if (ends === 0 && anchored !== 'both') return null;
  return pattern.slice(starts, pattern.length - ends);
}

/** A value that was held against a pattern: a plain word, or what may also hold `$`, as identifiers of a database do. */
interface HeldAgainstPattern {
  readonly held: Expression;
  readonly as: 'word' | 'identifier';
}

/**
 * The value that a call holds against a pattern of plain text: `re.fullmatch(r"[a-z0-9.-]+", host)`, `NAME.match(host)`,
 * `/^[\w.-]+$/.test(host)`, `host.match(NAME)`; null for any other call, and for a pattern that takes more.
 */
export function heldAgainstPattern(
  walk: Walk,
  { callee, args }: Extract<Expression, { kind: 'call' }>,
): HeldAgainstPattern | null {
  if (callee.kind !== 'member') return null;
  const [first, second] = args;
  if (first === undefined) return null;
  const { object, property } = callee;
  const isPython = walk.language === 'python';
  const isModule = object.kind === 'name' && /^(?:re|regex)$/.test(object.name);
  let held: Expression | null = null;
  let text = '';
  if (isPython && /^(?:fullmatch|match)$/.test(property)) {
    held = isModule ? (second?.value ?? null) : first.value;
    text = definition(walk, isModule ? first.value : object);
  } else if (!isPython && property === 'test') {
    held = first.value;
    text = definition(walk, object);
  } else if (!isPython && property === 'match') {
    held = object;
    text = definition(walk, first.value);
  }
  const flags = args.slice(2).map(({ value }) => definition(walk, value));
  if ([text.trim(), ...flags].some((each) => BY_LINES.test(each))) return null;
  const pattern = held === null ? null : patternIn(text);
  if (pattern === null) return null;
  const between = betweenAnchors(pattern, !isPython ? 'none' : property === 'match' ? 'start' : 'both');
  if (between === null || held === null) return null;
  if (takesPlainText(between)) return { held, as: 'word' };
  return takesPlainText(between, SPEAKS_IN_QUERY) ? { held, as: 'identifier' } : null;
}
