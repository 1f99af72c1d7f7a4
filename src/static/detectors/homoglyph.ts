import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';

/** Cyrillic and Greek letters that look like a Latin one in common fonts (Unicode TR 39, confusables). */
const LOOK_ALIKE = /[аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]/u;

const MAX_REPORTED = 20;

/** Finds words that pass for Latin and are not: `pаypal` with a Cyrillic а. A word with any other Cyrillic or Greek letter is honest mixing. */
export const homoglyphDetector: Detector = {
  names: ['unicode-homoglyph'],
  inspect(text: string, language: Language): readonly Detection[] {
    if (!LOOK_ALIKE.test(text)) return [];
    const found: Detection[] = [];
    for (const match of text.matchAll(mixedWord())) {
      const latin = match[0].match(/[A-Za-z]/g)?.length ?? 0;
      if (latin < 3 || !isDisguised(match[0])) continue;
      if (isInItsScript(text, match.index, match[0])) continue;
      if (PROGRAMS.has(language) && isWording(text, match.index, match[0].length)) continue;
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

/**
 * A word of letters, digits and underscores that has both a Latin letter and a look-alike. Made when it is needed: properties of Unicode
 * make an expression costly to have.
 */
function mixedWord(): RegExp {
  return /[\p{L}\p{N}_]{0,60}(?:[A-Za-z][аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]|[аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ][A-Za-z])[\p{L}\p{N}_]{0,60}/gu;
}

function isDisguised(word: string): boolean {
  for (const letter of word) {
    if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter) && !LOOK_ALIKE.test(letter)) return false;
  }
  return true;
}

/** True for a word of a sentence in Russian or Greek that names nothing to be fetched: the keyboard was still set to that. */
function isInItsScript(text: string, index: number, word: string): boolean {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const before = text.slice(Math.max(start, index - 400), index);
  const after = text.slice(index + word.length, index + word.length + 400).split('\n', 1)[0]!;
  const token = /\S*$/.exec(before)![0] + word + /^\S*/.exec(after)![0];
  if (/[./@:\\=_$][\p{L}\p{N}]/u.test(token) || NAMING.test(before + after)) return false;
  const own = (before + after).match(/[\p{Script=Cyrillic}\p{Script=Greek}]{3,}/gu) ?? [];
  return own.filter(isOfItsScript).length >= 4;
}

/** Has a letter that no Latin one looks like. */
function isOfItsScript(word: string): boolean {
  return [...word].some((letter) => !LOOK_ALIKE.test(letter));
}

const PROGRAMS: ReadonlySet<Language> = new Set(['python', 'javascript', 'typescript']);

/** Words of a line or text that names something to be fetched, installed or run. */
const NAMING =
  /https?:|www\.|\b(?:pip3?|pipx|npm|npx|pnpm|yarn|uvx?|install|curl|wget|git|require|apt|brew|cargo|go|docker|conda)\b/i;

/** How code begins that is made of words alone. */
const CODE_WORD =
  /^\s*(?:import|from|def|class|return|if|elif|else|for|while|with|raise|del|global|nonlocal|assert|lambda|async|await|yield|let|const|var|function|export|new|print)\b/;

/**
 * True for a word in a title, a comment or a docstring: among other words, and part of no name, path or address. A slip of the
 * keyboard there leads nobody anywhere.
 */
function isWording(text: string, index: number, length: number): boolean {
  const before = text.slice(Math.max(0, index - 400), index);
  const after = text.slice(index, index + 400);
  const start = before.slice(before.lastIndexOf('\n') + 1);
  const line = start + after.split('\n', 1)[0]!;
  const at = start.length;
  const token = /\S*$/.exec(line.slice(0, at))![0] + /^\S*/.exec(line.slice(at))![0];
  if (/[./@:\\=_$]\p{L}/u.test(token)) return false;
  const said = quotedAround(line, at, length) ?? commentAround(line, at) ?? line;
  const isQuoted = said !== line;
  if (!/\S\s+\S/.test(said) || NAMING.test(said)) return false;
  return isQuoted || (isSentence(line) && !CODE_WORD.test(line) && line.trim().split(/\s+/).length >= 4);
}

function isSentence(line: string): boolean {
  return /^[\s*/#"'\->]{0,60}\p{L}[\p{L}\p{N} ,.;:!?'"()&-]{0,400}$/u.test(line);
}

/** What the quotes around a place of a line hold; null outside of quotes. */
function quotedAround(line: string, at: number, length: number): string | null {
  for (const mark of ['"', "'", '`']) {
    const open = line.lastIndexOf(mark, at - 1);
    const close = line.indexOf(mark, at + length);
    const isInside = open >= 0 && close >= 0 && (line.slice(0, at).split(mark).length - 1) % 2 === 1;
    if (isInside) return line.slice(open + 1, close);
  }
  return null;
}

/** The comment of a line that a place is in; null when it is in none. */
function commentAround(line: string, at: number): string | null {
  const start = /(?:^|\s)(?:#|\/\/|\/\*|\*)\s/.exec(line);
  return start !== null && start.index < at ? line.slice(start.index + start[0].length) : null;
}
