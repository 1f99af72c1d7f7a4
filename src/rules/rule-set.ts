import type { Matcher } from '../model/rule.ts';
import { ApiIndex } from './api-index.ts';
import { ClassIndex } from './classes.ts';
import type { CompiledRule, Knowledge } from './knowledge.ts';
import type { CompiledMember } from './match/combination.ts';
import { compileMatcher, compileMembers } from './match/compile-matcher.ts';
import type { CompiledMatcher } from './match/match.ts';

/** A rule ready to look at files. */
export interface ReadyRule {
  readonly rule: CompiledRule;
  /** Its place among all rules; the same in every worker. */
  readonly index: number;
  /** For rules within a file. */
  readonly find: CompiledMatcher | null;
  /** For `all` within a unit: its members, which are put together when all files of the unit have been seen. */
  readonly members: readonly CompiledMember[] | null;
}

/** All knowledge, ready for use. */
export interface RuleSet {
  readonly rules: readonly ReadyRule[];
  readonly classes: ClassIndex;
  readonly apis: { readonly python: ApiIndex; readonly javascript: ApiIndex; readonly shell: ApiIndex };
}

function isWithinUnit(matcher: Matcher): matcher is Extract<Matcher, { all: unknown }> {
  return 'all' in matcher && matcher.within === 'unit';
}

/** Makes the knowledge ready; deprecated rules stay out. */
export function prepareRules(knowledge: Knowledge): RuleSet {
  return {
    rules: knowledge.rules
      .map((rule, index) => ({
        rule,
        index,
        find: isWithinUnit(rule.match) ? null : compileMatcher(rule.match),
        members: isWithinUnit(rule.match) ? compileMembers(rule.match.all) : null,
      }))
      .filter(({ rule }) => rule.status !== 'deprecated'),
    classes: new ClassIndex(knowledge.classes),
    apis: {
      python: new ApiIndex(knowledge.models, 'python'),
      javascript: new ApiIndex(knowledge.models, 'javascript'),
      shell: new ApiIndex(knowledge.models, 'shell'),
    },
  };
}
