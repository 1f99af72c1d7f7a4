import type { Sentence, Span } from '../../model/program.ts';
import { actsOf } from './acts/recognise.ts';
import { addresseeOf } from './addressee.ts';
import { splitPolarity } from './clauses.ts';
import { splitCondition } from './condition.ts';
import { fileSpan, sliceMarked } from './marked-text.ts';
import type { MarkedText } from './marked-text.ts';
import { moodOf } from './mood.ts';
import { isLabelledExample, isMarkedForbidden, mentionedSpans } from './quotation.ts';

/** What is known of a sentence from where it stands. */
export interface Surroundings {
  readonly role: Sentence['role'];
  readonly section: string;
  readonly audience: Sentence['addressee'];
  readonly quoted: boolean;
  readonly negated: boolean;
}

/** Stands in a sentence for what it merely mentions. */
const ELISION = '...';

/** Characters that show nothing and would break a word in two for every pattern. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;

/** Strokes and marks laid over letters, which a reader sees through. */
const OVERLAY = /[\u0334-\u0338\u20d0-\u20dc]/g;

/**
 * Classifies one sentence. What it only mentions (in quotes, or reported of others) is taken out and given back as a sentence of its
 * own that is `quoted`; an order and a prohibition in one sentence become two.
 */
export function classifySentence(marked: MarkedText, around: Surroundings): readonly Sentence[] {
  const whole = isWholeQuotation(marked.text);
  const isQuoted = around.quoted || whole || isLabelledExample(marked.text);
  const mentions = isQuoted ? [] : mentionedSpans(marked);
  const said = elide(marked.text, mentions);
  const sentences = splitPolarity(said.text).flatMap((clause) => {
    const text = normalise(said.text.slice(clause.start, clause.end));
    if (text === '') return [];
    const span = fileSpan(marked, said.original(clause.start), said.original(clause.end));
    const sentence = describe(text, span, { ...around, quoted: isQuoted });
    return [
      isDisguised(said.text.slice(clause.start, clause.end))
        ? { ...sentence, disguised: true as const }
        : sentence,
    ];
  });
  const mentioned = mentions.flatMap((mention) => {
    const part = sliceMarked(marked, mention.start, mention.end);
    const text = normalise(part.text);
    return text === ''
      ? []
      : [describe(text, fileSpan(part, 0, part.text.length), { ...around, quoted: true })];
  });
  return [...sentences, ...mentioned];
}

function describe(text: string, span: Span, around: Surroundings): Sentence {
  const { condition, main } = splitCondition(text);
  const mood = moodOf(main);
  const isSaid = !around.quoted && !around.negated && !isMarkedForbidden(text);
  const acts = isSaid && around.role !== 'heading' ? actsOf(text) : null;
  return {
    text,
    span,
    section: around.section,
    role: around.role,
    imperative: mood.imperative,
    negated: mood.negated || around.negated || isMarkedForbidden(text),
    quoted: around.quoted,
    addressee: addresseeOf(text, mood.imperative, around.audience),
    condition,
    ...(acts === null ? {} : { acts }),
  };
}

/** Compatibility forms (full-width letters) become plain ones, invisible characters go, space is single. */
function normalise(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return (text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text).trim();
  return text.normalize('NFKC').replace(OVERLAY, '').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** Letters with something on or between them that no alphabet has there, so many that it is no accident of a word processor. */
const DISGUISE = /[a-zA-Z][\u0334-\u0338\u20d0-\u20dc\u200b-\u200f\u2060-\u2064\ufeff](?=[\s\S])/g;
const FEWEST_DISGUISES = 6;

function isDisguised(text: string): boolean {
  if (/^[\x20-\x7e]*$/.test(text)) return false;
  let count = 0;
  for (const _ of text.matchAll(DISGUISE)) if ((count += 1) >= FEWEST_DISGUISES) return true;
  return false;
}

function isWholeQuotation(text: string): boolean {
  return /^["“«‘][^"”»’]{3,}["”»’][.!?,]?$/.test(text.trim());
}

interface Elided {
  readonly text: string;
  /** From an index into the elided text to one into the original. */
  original(index: number): number;
}

function elide(text: string, mentions: readonly Span[]): Elided {
  if (mentions.length === 0) return { text, original: (index) => index };
  let shortened = '';
  let from = 0;
  const shifts: { readonly at: number; readonly by: number }[] = [];
  for (const mention of mentions) {
    shortened += text.slice(from, mention.start) + ELISION;
    from = mention.end;
    shifts.push({ at: shortened.length, by: mention.end - shortened.length });
  }
  shortened += text.slice(from);
  return {
    text: shortened,
    original: (index) => index + (shifts.findLast((shift) => shift.at <= index)?.by ?? 0),
  };
}
