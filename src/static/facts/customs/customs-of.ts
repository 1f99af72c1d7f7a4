import type { ModelLanguage } from '../../../rules/knowledge.ts';
import { COMMON, type Customs } from './customs.ts';
import { noteActingVariable } from '../shell/acting-variables.ts';
import { goCustoms } from './go/customs.ts';
import { scriptTypes } from './javascript/types.ts';
import { pythonTypes } from './python/types.ts';
import { rubyCustoms } from './ruby/customs.ts';

/** The languages that have customs of their own. Asked for late: modules of the walk import each other. */
const CUSTOMS: Readonly<Partial<Record<ModelLanguage, () => Customs>>> = {
  python: () => PYTHON,
  javascript: () => JAVASCRIPT,
  shell: () => SHELL,
  go: () => goCustoms,
  ruby: () => rubyCustoms,
};

const PYTHON: Customs = {
  ...COMMON,
  importsAllNames: true,
  namesReceiver: true,
  typed: pythonTypes,
};
const JAVASCRIPT: Customs = { ...COMMON, typed: scriptTypes };
const SHELL: Customs = { ...COMMON, isGlobal: () => true, noteVariable: noteActingVariable };

/** What is special about a language. */
export function customsOf(language: ModelLanguage): Customs {
  return CUSTOMS[language]?.() ?? COMMON;
}
