import type { ModelLanguage } from '../../../rules/knowledge.ts';
import type { CallCustoms } from './call-customs.ts';
import { rubyCalls } from './ruby-calls.ts';

/** The languages whose calls have customs of their own. Asked for late: modules of the walk import each other. */
const CUSTOMS: Readonly<Partial<Record<ModelLanguage, () => CallCustoms>>> = { ruby: () => rubyCalls };

/** What is special about calls of a language; null when nothing is. */
export function customsOf(language: ModelLanguage): CallCustoms | null {
  return CUSTOMS[language]?.() ?? null;
}
