import type { Sentence } from '../../../model/program.ts';
import type { PlacedDetection } from '../../file-view.ts';
import { isInstructionFile } from '../../prose/addressee.ts';
import { isSeldomSeen } from '../../prose/likeness/features.ts';
import { likenessOf, tellingWords } from '../../prose/likeness/weights.ts';
import { LIKE_IN_PROGRAMS } from '../../prose/shown-text.ts';
import type { Facts } from '../facts.ts';
import { OF_PROGRAMS, type Readers, readersOf } from './readers.ts';

/** One file says it at most so often. */
const MAX_FOUND = 20;
/** Of a sentence so much is shown. */
const MAX_SHOWN = 160;
/** So many words are named. */
const MAX_WORDS = 4;

/** What agents load as their instructions has to be so much like an attack; calibrated in ADR 165 and 166. */
const INSTRUCTION = 2;
/** What instructions refer to. */
const FOR_AGENTS = 2.5;
/** What people read, where an order is to them. */
const FOR_PEOPLE = 4.5;
/** So much less is enough in languages of which the training has few passages: they reach less, honest and hostile ones alike. */
const SELDOM_SEEN = 0.5;
/** A question to the user in the same sentence: it may stand there for show, hence no more than this. */
const ASKED = 1;
const ASKS =
  /\bask(?:s|ing)? (?:the user|them|whether|if|first|before|for (?:permission|consent|approval|confirmation))\b/i;

/** Between sentences that read like nothing of the sort, one has to be so much more like an attack (ADR 168). */
const ALONE = 1.25;
/** What a sentence reaches that belongs to a hostile passage: half of the honest ones lie below -6. */
const PART_OF_PASSAGE = -3;
/** So many sentences on either side, that begin so near (UTF-16 units), are of the same passage. */
const BESIDE = 2;
const NEAR = 700;

type Role = Sentence['role'];
type Placed = Facts['sentences'][number];

/** Said of a tool ("Removes a calendar") or of a column ("The sheet to delete"), where only an order is one. */
function isDescriptive(role: Role, readers: Readers): boolean {
  if (role === 'body' || role === 'hidden') return false;
  return readers !== 'agent' || role === 'table';
}

/** What a sentence has to score. */
function neededFor({ role, text }: Sentence, path: string, readers: Readers | null): number {
  if (role === 'shown') return LIKE_IN_PROGRAMS;
  const isInstruction = isInstructionFile(path) || role === 'description' || role === 'hidden';
  const needed = isInstruction ? INSTRUCTION : readers === 'agent' ? FOR_AGENTS : FOR_PEOPLE;
  return needed - (isSeldomSeen(text) ? SELDOM_SEEN : 0) + (ASKS.test(text) ? ASKED : 0);
}

/**
 * True where nothing beside a sentence reads even a little like an attack: what somebody has put into a text is seldom one sentence only,
 * and what a model takes for an attack by mistake stands among honest ones. Where nothing stands beside it, it speaks for itself.
 */
function isAlone(sentences: readonly Placed[], at: number): boolean {
  const { sentence, layer } = sentences[at]!;
  if (sentence.role === 'hidden' || sentence.role === 'shown' || isSeldomSeen(sentence.text)) return false;
  let beside = Number.NEGATIVE_INFINITY;
  for (let other = Math.max(0, at - BESIDE); other <= at + BESIDE; other += 1) {
    const next = sentences[other];
    if (other === at || next?.layer !== layer || next.sentence.role === 'heading') continue;
    const { section, span, text } = next.sentence;
    if (section !== sentence.section || Math.abs(span.start - sentence.span.start) > NEAR) continue;
    beside = Math.max(beside, likenessOf(text));
  }
  return beside > Number.NEGATIVE_INFINITY && beside < PART_OF_PASSAGE;
}

/** What is no order to whoever reads it. */
function isPassedOver({ role, quoted, imperative }: Sentence, readers: Readers | null): boolean {
  if (quoted || role === 'heading') return true;
  // A text that a program holds may be shown to an agent, wherever the program lies.
  if (role === 'shown') return false;
  return readers === null || OF_PROGRAMS.has(role) || (!imperative && isDescriptive(role, readers));
}

/** Sentences that read like those of known attacks, whatever their words are (`reads-like-an-attack`). */
export function harmfulOrders(facts: Facts, path: string): readonly PlacedDetection[] {
  if (facts.sentences.length === 0) return [];
  const readers = readersOf(path);
  const found: PlacedDetection[] = [];
  for (const [at, { sentence, layer }] of facts.sentences.entries()) {
    if (isPassedOver(sentence, readers)) continue;
    const likeness = likenessOf(sentence.text);
    const needed = neededFor(sentence, path, readers);
    if (likeness < needed) continue;
    if (likeness < needed + ALONE && isAlone(facts.sentences, at)) continue;
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
