import type { Matcher } from '../../model/rule.ts';
import { compileCall } from './call.ts';
import type { CallNames } from './call-names.ts';
import { compileCombination, type CompiledMember } from './combination.ts';
import { compileDetector } from './detector.ts';
import { compileEnvironment } from './environment.ts';
import { compileFlow } from './flow.ts';
import { compileImport } from './import.ts';
import { type CompiledMatcher, type Match, NO_MATCHES } from './match.ts';
import { compileSentence } from './sentence.ts';
import { compileSetting } from './setting.ts';
import { compileString } from './string.ts';
import { compileText } from './text.ts';

/** Members of an `all`, in order. */
export function compileMembers(members: readonly Matcher[], callNames: CallNames): readonly CompiledMember[] {
  return members.map((member) =>
    'not' in member
      ? { isNegated: true, find: compileMatcher(member.not, callNames) }
      : { isNegated: false, find: compileMatcher(member, callNames) },
  );
}

/** What any of several matchers finds, in their order. */
function compileAny(members: readonly CompiledMatcher[]): CompiledMatcher {
  return (file) => {
    let found: Match[] | null = null;
    for (const member of members) {
      const matches = member(file);
      if (matches.length > 0) found = found === null ? [...matches] : found.concat(matches);
    }
    return found ?? NO_MATCHES;
  };
}

/**
 * Makes a matcher ready to look at files. `all` within a unit is looked at within each file here; see the engine for the rest.
 * @param callNames takes in the names of calls that are asked for
 */
export function compileMatcher(matcher: Matcher, callNames: CallNames): CompiledMatcher {
  if ('call' in matcher) return compileCall(matcher.call, callNames);
  if ('flow' in matcher) return compileFlow(matcher.flow);
  if ('import' in matcher) return compileImport(matcher.import);
  if ('string' in matcher) return compileString(matcher.string);
  if ('setting' in matcher) return compileSetting(matcher.setting);
  if ('sentence' in matcher) return compileSentence(matcher.sentence);
  if ('text' in matcher) return compileText(matcher.text);
  if ('environment' in matcher) return compileEnvironment(matcher.environment);
  if ('detector' in matcher) return compileDetector(matcher.detector);
  if ('all' in matcher) return compileCombination(compileMembers(matcher.all, callNames), matcher.within);
  if ('any' in matcher) return compileAny(matcher.any.map((member) => compileMatcher(member, callNames)));
  return () => NO_MATCHES;
}
