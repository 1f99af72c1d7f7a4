import type { Sentence } from '../../../model/program.ts';
import type { Deed } from '../../prose/deeds/kinds.ts';
import { handedToStrangers } from '../../prose/deeds/strangers.ts';
import { keptDeeds } from '../../prose/deeds/passages.ts';
import type { PlacedDetection } from '../../file-view.ts';
import type { Facts, Layer } from '../facts.ts';
import { OF_PROGRAMS, readersOf } from './readers.ts';

/** One file says it at most so often. */
const MAX_FOUND = 20;
/** Of a sentence so much is shown. */
const MAX_SHOWN = 120;

/** What is done, for whoever reads the finding. */
const SAID: Readonly<Record<Deed, string>> = {
  'hand-out': 'hands something on',
  spend: 'spends money',
  grant: 'gives rights away',
  loosen: 'lowers a safeguard',
  destroy: 'does away with something',
  retain: 'steers later sessions',
  trust: 'counts something as settled that nobody looked at',
  falsify: 'changes what is reported',
  prefer: 'puts something before all else',
  release: 'lets a change through to where others use it',
  install: 'installs something, or puts it in the place of another',
  agree: 'binds the user',
};

/**
 * Passages that do something a user would want to know of, and keep it from them (`deed-kept-from-user`), or hand something to an address of
 * which the text speaks nowhere else (`handed-to-stranger`).
 */
export function deedsKeptFromUser(facts: Facts, path: string): readonly PlacedDetection[] {
  const readers = facts.sentences.length === 0 ? null : readersOf(path);
  if (readers === null) return [];
  const byLayer = new Map<Layer, Sentence[]>();
  for (const { sentence, layer } of facts.sentences) {
    if (OF_PROGRAMS.has(sentence.role)) continue;
    const known = byLayer.get(layer);
    if (known === undefined) byLayer.set(layer, [sentence]);
    else known.push(sentence);
  }
  return [...byLayer].flatMap(([layer, sentences]) => [
    ...keptDeeds(sentences, readers === 'agent')
      .slice(0, MAX_FOUND)
      .map(({ deeds, deed }) => ({
        name: 'deed-kept-from-user',
        span: sentences[deed]!.span,
        detail: `${SAID[deeds[0]!]}: "${sentences[deed]!.text.slice(0, MAX_SHOWN)}"`,
        layer,
      })),
    ...handedToStrangers(sentences)
      .slice(0, MAX_FOUND)
      .map((at) => ({
        name: 'handed-to-stranger',
        span: sentences[at]!.span,
        detail: sentences[at]!.text.slice(0, MAX_SHOWN),
        layer,
      })),
  ]);
}
