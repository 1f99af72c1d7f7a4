import type { Language } from '../model/program.ts';
import type { Matcher } from '../model/rule.ts';
import { ApiIndex } from './api-index.ts';
import { ClassIndex } from './classes.ts';
import type { CompiledRule, Knowledge, ModelLanguage } from './knowledge.ts';
import type { CompiledMember } from './match/combination.ts';
import { CallNames } from './match/call-names.ts';
import { compileMatcher, compileMembers } from './match/compile-matcher.ts';
import type { CompiledMatcher } from './match/match.ts';
import { knowRequirements } from './match/required-words.ts';

/** A rule ready to look at files. */
export interface ReadyRule {
  readonly rule: CompiledRule;
  /** The place of its languages in {@link RuleSet.languageLists}. */
  readonly languages: number;
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
  /** The lists of languages that rules are for, each once: many rules share one. */
  readonly languageLists: readonly (readonly Language[])[];
  readonly classes: ClassIndex;
  /** The names of calls that the rules ask for. */
  readonly callNames: CallNames;
  readonly apis: Readonly<Record<ModelLanguage, ApiIndex>>;
}

function isWithinUnit(matcher: Matcher): matcher is Extract<Matcher, { all: unknown }> {
  return 'all' in matcher && matcher.within === 'unit';
}

/** Makes the knowledge ready; deprecated rules stay out. What is known of a language's interfaces is sorted when it is first asked for. */
export function prepareRules(knowledge: Knowledge): RuleSet {
  knowRequirements(knowledge.words);
  const indexes = new Map<ModelLanguage, ApiIndex>();
  const indexOf = (language: ModelLanguage): ApiIndex => {
    let index = indexes.get(language);
    if (index === undefined) {
      index = new ApiIndex(() => knowledge.models[language]);
      indexes.set(language, index);
    }
    return index;
  };
  const callNames = new CallNames();
  const languageLists: (readonly Language[])[] = [];
  const places = new Map<string, number>();
  const placeOf = (languages: readonly Language[]): number => {
    const key = languages.join();
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = languageLists.push(languages) - 1));
    return place;
  };
  return {
    languageLists,
    rules: knowledge.rules
      .map((rule, index) => ({
        rule,
        languages: placeOf(rule.languages),
        index,
        find: isWithinUnit(rule.match) ? null : compileMatcher(rule.match, callNames),
        members: isWithinUnit(rule.match) ? compileMembers(rule.match.all, callNames) : null,
      }))
      .filter(({ rule }) => rule.status !== 'deprecated'),
    callNames,
    classes: new ClassIndex(knowledge.classes),
    apis: {
      get python() {
        return indexOf('python');
      },
      get javascript() {
        return indexOf('javascript');
      },
      get go() {
        return indexOf('go');
      },
      get ruby() {
        return indexOf('ruby');
      },
      get shell() {
        return indexOf('shell');
      },
      get powershell() {
        return indexOf('powershell');
      },
    },
  };
}
