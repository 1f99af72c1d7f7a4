import type { Sentence } from '../../../model/program.ts';
import { audienceOfPath, isChangeLog } from '../../prose/addressee.ts';

/** Text of programs: what only their authors act on, and what they hold and show, mostly to people. */
export const OF_PROGRAMS: ReadonlySet<Sentence['role']> = new Set<Sentence['role']>([
  'code-comment',
  'docstring',
  'shown',
]);

/** Lawyers' words bind whoever copies, and no agent. */
const LICENCE = /(?:^|\/)(?:licen[cs]e|copying|notice|third[-_]party)[^/]*$/i;

/** Who acts on a text, if anybody but those who write the program. */
export type Readers = Exclude<Sentence['addressee'], 'developer'>;

/**
 * Who might act on what a file says.
 * @returns null where an order is none to an agent or its user: lists of changes, licences, what developers read
 */
export function readersOf(path: string): Readers | null {
  if (isChangeLog(path) || LICENCE.test(path)) return null;
  const audience = audienceOfPath(path);
  return audience === 'developer' ? null : audience;
}
