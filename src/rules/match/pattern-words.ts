import { patternsIn } from '../patterns.ts';
import type { Need } from './needed-words.ts';
import { requirementOf } from './required-words.ts';

/** What {@link requirementOf} says of patterns, by pattern. */
export type PatternWords = Readonly<Record<string, Need | null>>;

/**
 * Works out the required words of all patterns in rules, so that a scan need not.
 * @param matchers what the rules match
 */
export function patternWords(matchers: readonly object[]): PatternWords {
  return Object.fromEntries(patternsIn(matchers).map((pattern) => [pattern, requirementOf(pattern)]));
}
