import type { Language } from '../model/program.ts';

/** Languages that are another one in a different form. */
const FORMS: Partial<Readonly<Record<Language, Language>>> = { typescript: 'javascript', pyc: 'python' };

/** The languages whose rules hold for a text: its own, and the one that it is a form of. */
export function ruleLanguagesOf(language: Language): readonly Language[] {
  const whole = FORMS[language];
  return whole === undefined ? [language] : [language, whole];
}
