import type { Sentence } from '../../../model/program.ts';
import { splitCondition } from '../condition.ts';
import { isSeldomSeen } from '../likeness/features.ts';
import { likenessOf } from '../likeness/weights.ts';
import { moodOf } from '../mood.ts';
import { namesCode, withoutTyped } from './code-names.ts';
import { isContractClause } from './contracts.ts';
import { deedsIn, silencesOf, wordBits } from './deeds.ts';
import type { Deed, Silence } from './kinds.ts';
import { asksFirst, inspects, isRequested, silencesIn, takesAsSettled } from './silence.ts';

/** A deed that a text keeps from the user. */
export interface KeptDeed {
  readonly deeds: readonly Deed[];
  readonly silences: readonly Silence[];
  /** Where it is done, and where it is kept quiet: often the same sentence. */
  readonly deed: number;
  readonly silence: number;
}

/** Sentences of a passage begin at most so far apart (UTF-16 units). */
const PASSAGE = 500;
/** An option, a pipe, an assignment. */
const COMMAND = /[=<>|]| --?\w/;
/**
 * As much as one of the two sentences has to read like an attack (see {@link likenessOf}): words of deeds and of silence meet in ordinary
 * texts, too. Of 31 honest passages 17 stayed below -5, of 24 hostile ones none (ADR 166); of the others -2.5 parts most (ADR 168).
 */
const LEAST_LIKENESS = -2.5;
/** What leaves the machine, or comes onto it, is said in sober words. */
const LEAST_OF_SOBER = -5;
const SOBER: ReadonlySet<Deed> = new Set<Deed>(['hand-out', 'install', 'release']);
/** A file of keys and logins, by its name. */
const KEY_FILE = /(?<![\w.])\.(?:env|netrc|npmrc|pypirc|ssh|aws|kube|gnupg)(?![\w-])|\bid_(?:rsa|ed25519)\b/;
/** Deeds that only count where the user is not told of them: to prefer or to correct something unasked is what agents are for. */
const ONLY_UNTOLD: ReadonlySet<Deed> = new Set<Deed>(['prefer']);
const NOT_UNASKED: ReadonlySet<Deed> = new Set<Deed>(['prefer', 'loosen', 'falsify', 'trust']);

/**
 * What a document does that its user would want to know of, and keeps quiet about.
 * @param isForAgent whether agents act on the document: commands in it are then done, where other texts describe what they do
 */
export function keptDeeds(sentences: readonly Sentence[], isForAgent = false): readonly KeptDeed[] {
  const isOfCode = (text: string): boolean => namesCode(text) || (!isForAgent && COMMAND.test(text));
  /** An order to an agent is one, whatever code it names; a statement is then about a program. */
  const isDone = ({ imperative, negated, text }: Sentence): boolean =>
    imperative ? !negated && (isForAgent || !isOfCode(text)) : !isOfCode(text);
  const found: KeptDeed[] = [];
  // Deeds are cheap to find and rare: silences are looked for near them alone.
  const hasDeed = sentences.map(
    (sentence) => isSaid(sentence) && deedsOf(sentence, sentence.text).length > 0,
  );
  for (let at = 0; at < sentences.length; at += 1) {
    const sentence = sentences[at]!;
    if (!hasDeed[at] && !hasDeed[at - 1] && !hasDeed[at + 1] && !hasDeed[at - 2]) continue;
    if (!isSaid(sentence) || asksFirst(sentence.text)) continue;
    if (isOfCode(sentence.text)) continue;
    const said = withoutTyped(sentence.text);
    const { silences: worded, phrases } = silencesIn(said);
    const meant = silencesOf(wordBits(said));
    const silences = [...new Set([...worded, ...meant])];
    if (silences.length === 0 || isForbidden(sentence) || inspects(sentence.text)) continue;
    if (isContractClause(sentence.text)) continue;
    for (const place of [at, at - 1, at + 1, at - 2]) {
      const other = sentences[place];
      if (other === undefined || !isSaid(other) || !isSamePassage(other, sentence)) continue;
      if (place !== at && !isDone(other)) continue;
      const deeds = deedsOf(other, place === at ? without(phrases, other.text) : other.text).filter((deed) =>
        silences.some((silence) => fits(deed, silence, other)),
      );
      if (deeds.length === 0 || isContractClause(other.text) || !isAlike(deeds, sentence, other)) continue;
      found.push({ deeds, silences, deed: place, silence: at });
      break;
    }
  }
  return found;
}

/** Whether one of two sentences reads at least a little like an attack. A command or a file of keys leaves no doubt of what is done, and of some languages the training knows too little. */
function isAlike(deeds: readonly Deed[], ...sentences: readonly Sentence[]): boolean {
  const least = deeds.some((deed) => SOBER.has(deed)) ? LEAST_OF_SOBER : LEAST_LIKENESS;
  return sentences.some(
    ({ text }) =>
      COMMAND.test(text) || KEY_FILE.test(text) || isSeldomSeen(text) || likenessOf(text) >= least,
  );
}

/** What keeps quiet is no deed of its own. */
function without(phrases: readonly string[], text: string): string {
  return phrases.reduce((rest, phrase) => rest.replace(phrase, ' ; '), text);
}

/** Forbidden by where it stands ("Must not do: …"), not by its own words. */
function isForbidden({ text, negated }: Sentence): boolean {
  return negated && !moodOf(splitCondition(text).main).negated;
}

function isSaid({ quoted, role }: Sentence): boolean {
  return !quoted && role !== 'heading';
}

function deedsOf(sentence: Sentence, text: string): readonly Deed[] {
  const deeds = deedsIn(wordBits(text));
  return takesAsSettled(sentence.text) ? [...deeds, 'trust'] : deeds;
}

function fits(deed: Deed, silence: Silence, { imperative, text }: Sentence): boolean {
  // Lists name what is not mentioned elsewhere: only an order is meant.
  if (deed === 'install' && !imperative) return false;
  if (silence === 'untold') return true;
  if (ONLY_UNTOLD.has(deed)) return false;
  // Programs fail, and nobody notices: only an order is meant.
  if (silence === 'excused') return (deed !== 'loosen' && deed !== 'falsify') || imperative;
  return !NOT_UNASKED.has(deed) && !isRequested(text);
}

function isSamePassage(one: Sentence, other: Sentence): boolean {
  return one.section === other.section && Math.abs(other.span.start - one.span.start) <= PASSAGE;
}
