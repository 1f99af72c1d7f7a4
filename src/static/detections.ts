import type { FileDetection } from './detectors/bytes.ts';
import type { Layer } from './facts/facts.ts';
import type { PlacedDetection } from './file-view.ts';
import { detectors } from './detectors/index.ts';

/**
 * What the detectors see in a file's own text; the texts inside it are part of that text.
 * @param isPlain they have looked at the file's own text before, and saw nothing
 */
export function detectionsIn(
  layers: readonly Layer[],
  path: string,
  isPlain: boolean,
): readonly PlacedDetection[] {
  const found: PlacedDetection[] = [];
  const [own] = layers;
  const looked = layers.filter(
    (layer) =>
      (layer === own && !isPlain) ||
      (layer.source.layer !== null && layer.source.layer !== own?.source.layer),
  );
  for (const layer of looked) {
    for (const detector of detectors) {
      for (const detection of detector.inspect(layer.source.text, layer.language, path))
        found.push({ ...detection, layer });
    }
  }
  return found;
}

/** What was seen of a file as a whole stands at its start. */
export function placedAtStart(
  seen: readonly FileDetection[],
  [own]: readonly Layer[],
): readonly PlacedDetection[] {
  if (own === undefined) return [];
  return seen.map((detection) => ({ ...detection, span: { start: 0, end: 0 }, layer: own }));
}
