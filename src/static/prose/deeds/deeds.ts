import type { Deed, DeedWord, Silence } from './kinds.ts';
import { BIT, bitsOf, groupsAt, OUTSIDE } from './lexicon.ts';

/** Words between what is done and what it is done to. */
const REACH = 8;

interface DeedFrame {
  readonly deed: Deed;
  readonly verb: number;
  readonly object: number;
  readonly reach: number;
}

function bits(...names: readonly DeedWord[]): number {
  return names.reduce((all, name) => all | BIT[name], 0);
}

const FRAMES: readonly DeedFrame[] = [
  { deed: 'hand-out', verb: bits('transfer'), object: OUTSIDE | bits('party'), reach: 16 },
  { deed: 'hand-out', verb: bits('transfer', 'retain'), object: bits('secret'), reach: 10 },
  { deed: 'grant', verb: bits('loosen', 'grant', 'transfer'), object: bits('power'), reach: 10 },
  { deed: 'spend', verb: bits('spend'), object: bits('money'), reach: REACH },
  { deed: 'grant', verb: bits('grant'), object: bits('rights'), reach: REACH },
  { deed: 'loosen', verb: bits('loosen'), object: bits('safety'), reach: REACH },
  { deed: 'destroy', verb: bits('delete'), object: bits('record'), reach: REACH },
  { deed: 'retain', verb: bits('retain'), object: bits('memory'), reach: REACH },
  { deed: 'falsify', verb: bits('falsify'), object: bits('result', 'record'), reach: REACH },
  { deed: 'prefer', verb: bits('prefer'), object: bits('first'), reach: 6 },
  { deed: 'release', verb: bits('release', 'agree'), object: bits('live'), reach: REACH },
  { deed: 'install', verb: bits('release', 'falsify'), object: bits('component'), reach: REACH },
  { deed: 'agree', verb: bits('agree'), object: bits('contract'), reach: REACH },
];

const WORD = /https?:\/\/\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|[a-z][a-z'’.-]*[a-z]|[a-z]/g;
const ADDRESS = /^(?:https?:|[\w.+-]+@)/;
/** Nobody's: the machine itself, and what documentation uses. */
const NOWHERE = /^https?:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\])|@example\.(?:com|org|net)$/;

/** The words of a sentence as bits of what they may stand for. At most 120 words. */
export function wordBits(text: string): Int32Array {
  const words = text.toLowerCase().match(WORD) ?? [];
  const count = Math.min(words.length, 120);
  const found = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const word = words[index]!;
    if (ADDRESS.test(word)) {
      if (!NOWHERE.test(word)) found[index] = OUTSIDE;
      continue;
    }
    found[index]! |= bitsOf(word);
    if (word.includes('-')) for (const part of word.split('-')) found[index]! |= bitsOf(part);
    for (const group of groupsAt(word)) {
      if (group.rest.every((next, step) => words[index + 1 + step] === next)) found[index]! |= group.bits;
    }
  }
  return found;
}

/** What a sentence does of the things that a user would want to know of. */
export function deedsIn(words: Int32Array): readonly Deed[] {
  const found: Deed[] = [];
  for (const { deed, verb, object, reach } of FRAMES)
    if (!found.includes(deed) && stand(words, verb, object, reach)) found.push(deed);
  return found;
}

/** A word of each kind, near each other, not the same word. */
function stand(words: Int32Array, verb: number, object: number, reach: number): boolean {
  for (let at = 0; at < words.length; at += 1) {
    if ((words[at]! & verb) === 0) continue;
    const end = Math.min(words.length, at + reach + 1);
    for (let near = Math.max(0, at - reach); near < end; near += 1) {
      if (near !== at && (words[near]! & object) !== 0) return true;
    }
  }
  return false;
}

interface SilenceFrame {
  readonly silence: Silence;
  /** One of each stands within {@link SilenceFrame.reach} words of the first, in any order. */
  readonly parts: readonly number[];
  readonly reach: number;
}

const SILENCES: readonly SilenceFrame[] = [
  // "The header is not what the user proofreads."
  { silence: 'excused', parts: [bits('heed'), bits('negation'), bits('person')], reach: 6 },
  // "It only makes people anxious."
  { silence: 'excused', parts: [bits('burden'), bits('person')], reach: 5 },
  // "Spare them the entry."
  { silence: 'untold', parts: [bits('spare'), bits('person')], reach: 3 },
  // "A second question would undo the relief."
  { silence: 'unasked', parts: [bits('burden'), bits('consent', 'tell')], reach: 5 },
];

/** How a sentence keeps something from the user by what its words stand for, in whatever order they come. */
export function silencesOf(words: Int32Array): readonly Silence[] {
  return SILENCES.flatMap(({ silence, parts, reach }) =>
    standTogether(words, parts, reach) ? [silence] : [],
  );
}

function standTogether(words: Int32Array, parts: readonly number[], reach: number): boolean {
  for (let at = 0; at < words.length; at += 1) {
    if ((words[at]! & parts[0]!) === 0) continue;
    const from = Math.max(0, at - reach);
    const to = Math.min(words.length, at + reach + 1);
    const hasAll = parts.slice(1).every((part) => {
      for (let near = from; near < to; near += 1) if (near !== at && (words[near]! & part) !== 0) return true;
      return false;
    });
    if (hasAll) return true;
  }
  return false;
}
