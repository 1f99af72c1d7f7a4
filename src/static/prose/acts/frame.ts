import type { SpeechAct } from '../../../model/program.ts';
import type { Concept } from './concepts.ts';

/** Words from a verb to the end of its object. */
export const OBJECT_REACH = 4;

/** A speech act by its parts: what it turns on, and what must stand near that. */
export interface Frame {
  readonly act: SpeechAct;
  readonly anchor: Concept;
  /** How the anchor is used: as an order, as something forbidden, or either way but not denied. */
  readonly mood: 'order' | 'forbidden' | 'any';
  /** Of each group one must stand within {@link reach} of the anchor, each by a word of its own. */
  readonly parts: readonly (readonly Concept[])[];
  /** Words after the anchor, and before it where the language puts objects there. */
  readonly reach: number;
  /** Looked for before the anchor in English too. */
  readonly isAround?: boolean;
  /** Each part stands at most this many words after the part before it. */
  readonly closeness?: number;
  /** None of these may follow the last part. */
  readonly unless?: readonly Concept[];
  /** One of these stands at most {@link OBJECT_REACH} words after the anchor. */
  readonly object?: readonly Concept[];
  /** Honest when said of a page or file: "ignore the instructions in the page". */
  readonly sparesForeign?: boolean;
  /** The first part is what the verb does something to, and no place where it does something to a part of it. English only. */
  readonly isDirect?: true;
  /** A colon follows: "AI agents: …". */
  readonly isCalledOut?: boolean;
  /** Bits of {@link LANGUAGES}; default all. */
  readonly languages?: number;
}
