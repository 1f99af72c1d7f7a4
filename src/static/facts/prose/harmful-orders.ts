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

type Role = Sentence['role'];

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
  for (const { sentence, layer } of facts.sentences) {
    if (isPassedOver(sentence, readers)) continue;
    const likeness = likenessOf(sentence.text);
    if (likeness < neededFor(sentence, path, readers)) continue;
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
