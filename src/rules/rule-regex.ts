import { ruleRegex } from './safe-regex.ts';

/** As much of a regular expression as matchers use; a `RegExp` is one. */
export interface RuleRegex {
  test(text: string): boolean;
  /** The first place where it is found, with its groups. */
  exec(text: string): { readonly index: number; readonly [group: number]: string | undefined } | null;
}

/** Whether letters match in the case they are written in, or in any (as after a leading `(?i)`). */
export type Case = 'as-written' | 'any-case';

type Compile = (pattern: string, letters: Case) => RuleRegex;

const compiled: Readonly<Record<Case, Map<string, RuleRegex>>> = {
  'as-written': new Map(),
  'any-case': new Map(),
};
const operatorPatterns = new Set<string>();
let compileLinear: Compile | undefined;

/**
 * From now on these patterns run on an engine that takes linear time whatever they say: nobody but the operator has looked at them. The
 * engine is loaded only when there are such patterns.
 */
export async function useLinearEngineFor(patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  compileLinear = (await import('./linear-regex.ts')).linearRegex;
  for (const pattern of patterns) {
    if (operatorPatterns.has(pattern)) continue;
    operatorPatterns.add(pattern);
    compiled['as-written'].delete(pattern);
    compiled['any-case'].delete(pattern);
  }
}

/** A rule's or model's regular expression, compiled once. */
export function compiledRegex(pattern: string, letters: Case = 'as-written'): RuleRegex {
  const known = compiled[letters].get(pattern);
  if (known !== undefined) return known;
  const regex: RuleRegex =
    compileLinear !== undefined && operatorPatterns.has(pattern)
      ? compileLinear(pattern, letters)
      : ruleRegex(pattern, letters === 'any-case' ? 'i' : '');
  compiled[letters].set(pattern, regex);
  return regex;
}
