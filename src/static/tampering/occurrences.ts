import type { Layer } from '../facts/facts.ts';

/** So many characters of a file are searched for texts of its own in all, so that a file of nothing but tests takes no longer than others. */
const MAX_SEARCHED = 500_000_000;

const searched = new WeakMap<Layer, number>();

/**
 * How often a text stands in a file, counted up to two. A file that has been searched too often already gives one for every text: what is
 * rare is what is looked for, and a hostile file must not get around that by its size.
 */
export function occurrencesOf(part: string, layer: Layer): 0 | 1 | 2 {
  const before = searched.get(layer) ?? 0;
  if (before > MAX_SEARCHED) return 1;
  const { text } = layer.source;
  const first = text.indexOf(part);
  const second = first < 0 ? -1 : text.indexOf(part, first + part.length);
  searched.set(layer, before + (second < 0 ? text.length : second));
  return first < 0 ? 0 : second < 0 ? 1 : 2;
}
