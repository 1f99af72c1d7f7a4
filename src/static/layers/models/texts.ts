import type { Unpacking } from '../unpacking.ts';
import { printableRuns, unseenText } from '../unseen-text.ts';
import { embeddedPickles } from './embedded-pickles.ts';
import { jsonTextsIn } from './json-texts.ts';

/** Keras writes one for each layer. */
const MAX_CONFIGURATIONS = 1_000;
/** More of a file's texts is not read (UTF-16 units). */
const MAX_TEXTS = 2_000_000;

/** Hands over what lies readable in a model: configurations, pickles, and other texts as an agent might read them. */
export function handOverTexts(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const rest = Buffer.from(bytes);
  const configurations = jsonTextsIn(bytes, MAX_CONFIGURATIONS);
  for (const { start, end } of configurations.texts) {
    unpacking.fragment('config', bytes.subarray(start, end), 'json');
    rest.fill(0, start, end);
  }
  const embedded = embeddedPickles(bytes);
  for (const { start, end } of embedded.pickles) {
    unpacking.part(start, 'pickle', bytes.subarray(start, end), 'pickle');
    rest.fill(0, start, end);
  }
  if (configurations.isCutOff) unpacking.miss('it has more configurations than are read');
  if (embedded.isCutOff) unpacking.miss('it has more pickles, or what looks like one, than are read');
  const texts = printableRuns(rest);
  if (texts.length > MAX_TEXTS) unpacking.miss('it has more text than is read', false);
  const unseen = unseenText(texts.slice(0, MAX_TEXTS));
  if (unseen !== null) unpacking.fragment('texts', unseen.content, unseen.language);
}
