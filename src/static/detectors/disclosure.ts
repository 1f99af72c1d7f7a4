import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';
import { SECRET_GROUPS } from './secrets/format.ts';
import { SecretFinder } from './secrets/finder.ts';
import { SECRET_STARTS } from './secrets/prefix-index.ts';
import { hearText } from './text-events.ts';

/** Finds what should not be handed on: credentials. One pass over the text names the places, the finders look at them. */
export const disclosureDetector: Detector = {
  names: SECRET_GROUPS,
  inspect(text: string, language: Language, path: string): readonly Detection[] {
    const secrets = new SecretFinder(text, language, path);
    hearText(text, SECRET_STARTS, secrets);
    return secrets.finish();
  },
};
