import type { Language, Span } from '../../model/program.ts';
import { isTestPath } from '../facts/scopes/file-scope.ts';
import type { Detection, Detector } from './detector.ts';
import { longTextsOf } from './python-texts.ts';

/** Overrides, embeddings and isolates (Unicode TR 9): what is shown is not what is read (Trojan Source, CVE-2021-42574). */
const CONTROL = /[\u202a-\u202e\u2066-\u2069]/u;

const OVERRIDE = /[\u202d\u202e]/u;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A text with so many letters that are written from right to left is in such a language. */
const LETTERS_OF_TRANSLATION = 20;

/** What ends a text or comment, or begins one: a control that is still open there turns around what comes after it. */
const BOUNDARY = /["'`#]|\/[/*]|\*\/|<!--|-->|\$\{|\n/;

/** Nobody reads lines of this length (UTF-16 units): controls beside others of their kind are a class of characters there. */
const GENERATED_LINE = 1_000;

/** Languages whose texts are values: nothing of them runs by its order. */
const VALUES: ReadonlySet<Language> = new Set(['json', 'yaml', 'toml', 'ini']);

/** Finds controls for text direction, and tells those that turn code or an instruction around from those in values. */
export const bidiDetector: Detector = {
  names: ['unicode-bidi', 'unicode-bidi-in-value'],
  inspect(text: string, language: Language, path: string): readonly Detection[] {
    if (!CONTROL.test(text)) return [];
    const isProse = language === 'markdown' || language === 'text';
    const isTranslation = language === 'text' && hasMany(text);
    const longTexts = language === 'python' ? longTextsOf(text) : [];
    const found: Detection[] = [];
    for (const line of text.matchAll(/[^\r\n]+/g)) {
      const control = CONTROL.exec(line[0]);
      if (control === null) continue;
      if (isProse ? isHonestProse(line[0], isTranslation) : isContained(line[0])) continue;
      const start = line.index + control.index;
      const code = control[0].charCodeAt(0).toString(16).toUpperCase();
      const isValue = VALUES.has(language) || isTestPath(path) || isWithin(line.index, line[0], longTexts);
      found.push({
        name: isValue ? 'unicode-bidi-in-value' : 'unicode-bidi',
        span: { start, end: start + 1 },
        detail: `U+${code}`,
      });
    }
    return found;
  },
};

/** True when a line lies in one of the texts from end to end: no order of letters leads out of it. */
function isWithin(start: number, line: string, texts: readonly Span[]): boolean {
  const end = start + line.length;
  return texts.some((text) => text.start < start && end < text.end);
}

function hasMany(text: string): boolean {
  let count = 0;
  for (const letter of text.slice(0, 200_000)) if (RIGHT_TO_LEFT.test(letter)) count += 1;
  return count >= LETTERS_OF_TRANSLATION;
}

function isHonestProse(line: string, isTranslation: boolean): boolean {
  return isTranslation || RIGHT_TO_LEFT.test(line) || !OVERRIDE.test(line);
}

/** True when every control is closed again before the text or comment that it stands in ends. */
function isContained(line: string): boolean {
  if (line.trim().length >= GENERATED_LINE && isListed(line)) return true;
  return line.split(BOUNDARY).every((part) => isBalanced(part));
}

/** True when a control stands beside another one, or in a range. */
function isListed(line: string): boolean {
  return /[\p{Cf}\\-][\u202a-\u202e\u2066-\u2069]|[\u202a-\u202e\u2066-\u2069][\p{Cf}\\-]/u.test(line);
}

function isBalanced(part: string): boolean {
  let embeddings = 0;
  let isolates = 0;
  for (const letter of part) {
    if (/[\u202a\u202b\u202d\u202e]/u.test(letter)) embeddings += 1;
    else if (letter === '\u202c') embeddings -= 1;
    else if (/[\u2066-\u2068]/u.test(letter)) isolates += 1;
    else if (letter === '\u2069') isolates -= 1;
    if (embeddings < 0 || isolates < 0) return false;
  }
  return embeddings === 0 && isolates === 0;
}
