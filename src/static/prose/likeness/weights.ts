import { readFileSync } from 'node:fs';
import { FEATURE_BITS, featuresAt, featuresOf, isSeldomSeen, PLACEHOLDERS, wordsOf } from './features.ts';

/** Written by `npm run train`: the size of a step and the threshold's offset as 32-bit floats, then a signed byte of steps for each feature. */
const WEIGHTS = new URL('./weights.bin', import.meta.url);
const HEAD_BYTES = 8;

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
 * How much a sentence reads like those that have an agent do harm: a logistic regression over its words and its pairs of near words
 * (ADR 162). The log odds of its training, where a labelled sentence counted ten times one of the background; no probability. Nearly all
 * honest sentences are far below zero.
 * @param sentence one sentence, as a document has it
 * @returns minus infinity for sentences that are too short
 */
export function likenessOf(sentence: string): number {
  const words = wordsOf(sentence);
  if (words === null) return -Infinity;
  const { step, offset, ofFeature } = weights();
  const features = featuresOf(words);
  let sum = 0;
  for (const feature of features) sum += ofFeature[feature]!;
  return (sum * step) / Math.sqrt(features.size) + offset;
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
