import { actsOf } from '../prose/acts/recognise.ts';
import { moodOf } from '../prose/mood.ts';

/** How far around a hidden text its explanation may stand (UTF-16 units). */
const BEFORE = 2_000;
const AFTER = 4_000;

/** How such a text is hidden, by name, and that it is to be found. */
const MEANS = /\bvariation[ _-]?selector|\b0x(?:fe00|e0100)\b/i;
const TASK = /\b(?:decod|encod|hidden|hide|conceal)/i;

/** What is said to somebody, and what somebody would want from an agent. */
const ADDRESSED =
  /\b(?:you|your|yours|we|let|user|users|assistant|agent|model|system|must|should|shall|ignore|instead|always|never|please|secret|password|key|keys|token|file|files|run|send|instructions?|command|tool|tools)\b/i;

/**
 * True for a sentence of a story that an exercise in finding hidden texts hides: it orders nothing, speaks to nobody, names no place, and the
 * text around says how it is hidden and that it is to be found.
 * @param hidden what the invisible characters say
 */
export function isShownStory(hidden: string, text: string, start: number, end: number): boolean {
  if (!/^[A-Z][A-Za-z ,;:'"!?.()-]{8,400}$/.test(hidden) || ADDRESSED.test(hidden)) return false;
  if (/\w[./:]\w/.test(hidden) || hidden.split(' ').length < 4) return false;
  for (const clause of hidden.split(/[.;:!?,]\s*/)) if (moodOf(clause).imperative) return false;
  if (actsOf(hidden) !== null) return false;
  const around = text.slice(Math.max(0, start - BEFORE), start) + text.slice(end, end + AFTER);
  return MEANS.test(around) && TASK.test(around);
}
