import type { ApiModelFile, ClassFile } from '../model/api-model.ts';
import type { Rule } from '../model/rule.ts';
import type { PatternWords } from './match/pattern-words.ts';

/** A rule without its examples: all that analysis and reports need. */
export type CompiledRule = Omit<Rule, 'examples'>;

/** The languages that have API models; TypeScript shares JavaScript's. */
export type ModelLanguage = ApiModelFile['language'];

/** What calls do, sorted by library. A target seldom has all languages, so that each may be read when it is first asked for. */
export type ModelsByLanguage = Readonly<Record<ModelLanguage, readonly ApiModelFile[]>>;

/** Every {@link ModelLanguage}. */
export const MODEL_LANGUAGES = [
  'go',
  'javascript',
  'powershell',
  'python',
  'ruby',
  'shell',
] as const satisfies readonly ModelLanguage[];

/** Makes an entry for every language. */
export function modelsByLanguage(of: (language: ModelLanguage) => readonly ApiModelFile[]): ModelsByLanguage {
  const models = {} as Record<ModelLanguage, readonly ApiModelFile[]>;
  for (const language of MODEL_LANGUAGES) models[language] = of(language);
  return models;
}

/** Everything the static stage knows: what is wrong (rules), what calls do (models), what names mean (classes). */
export interface Knowledge {
  readonly schema: 'sbx.rules/1';
  /** `sha256:…` over the content, for the report's `rulesDigest`. */
  readonly digest: string;
  /** Sorted by id. */
  readonly rules: readonly CompiledRule[];
  readonly models: ModelsByLanguage;
  readonly classes: ClassFile['classes'];
  /** Regular expressions of the operator's, which run on the linear engine; sorted. */
  readonly operatorPatterns: readonly string[];
  /** Derived from the rules. */
  readonly words: PatternWords;
}
