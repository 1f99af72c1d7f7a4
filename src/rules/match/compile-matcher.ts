import type { Matcher } from '../../model/rule.ts';
import { compileCall } from './call.ts';
import { compileCombination, type CompiledMember } from './combination.ts';
import { compileDetector } from './detector.ts';
import { compileEnvironment } from './environment.ts';
import { compileFlow } from './flow.ts';
import { compileImport } from './import.ts';
import type { CompiledMatcher } from './match.ts';
import { compileSentence } from './sentence.ts';
import { compileSetting } from './setting.ts';
import { compileString } from './string.ts';
import { compileText } from './text.ts';

/** Members of an `all`, in order. */
export function compileMembers(members: readonly Matcher[]): readonly CompiledMember[] {
  return members.map((member) =>
    'not' in member
      ? { isNegated: true, find: compileMatcher(member.not) }
      : { isNegated: false, find: compileMatcher(member) },
  );
}

/** Makes a matcher ready to look at files. `all` within a unit is looked at within each file here; see the engine for the rest. */
export function compileMatcher(matcher: Matcher): CompiledMatcher {
  if ('call' in matcher) return compileCall(matcher.call);
  if ('flow' in matcher) return compileFlow(matcher.flow);
  if ('import' in matcher) return compileImport(matcher.import);
  if ('string' in matcher) return compileString(matcher.string);
  if ('setting' in matcher) return compileSetting(matcher.setting);
  if ('sentence' in matcher) return compileSentence(matcher.sentence);
  if ('text' in matcher) return compileText(matcher.text);
  if ('environment' in matcher) return compileEnvironment(matcher.environment);
  if ('detector' in matcher) return compileDetector(matcher.detector);
  if ('all' in matcher) return compileCombination(compileMembers(matcher.all), matcher.within === 'function');
  if ('any' in matcher) {
    const members = matcher.any.map(compileMatcher);
    return (file) => members.flatMap((member) => member(file));
  }
  return () => [];
}
