import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';

/** Cyrillic and Greek letters that look like a Latin one in common fonts (Unicode TR 39, confusables). */
const LOOK_ALIKE = /[аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]/u;

/** A word of letters, digits and underscores that has both a Latin letter and a look-alike. */
const MIXED_WORD =
  /[\p{L}\p{N}_]{0,60}(?:[A-Za-z][аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]|[аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ][A-Za-z])[\p{L}\p{N}_]{0,60}/gu;

const MAX_REPORTED = 20;

/** Finds words that pass for Latin and are not: `pаypal` with a Cyrillic а. A word with any other Cyrillic or Greek letter is honest mixing. */
export const homoglyphDetector: Detector = {
  names: ['unicode-homoglyph'],
  inspect(text: string, _language: Language): readonly Detection[] {
    if (!LOOK_ALIKE.test(text)) return [];
    const found: Detection[] = [];
    for (const match of text.matchAll(MIXED_WORD)) {
      const latin = match[0].match(/[A-Za-z]/g)?.length ?? 0;
      if (latin < 3 || !isDisguised(match[0])) continue;
      const foreign = LOOK_ALIKE.exec(match[0])![0];
      found.push({
        name: 'unicode-homoglyph',
        span: { start: match.index, end: match.index + match[0].length },
        detail: `"${match[0].slice(0, 40)}" with U+${foreign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
      });
      if (found.length >= MAX_REPORTED) break;
    }
    return found;
  },
};

function isDisguised(word: string): boolean {
  for (const letter of word) {
    if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter) && !LOOK_ALIKE.test(letter)) return false;
  }
  return true;
}
