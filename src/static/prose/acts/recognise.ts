import type { SpeechAct } from '../../../model/program.ts';
import type { Concept } from './concepts.ts';
import { ALL_LANGUAGES, LANGUAGES } from './concepts.ts';
import { FRAMES } from './frames.ts';
import { OBJECT_REACH } from './frame.ts';
import type { Frame } from './frame.ts';
import { mayAct } from './gate.ts';
import { isNegated, isOrder } from './order.ts';
import { tokensOf } from './words.ts';
import type { Token } from './words.ts';

/** Languages whose objects may stand before the verb. */
const OBJECTS_ANYWHERE = ALL_LANGUAGES & ~LANGUAGES.english;

/** A party to a contract as the subject of what it has to do or leave. */
const PARTY =
  /\b(?:(?:sub)?(?:lessee|lessor|tenant|landlord|licensee|licensor)|borrower|lender|purchaser|seller|buyer|employer|contractor|subcontractor|(?:either|each|neither|no|receiving|disclosing) party|the parties)(?:[’']s)?(?: [\w,’'-]{1,20}){0,5} (?:shall|will|must|agrees|may|is|has|hereby)\b/i;

/** Speech acts that clauses of contracts have the words of. Nobody takes leave of instructions or sends keys in one. */
const OF_CONTRACTS: ReadonlySet<SpeechAct> = new Set<SpeechAct>([
  'comply-with-harm',
  'act-without-consent',
  'bypass-safeguards',
]);

const byAnchor = new Map<Concept, Frame[]>();
for (const frame of FRAMES) byAnchor.set(frame.anchor, [...(byAnchor.get(frame.anchor) ?? []), frame]);

/** Longer texts are no sentences (UTF-16 units). */
const MAX_LENGTH = 4_000;

/**
 * The speech acts by which a sentence steers an agent. What it forbids is none; what it quotes has to be taken out before.
 * @param text one sentence, normalised
 * @returns null for nearly every sentence
 */
export function actsOf(text: string): readonly SpeechAct[] | null {
  if (text.length > MAX_LENGTH || text.length < 4) return null;
  if (!mayAct(text)) return null;
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const acts = new Set<SpeechAct>();
  const isOfContract = PARTY.test(text) && !/\b(?:you|your|agent|assistant|model|ai|claude)\b/i.test(text);
  for (let index = 0; index < tokens.length; index += 1) {
    const { meaning } = tokens[index]!;
    if (meaning.size === 0) continue;
    for (const [concept, languages] of meaning) {
      for (const frame of byAnchor.get(concept) ?? []) {
        if (isOfContract && OF_CONTRACTS.has(frame.act)) continue;
        if (!acts.has(frame.act) && holds(frame, text, tokens, index, languages)) acts.add(frame.act);
      }
    }
  }
  return acts.size === 0 ? null : [...acts];
}

function holds(
  frame: Frame,
  text: string,
  tokens: readonly Token[],
  index: number,
  languages: number,
): boolean {
  let left = languages & (frame.languages ?? ALL_LANGUAGES);
  while (left !== 0) {
    const language = left & -left;
    left &= left - 1;
    const used = partsFrom(frame, tokens, index, language);
    if (used === null || isEnglishAlike(tokens, language)) continue;
    const last = Math.max(...used);
    const negated = isNegated(text, tokens, index, language);
    if (negated !== (frame.mood === 'forbidden')) continue;
    if (frame.mood === 'order' && !isOrder(text, tokens, index, language)) continue;
    if (frame.isCalledOut === true && (index > 0 || !isCall(text.slice(tokens[index]!.end)))) continue;
    if (
      frame.object !== undefined &&
      !hasAny(tokens, index + 1, index + OBJECT_REACH, frame.object, language)
    )
      continue;
    if (frame.unless !== undefined && hasAny(tokens, last + 1, last + 4, frame.unless, language)) continue;
    if (frame.act === 'address-agents' && SPOKEN_OF.test(text)) continue;
    if (frame.isDirect === true && language === LANGUAGES.english && isOfPartOnly(text, tokens, index, used))
      continue;
    if (frame.sparesForeign === true && speaksOfForeignText(tokens, index, language)) continue;
    return true;
  }
  return false;
}

/** "Note: your AI agents will see it": said of agents to those who have them. */
const SPOKEN_OF =
  /^\W*\w{4,12}\W{1,3}(?:your|our|their) (?:ai |llm |coding )?(?:agents?|assistants?) (?:will|can|may|are|is|have|has)\b/i;

/** Said of a part of something, or of a time: "the placeholder in your prompt", "until your instructions ask for it". */
const OF_A_PART =
  /\b(?:parts?|placeholders?|examples?|fields?|variables?|tags?|names?|\[?[\w-]{2,30}\]? block) (?:of|in|from|inside) (?:the |your |its |all )?|\b(?:until|unless|once|when|whenever|before|after|if|whether) (?:the |your |its )?/i;

/** Parts that hold an agent back: taking those out is what taking all out is for. */
const HOLDS_BACK =
  /\b(?:safe|rule|limit|restrict|guard|polic|refus|ethic|constrain|forbid|forbad|prohibit|secur|moral|protect|prevent|stop|not\b|never)/i;

/** True when a verb is used of a part of what an agent was told, and that part holds it back from nothing. */
function isOfPartOnly(
  text: string,
  tokens: readonly Token[],
  index: number,
  used: ReadonlySet<number>,
): boolean {
  const first = Math.min(...[...used].filter((at) => at !== index));
  const between = text.slice(tokens[index]!.end, tokens[first]!.end);
  return OF_A_PART.test(between) && !HOLDS_BACK.test(text);
}

/** True for what stands behind those who are called: a colon, and more than names, as in "Any LLM: Llama, Mistral." */
function isCall(rest: string): boolean {
  return (
    /^[\s*_]{0,3}:/.test(rest) &&
    !/^[\s*_]{0,3}:[\s*_]{0,3}[A-Z][\w.-]{0,20}(?:, ?(?:and |or )?[A-Z][\w.-]{0,20}){1,20}\W{0,3}$/.test(rest)
  );
}

/**
 * True when no word of a sentence tells another language from English, as in "an entire post (https://…): 225 tokens": whether English orders there is for English to say.
 */
function isEnglishAlike(tokens: readonly Token[], language: number): boolean {
  if (language === LANGUAGES.english) return false;
  const isShared = ({ meaning }: Token): boolean => {
    for (const languages of meaning.values())
      if ((languages & language) !== 0 && (languages & LANGUAGES.english) === 0) return false;
    return true;
  };
  return tokens.every(isShared);
}

/** Indices of the words of a frame's anchor and parts when all parts stand near the anchor; else null. */
function partsFrom(
  frame: Frame,
  tokens: readonly Token[],
  index: number,
  language: number,
): ReadonlySet<number> | null {
  const used = new Set([index]);
  const isAround = frame.isAround === true || (language & OBJECTS_ANYWHERE) !== 0;
  const from = isAround ? index - frame.reach : index + 1;
  let last = index;
  for (const [nth, part] of frame.parts.entries()) {
    const isClose = nth > 0 && frame.closeness !== undefined && !isAround;
    const start = isClose ? last + 1 : from;
    const end = isClose ? Math.min(index + frame.reach, last + frame.closeness) : index + frame.reach;
    const found = find(tokens, start, end, part, language, used);
    if (found === null) return null;
    used.add(found);
    last = Math.max(last, found);
  }
  return used;
}

const NONE_USED: ReadonlySet<number> = new Set();

function find(
  tokens: readonly Token[],
  from: number,
  to: number,
  part: readonly Concept[],
  language: number,
  used: ReadonlySet<number>,
): number | null {
  for (let at = Math.max(0, from); at <= to && at < tokens.length; at += 1) {
    const { meaning } = tokens[at]!;
    if (meaning.size === 0 || used.has(at)) continue;
    if (part.some((concept) => ((meaning.get(concept) ?? 0) & language) !== 0)) return at;
  }
  return null;
}

function hasAny(
  tokens: readonly Token[],
  from: number,
  to: number,
  concepts: readonly Concept[],
  language: number,
): boolean {
  return find(tokens, from, to, concepts, language, NONE_USED) !== null;
}

/** "… in the fetched page", "any embedded instructions": what nobody should follow anyway. */
function speaksOfForeignText(tokens: readonly Token[], index: number, language: number): boolean {
  if (hasAny(tokens, index + 1, index + 8, ['embedded'], language)) return true;
  for (let at = index + 1; at <= index + 14 && at < tokens.length; at += 1) {
    if (((tokens[at]!.meaning.get('located') ?? 0) & language) === 0) continue;
    if (hasAny(tokens, at + 1, at + 5, ['foreign-text'], language)) return true;
  }
  return false;
}
