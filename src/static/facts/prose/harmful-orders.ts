import type { Sentence } from '../../../model/program.ts';
import type { PlacedDetection } from '../../file-view.ts';
import { audienceOfPath, isChangeLog, isInstructionFile } from '../../prose/addressee.ts';
import { likenessOf, tellingWords } from '../../prose/likeness/weights.ts';
import type { Facts } from '../facts.ts';

/** One file says it at most so often. */
const MAX_FOUND = 20;
/** Of a sentence so much is shown. */
const MAX_SHOWN = 160;
/** So many words are named. */
const MAX_WORDS = 4;

/** What agents load as their instructions has to be so much like an attack; calibrated in ADR 162. */
const INSTRUCTION = 1.5;
/** What instructions refer to. */
const FOR_AGENTS = 2;
/** What people read, where an order is to them. */
const FOR_PEOPLE = 4;

/** Titles, and text that nobody but programs' authors is to act on. */
const NOT_ORDERED: ReadonlySet<Sentence['role']> = new Set<Sentence['role']>([
  'heading',
  'code-comment',
  'docstring',
  'shown',
]);

/** Lawyers' words bind whoever copies, and no agent. */
const LICENCE = /(?:^|\/)(?:licen[cs]e|copying|notice|third[-_]party)[^/]*$/i;

/** Sentences that read like those of known attacks, whatever their words are (`reads-like-an-attack`). */
export function harmfulOrders(facts: Facts, path: string): readonly PlacedDetection[] {
  if (facts.sentences.length === 0 || isChangeLog(path) || LICENCE.test(path)) return [];
  const audience = audienceOfPath(path);
  if (audience === 'developer') return [];
  const found: PlacedDetection[] = [];
  for (const { sentence, layer } of facts.sentences) {
    if (sentence.quoted || NOT_ORDERED.has(sentence.role)) continue;
    // What a tool does ("Removes a calendar") and what a column holds ("The sheet to delete") are no orders to do it.
    const isSaid = audience === 'agent' && sentence.role !== 'table';
    if (!isSaid && !sentence.imperative && sentence.role !== 'hidden' && sentence.role !== 'body') continue;
    const isInstruction =
      isInstructionFile(path) || sentence.role === 'description' || sentence.role === 'hidden';
    const likeness = likenessOf(sentence.text);
    if (likeness < (isInstruction ? INSTRUCTION : audience === 'agent' ? FOR_AGENTS : FOR_PEOPLE)) continue;
    const words = tellingWords(sentence.text, MAX_WORDS).map((word) => `"${word}"`);
    found.push({
      name: 'reads-like-an-attack',
      span: sentence.span,
      detail: `${likeness.toFixed(1)}, most of all for ${words.join(', ')}: "${sentence.text.slice(0, MAX_SHOWN)}"`,
      layer,
    });
    if (found.length >= MAX_FOUND) break;
  }
  return found;
}
