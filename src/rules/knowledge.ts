import type { ApiModelFile, ClassFile } from '../model/api-model.ts';
import type { Rule } from '../model/rule.ts';
import type { PatternWords } from './match/pattern-words.ts';

/** A rule without its examples: all that analysis and reports need. */
export type CompiledRule = Omit<Rule, 'examples'>;

/** Everything the static stage knows: what is wrong (rules), what calls do (models), what names mean (classes). */
export interface Knowledge {
  readonly schema: 'sbx.rules/1';
  /** `sha256:…` over the content, for the report's `rulesDigest`. */
  readonly digest: string;
  /** Sorted by id. */
  readonly rules: readonly CompiledRule[];
  /** Sorted by language and library. */
  readonly models: readonly ApiModelFile[];
  readonly classes: ClassFile['classes'];
  /** Regular expressions of the operator's, which run on the linear engine; sorted. */
  readonly operatorPatterns: readonly string[];
  /** Derived from the rules. */
  readonly words: PatternWords;
}
