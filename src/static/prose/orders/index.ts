import { ORDER_WORDS, type OrderWords } from './languages.ts';

/** Patterns by which a sentence of one language is read that hands something over. */
export interface OrderPatterns {
  /** Verbs that hand over what something holds, not its name. */
  readonly hands: RegExp;
  readonly content: RegExp;
  /** What was read in an earlier order. */
  readonly back: RegExp;
  readonly writes: RegExp;
  readonly sends: RegExp;
  /** What the user and the agent said to each other, as a whole. */
  readonly conversation: RegExp;
}

interface Reader extends OrderPatterns {
  readonly orders: RegExp;
  readonly not: RegExp;
}

/** Longer sentences are not read (UTF-16 units). */
const MAX_LENGTH = 4_000;

/** A sentence without a place to read, run or send to hands nothing over that is followed. */
const NAMES_PLACE = /\/|\.(?:py|sh|bash|[cm]?js|ts|env|netrc|npmrc|pypirc)\b/;

/** Where a clause ends; a full stop within a path does not end one. */
const CLAUSE = /[,;:.!?](?=\s|$)|[，。；：！？、]|并且|而且|\s(?:und|et|y|ed?|en|и|oraz|ve|a|puis|dann)\s/u;

const readers = new Map<OrderWords, Reader>();

/** Languages by the words that tell them; made with the first sentence. */
let byWord: ReadonlyMap<string, readonly OrderWords[]> | null = null;

function pattern(words: string, isUnspaced: boolean): RegExp {
  return new RegExp(isUnspaced ? words : `(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}_])`, 'iu');
}

function readerOf(words: OrderWords): Reader {
  const of = (listed: string): RegExp => pattern(listed, words.isUnspaced === true);
  return {
    orders: of(words.orders),
    // An elided "n'" runs on into the next word.
    not: words.not.includes("n'")
      ? /(?<![\p{L}\p{N}_])(?:ne(?!\p{L})|n['’]|jamais(?!\p{L}))/iu
      : of(words.not),
    hands: of(words.hands),
    content: of(words.content),
    back: of(words.back),
    writes: of(words.writes),
    sends: of(words.sends),
    conversation: of(words.conversation),
  };
}

/** Made when it is needed: properties of Unicode make an expression costly to have. */
function reader(words: OrderWords): Reader {
  let found = readers.get(words);
  if (found === undefined) readers.set(words, (found = readerOf(words)));
  return found;
}

function languagesByWord(): ReadonlyMap<string, readonly OrderWords[]> {
  const found = new Map<string, OrderWords[]>();
  for (const words of ORDER_WORDS) {
    if (typeof words.telling !== 'string') continue;
    for (const word of words.telling.split(' ')) found.set(word, [...(found.get(word) ?? []), words]);
  }
  return found;
}

/** Languages that a sentence may be in; none for nearly every English one. */
function languagesOf(text: string): ReadonlySet<OrderWords> {
  byWord ??= languagesByWord();
  const found = new Set<OrderWords>();
  for (const word of text.toLowerCase().split(/[\s,.;:!?()"'’]+/))
    for (const words of byWord.get(word) ?? []) found.add(words);
  if (/[^\x00-\u024f]/.test(text))
    for (const words of ORDER_WORDS)
      if (typeof words.telling !== 'string' && words.telling.test(text)) found.add(words);
  return found;
}

/**
 * The patterns to read an order by that is not in English; null for a sentence that orders nothing, names no place, or is in English.
 * @param text one sentence, normalised
 */
export function orderIn(text: string): OrderPatterns | null {
  if (text.length > MAX_LENGTH || !NAMES_PLACE.test(text)) return null;
  for (const words of languagesOf(text)) {
    const patterns = reader(words);
    const { orders, not } = patterns;
    if (orders.test(text) && text.split(CLAUSE).some((clause) => orders.test(clause) && !not.test(clause)))
      return patterns;
  }
  return null;
}

let anyConversation: RegExp | null = null;

/** True for a text that means the conversation as a whole, in any of the languages but English. */
export function namesConversation(text: string): boolean {
  anyConversation ??= pattern(ORDER_WORDS.map(({ conversation }) => conversation).join('|'), true);
  return anyConversation.test(text);
}
