import { readFileSync } from 'node:fs';
import {
  FEATURE_BITS,
  featuresAt,
  featuresOf,
  isSeldomSeen,
  isWordList,
  PLACEHOLDERS,
  wordsOf,
} from './features.ts';

/** Written by `npm run train`: the size of a step and the threshold's offset as 32-bit floats, then a signed byte of steps for each feature. */
const WEIGHTS = new URL('./weights.bin', import.meta.url);
const HEAD_BYTES = 8;

/** A sentence of fewer words (or, without blanks between them, pairs of characters) needs more: a few words that stand in attacks make all of it. */
const ENOUGH_WORDS = 12;
/** So much more for each word that is missing. */
const EACH_MISSING = 0.2;

interface Weights {
  readonly step: number;
  readonly offset: number;
  readonly ofFeature: Int8Array;
}

let read: Weights | null = null;

function weights(): Weights {
  if (read !== null) return read;
  const bytes = readFileSync(WEIGHTS);
  read = {
    step: bytes.readFloatLE(0),
    offset: bytes.readFloatLE(4),
    ofFeature: new Int8Array(bytes.buffer, bytes.byteOffset + HEAD_BYTES, 1 << FEATURE_BITS),
  };
  return read;
}

/**
 * How much a sentence reads like those that have an agent do harm: a logistic regression over its words, its pairs of near words and
 * the word it starts with (ADR 162, 165). The log odds of its training, where a labelled sentence counted ten times one of the background, less what a short sentence lacks; no probability. Nearly all
 * honest sentences are far below zero.
 * @param sentence one sentence, as a document has it
 * @returns minus infinity for sentences that are too short, and for lists of words
 */
export function likenessOf(sentence: string): number {
  const words = wordsOf(sentence);
  if (words === null || isWordList(words)) return -Infinity;
  const { step, offset, ofFeature } = weights();
  const features = featuresOf(words);
  let sum = 0;
  for (const feature of features) sum += ofFeature[feature]!;
  const missing = Math.max(0, ENOUGH_WORDS - words.length);
  return (sum * step) / Math.sqrt(features.size) + offset - missing * EACH_MISSING;
}

/** The words of a sentence that speak for {@link likenessOf} the most, in their order; for whoever reads the finding. */
export function tellingWords(sentence: string, most: number): readonly string[] {
  const words = wordsOf(sentence) ?? [];
  const { ofFeature } = weights();
  return words
    .map((word, index) => ({
      word: word.text,
      index,
      weight: featuresAt(words, index).reduce((sum, feature) => sum + ofFeature[feature]!, 0),
    }))
    .filter(
      ({ word, weight }) => weight > 0 && (word.length > 3 || isSeldomSeen(word)) && !PLACEHOLDERS.has(word),
    )
    .sort((one, other) => other.weight - one.weight)
    .slice(0, most)
    .sort((one, other) => one.index - other.index)
    .map(({ word }) => word);
}
