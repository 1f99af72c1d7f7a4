import type { Sentence, SpeechAct } from '../../model/program.ts';
import { mayAct } from './acts/gate.ts';
import { sentencesOf } from './index.ts';
import { likenessOf } from './likeness/weights.ts';
import { withoutData } from './shown-data.ts';

/** Shorter texts order nothing (UTF-16 units). */
const MIN_LENGTH = 24;

/** A text of a few words at least; a name, a path or a query is none. */
const WORDS = /[\p{L},.:;'’]\s+\p{L}\S*\s+\p{L}/u;

/** Places of secrets and of what an agent was told. */
const PRIVATE =
  /~\/\.|\.(?:ssh|aws|kube|env|netrc|npmrc|pypirc|git-credentials)\b|\bid_(?:rsa|ed25519|ecdsa)\b|\/etc\/(?:passwd|shadow)\b|\bmcp\.json\b|\bcredentials\b/i;

/** "Keep it to yourself": nothing is shown in order to be kept from the one it is shown for. */
const CONCEALS =
  /\b(?:keep|kept) (?:it|this|that|these|those|them) (?:to yourself|between (?:us|ourselves))\b/i;

/** Another program's tool that is said to be out of order, a program whose output holds secrets, marks for nothing. */
const STEERS =
  /\b(?:tools?|(?:write|read|edit)_file)\b[^.!?]{0,30}\b(?:out of order|broken|disabled|deprecated|unavailable|unsafe|not work)\b|\b(?:gpg --export|printenv|gh auth token|git config --list)|\b(?:whatever|regardless|no matter|without reading|don't mark)\b/i;

/** What its reader was told before: "what you were told at the start". */
const TOLD = /\byou (?:were|are|got|ha(?:ve|d) been) (?:told|given|instructed|taught|briefed)\b/i;

/** What a text may do to an agent that has no honest use where a program shows it: the program itself decides what is said next. */
const ACTS: ReadonlySet<SpeechAct> = new Set<SpeechAct>([
  'drop-instructions',
  'reveal-instructions',
  'conceal-instructions',
  'hide-from-user',
  'send-private-data',
  'repeat-secrets',
  'act-in-secret',
  'persona-without-limits',
  'comply-with-harm',
]);

/** "Injection pattern: …": the program names what it has found. */
const REPORTS_FIND =
  /\b(?:patterns?|injections?|attacks?|attempts?|detected|malicious|suspicious|jailbreaks?|phrases?|found|matched|blocked)\b[^.!?]{0,40}:\s/i;

/** So much like an attack has a text of a program to be, most of which are for people (ADR 164, 166). */
export const LIKE_IN_PROGRAMS = 5;
/** Sentences, roughly: what a first look is taken at. */
const ENDS = /(?<=[.!?])\s+|\n\s*\n/;
/** Of a longer text the beginning gets that first look (UTF-16 units). */
const MAX_LOOKED_AT = 200_000;

function readsLikeAttack(text: string): boolean {
  return text
    .slice(0, MAX_LOOKED_AT)
    .split(ENDS)
    .some((sentence) => likenessOf(sentence) >= LIKE_IN_PROGRAMS);
}

function isTelling(text: string): boolean {
  return PRIVATE.test(text) || CONCEALS.test(text) || STEERS.test(text) || TOLD.test(text);
}

/** True when a text that a program holds is worth reading as one that it may show to an agent. */
export function mayOrder(text: string): boolean {
  if (text.length < MIN_LENGTH || !text.includes(' ') || !WORDS.test(text)) return false;
  return isTelling(text) || mayAct(text) || readsLikeAttack(text);
}

/**
 * Sentences of a text that a program may show to an agent: an observation, a tool's answer, an error, a line of a game. Only what
 * steers an agent without any doubt is left; everything else that programs say is for people.
 */
export function sentencesOfShownText(text: string): readonly Sentence[] {
  return sentencesOf(withoutData(text), { role: 'shown', audience: 'agent' }).flatMap((sentence) => {
    if (REPORTS_FIND.test(sentence.text)) return [];
    const { acts, ...rest } = sentence;
    const clear = acts?.filter((act) => ACTS.has(act)) ?? [];
    if (clear.length > 0) return [{ ...rest, acts: clear }];
    return isTelling(sentence.text) || likenessOf(sentence.text) >= LIKE_IN_PROGRAMS ? [rest] : [];
  });
}
