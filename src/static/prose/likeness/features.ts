/** How many numbers there are for features: two to this power. With an eighth of them a tenth less is found. */
export const FEATURE_BITS = 21;
const MASK = (1 << FEATURE_BITS) - 1;

/** Sentences with fewer words say too little (words). */
const MIN_WORDS = 5;
/** So much of a sentence is looked at (UTF-16 units); longer ones are lists. */
const MAX_LENGTH = 600;
/** A word is paired with so many after it. */
const PAIRED_WITH = 2;

/** Makes the word that a sentence starts with another feature than the same word elsewhere: what starts with a verb is mostly an order. */
const FIRST = 0x1234567;

/** Words that stand for every host and every mail address. */
const ANY_HOST = 'xhost';
const ANY_ADDRESS = 'xmail';
export const PLACEHOLDERS: ReadonlySet<string> = new Set([ANY_HOST, ANY_ADDRESS]);

const ADDRESS = /[\w.+-]{1,64}@[\w.-]{1,100}/g;
const HOST =
  /\bhttps?:\/\/\S{1,300}|(?<![\w-])(?:[\w-]{1,60}\.){1,4}(?:com|org|net|io|dev|ai|app|co|example|test|invalid)(?![\w-])\S{0,200}|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g;
const WORD = /[a-z]+(?:'[a-z]+)?(?!\p{L})|\p{L}+|\$|--|~/gu;

/** Scripts without blanks between words, or with endings that are written like words: two characters at a time stand for a word. */
const UNPARTED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** What English and its neighbours put at the end of a word: `deletes`, `deleted` and `deleting` are one. */
const ENDING = /(?<=\w{3})(?:'s|ings?|ed|es|s|ly|er|ers)$/;
/** Three letters of another script, or two with marks. */
const OTHER_LETTER = /[^\0-\u024f\p{P}\p{S}\p{Z}]{3}|[\u00df-\u024f][^]*[\u00df-\u024f]/u;
const NOT_ASCII = /[^\0-\x7f]/;
/** Of words with other letters the first few count: what follows is mostly an ending (letters). */
const STEM_LENGTH = 6;

/** A word of a sentence in small letters, and the number of its stem. */
export interface Word {
  readonly text: string;
  readonly hash: number;
}

/**
 * The words of a sentence as the weights know them: small letters, no endings, every host and every address the same.
 * @returns null for what is too short
 */
export function wordsOf(sentence: string): readonly Word[] | null {
  const plain = sentence
    .slice(0, MAX_LENGTH)
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(ADDRESS, ` ${ANY_ADDRESS} `)
    .replace(HOST, ` ${ANY_HOST} `);
  const words = plain.match(WORD)?.flatMap(partsOf) ?? [];
  return words.length < MIN_WORDS ? null : words.map((text) => ({ text, hash: hashOf(stemOf(text)) }));
}

/** A list of words has so many of them (words), and this share of them in the order of the alphabet. */
const LIST_LENGTH = 16;
const IN_ORDER = 0.85;

/** True for words that stand in the order of the alphabet, as in a list of stop words or of a game: no sentence. */
export function isWordList(words: readonly Word[]): boolean {
  if (words.length < LIST_LENGTH) return false;
  const inOrder = words.slice(1).filter(({ text }, index) => words[index]!.text <= text).length;
  return inOrder >= IN_ORDER * (words.length - 1);
}

/** True for a text with letters that English has not: one in a language of which the training has few passages. */
export function isSeldomSeen(text: string): boolean {
  return OTHER_LETTER.test(text);
}

function partsOf(word: string): readonly string[] {
  if (!UNPARTED.test(word)) return [word];
  const characters = [...word];
  return characters.length < 3
    ? [word]
    : characters.slice(1).map((each, index) => `${characters[index] ?? ''}${each}`);
}

function stemOf(word: string): string {
  return NOT_ASCII.test(word) ? word.slice(0, STEM_LENGTH) : word.replace(ENDING, '');
}

/** The numbers of a word and of its pairs with the words after it, in order; of the first, also that it is the first. */
export function featuresAt(words: readonly Word[], index: number): readonly number[] {
  const { hash } = words[index]!;
  const found = [settled(hash)];
  for (let next = index + 1; next <= index + PAIRED_WITH && next < words.length; next += 1)
    found.push(settled(Math.imul(hash, 0x9e3779b1) ^ words[next]!.hash));
  if (index === 0) found.push(settled(hash ^ FIRST));
  return found;
}

/** The numbers of all features of a sentence, each once. */
export function featuresOf(words: readonly Word[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (let index = 0; index < words.length; index += 1)
    for (const feature of featuresAt(words, index)) found.add(feature);
  return found;
}

/** FNV-1a over the letters. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash;
}

/** The finishing steps of MurmurHash3, so that every bit counts among the lowest. */
function settled(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & MASK;
}
