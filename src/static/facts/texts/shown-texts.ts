import type { Scope } from '../../../model/evidence.ts';
import type { Sentence } from '../../../model/program.ts';
import { mayOrder, sentencesOfShownText } from '../../prose/shown-text.ts';
import type { Facts, Layer, StringFact } from '../facts.ts';

/** Code that shows nothing to an agent. */
const SHOWS_NOTHING: ReadonlySet<Scope> = new Set<Scope>(['test', 'example', 'ci', 'build']);

/** Longer texts are no names of patterns, and no patterns (UTF-16 units). */
const MAX_NAME = 400;

/** A regular expression that looks for words. */
const PATTERN = /\\[sbwW]|\.[*+]|\(\?[:i]/;

/** Words of which one stands there: `(a|an)`, `(different|new|unrestricted)`. */
const CHOICES = /\([\w ]{0,30}(?:\|[\w ]{0,30}){1,20}\)\??/g;

/** True for a text that is a pattern of one line: `you are now (a|an) (different|new|unrestricted)`. */
function isPattern(text: string): boolean {
  if (text.length > MAX_NAME || text.includes('\n') || /[.!?]\s/.test(text)) return false;
  const choices = text.match(CHOICES) ?? [];
  return choices.length >= 2 || (choices[0]?.split('|').length ?? 0) >= 3;
}

type Placed = Facts['sentences'][number];

/**
 * Sentences in the texts that a program holds and may show to an agent: observations, answers of tools, errors.
 * @param read sentences that are known already, of descriptions and docstrings; what they stand in is left out
 */
export function sentencesOfStrings(
  strings: readonly StringFact[],
  settings: Facts['settings'],
  read: readonly Placed[],
): readonly Placed[] {
  const found: Placed[] = [];
  const seen = new Set<string>();
  let starts: ReadonlyMap<Layer, readonly number[]> | null = null;
  const add = (text: string, layer: Layer, span: Sentence['span']): void => {
    if (SHOWS_NOTHING.has(layer.scope) || seen.has(text) || !mayOrder(text)) return;
    seen.add(text);
    starts ??= startsOf(read);
    if (holdsOne(starts.get(layer) ?? [], span)) return;
    for (const sentence of sentencesOfShownText(text)) found.push({ sentence: { ...sentence, span }, layer });
  };
  for (const [index, { text, layer, span, hidden }] of strings.entries())
    if (
      hidden === undefined &&
      !isPattern(text) &&
      !isNameOfPattern(strings, index) &&
      !isDocumentation(layer, span)
    )
      add(text, layer, span);
  for (const { setting, layer } of settings)
    if (typeof setting.value === 'string') add(setting.value, layer, setting.span);
  return found;
}

/** How far back the end of the statement before a text is looked for (UTF-16 units). */
const MAX_BLANK = 200;

/** True for a text of Python that is a statement of its own, as attributes are documented: nothing is done with it. */
function isDocumentation({ language, source }: Layer, { start }: Sentence['span']): boolean {
  if (language !== 'python' || !/^\w?(?:"""|''')/.test(source.text.slice(start, start + 4))) return false;
  return /[\w\])][ \t]*(?:\r?\n[ \t]*)+$/.test(source.text.slice(Math.max(0, start - MAX_BLANK), start));
}

/** True for a text beside an expression that looks for the same words: what a scanner calls the things it looks for. */
function isNameOfPattern(strings: readonly StringFact[], index: number): boolean {
  const { text } = strings[index]!;
  if (text.length > MAX_NAME) return false;
  const beside = [strings[index - 1], strings[index + 1]].flatMap((other) =>
    other !== undefined && other.text.length <= MAX_NAME && PATTERN.test(other.text)
      ? [other.text.toLowerCase()]
      : [],
  );
  if (beside.length === 0) return false;
  const words = text.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return beside.some((pattern) => words.some((word) => pattern.includes(word)));
}

/** Where sentences begin, in order, by the text they stand in. */
function startsOf(sentences: readonly Placed[]): ReadonlyMap<Layer, readonly number[]> {
  const starts = new Map<Layer, number[]>();
  for (const { sentence, layer } of sentences) {
    const known = starts.get(layer);
    if (known === undefined) starts.set(layer, [sentence.span.start]);
    else known.push(sentence.span.start);
  }
  for (const list of starts.values()) list.sort((a, b) => a - b);
  return starts;
}

function holdsOne(sorted: readonly number[], { start, end }: Sentence['span']): boolean {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && sorted[low]! < end;
}
