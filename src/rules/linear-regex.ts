import { RE2JS, RE2JSException } from 're2js';
import { messageOf } from '../errors.ts';
import type { Case, RuleRegex } from './rule-regex.ts';

/** Compiled programs larger than this take long for every character they look at. */
const MAX_PROGRAM = 5_000;

function compile(pattern: string, letters: Case): RE2JS {
  return RE2JS.compile(
    RE2JS.translateRegExp(pattern),
    letters === 'any-case' ? RE2JS.CASE_INSENSITIVE : undefined,
  );
}

/** A pattern on RE2's engine, which takes time linear in the text whatever the pattern (docs/adr/0026). */
export function linearRegex(pattern: string, letters: Case): RuleRegex {
  const regex = compile(pattern, letters);
  return {
    test: (text) => regex.test(text),
    exec(text) {
      const matcher = regex.matcher(text);
      if (!matcher.find()) return null;
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
      return Object.assign(
        groups.map((group) => group ?? undefined),
        { index: matcher.start() },
      );
    },
  };
}

/** What is wrong with a pattern of the operator's, and how far into it (characters from 0). */
export interface PatternProblem {
  readonly message: string;
  readonly offset: number;
}

/** What RE2 has not: it says so of the piece it stumbles over, in words that do not name the feature. */
const MISSING_FEATURES: readonly (readonly [RegExp, string])[] = [
  [/^\(\?<?[=!]/, 'look-ahead and look-behind are not supported in your own rules'],
  [/^\\(?:[1-9]|k)/, 'back-references are not supported in your own rules'],
];

/** Why a pattern cannot run in linear time, or null when it can. */
export function linearRegexProblem(pattern: string): PatternProblem | null {
  try {
    const size = compile(pattern, 'as-written').programSize();
    if (size <= MAX_PROGRAM) return null;
    return { message: `it compiles to ${size} steps, more than ${MAX_PROGRAM}`, offset: 0 };
  } catch (error) {
    const input = error instanceof RE2JSException ? String((error as { input?: unknown }).input ?? '') : '';
    const offset = Math.max(0, input === '' ? 0 : pattern.indexOf(input));
    const missing = MISSING_FEATURES.find(([start]) => start.test(input));
    return { message: missing?.[1] ?? messageOf(error), offset };
  }
}
