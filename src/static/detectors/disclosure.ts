import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';
import { PERSONAL_STARTS, PersonalFinder } from './personal/finder.ts';
import { PERSONAL_GROUPS } from './personal/identifier.ts';
import { SecretFinder } from './secrets/finder.ts';
import { SECRET_GROUPS } from './secrets/format.ts';
import { SECRET_STARTS } from './secrets/prefix-index.ts';
import { hearText, type TextListener } from './text-events.ts';

const STARTS = eitherOf(SECRET_STARTS, PERSONAL_STARTS);

/** 1 where one of two tables of the same length (a multiple of four) has it. */
function eitherOf(first: Uint8Array, second: Uint8Array): Uint8Array {
  const either = first.slice();
  // Four at once: this is done at every start.
  const words = new Uint32Array(either.buffer);
  const others = new Uint32Array(second.buffer);
  for (let index = 0; index < words.length; index += 1) words[index]! |= others[index]!;
  return either;
}

/**
 * Finds what should not be handed on: credentials and personal data. One pass over the text names the places, the finders look at
 * them (docs/adr/0051, 0052).
 */
export const disclosureDetector: Detector = {
  names: [...SECRET_GROUPS, ...PERSONAL_GROUPS],
  inspect(text: string, language: Language, path: string): readonly Detection[] {
    const secrets = new SecretFinder(text, language, path);
    const personal = new PersonalFinder(text, language, path);
    const both: TextListener = {
      word: (index, place) => {
        if (SECRET_STARTS[place] === 1) secrets.word(index);
        if (PERSONAL_STARTS[place] === 1) personal.word(index);
      },
      longWord: (start, end) => secrets.longWord(start, end),
      digit: (index) => {
        secrets.digit(index);
        personal.digit(index);
      },
      sign: (index, code) => secrets.sign(index, code),
      at: (index) => personal.at(index),
      dollar: (index) => secrets.dollar(index),
      dashes: (index) => secrets.dashes(index),
    };
    hearText(text, STARTS, both);
    const credentials = secrets.finish();
    const isCredential = ({ span }: Detection): boolean =>
      credentials.some((known) => known.span.start < span.end && span.start < known.span.end);
    return [...credentials, ...personal.finish().filter((found) => !isCredential(found))];
  },
};
