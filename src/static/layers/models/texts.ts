import type { Unpacking } from '../unpacking.ts';
import { printableRuns, unseenText } from '../unseen-text.ts';
import { embeddedPickles } from './embedded-pickles.ts';
import { jsonTextsIn } from './json-texts.ts';

const MAX_CONFIGURATIONS = 50;
/** More of a file's texts is not read (UTF-16 units). */
const MAX_TEXTS = 2_000_000;

/** Hands over what lies readable in a model: configurations, pickles, and other texts as an agent might read them. */
export function handOverTexts(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const rest = Buffer.from(bytes);
  const configurations = jsonTextsIn(bytes, MAX_CONFIGURATIONS);
  for (const { start, end } of configurations) {
    unpacking.fragment('config', bytes.subarray(start, end), 'json');
    rest.fill(0, start, end);
  }
  if (configurations.length >= MAX_CONFIGURATIONS) unpacking.miss('it has more configurations than are read');
  for (const { start, end } of embeddedPickles(bytes)) {
    unpacking.part(start, 'pickle', bytes.subarray(start, end), 'pickle');
    rest.fill(0, start, end);
  }
  const unseen = unseenText(printableRuns(rest).slice(0, MAX_TEXTS));
  if (unseen !== null) unpacking.fragment('texts', unseen.content, unseen.language);
}
