import type { Span } from '../../../model/program.ts';
import type { Constant } from '../../fold/constant.ts';
import type { Walk } from '../walk/walk.ts';

/** Shorter texts say nothing (UTF-16 units). */
const MIN_LENGTH = 4;
/** A longer text that only went on growing since it was noted is noted once. */
const MIN_GROWN_LENGTH = 4_096;
/** So many notes back what grows is looked for: the piece that was added lies between. */
const NOTES_BACK = 3;

/** Notes a text that stands in the program, for rules to look at. */
export function noteWritten(walk: Walk, text: string, constant: Constant, span: Span): void {
  if (walk.quiet > 0 || text.length < MIN_LENGTH) return;
  const { layer, function: owner } = walk;
  walk.gathering.strings.push({ text, origin: constant.origin, layer, span, function: owner });
}

/** Notes a text that the program puts together, for rules to look at; so much of it for each file, and the rest is said to be missing. */
export function noteString(walk: Walk, text: string, constant: Constant, span: Span): void {
  if (walk.quiet > 0 || text.length < MIN_LENGTH) return;
  const { gathering, layer, function: owner } = walk;
  const { file, strings } = gathering;
  if (!file.mayKeep(text.length)) {
    gathering.miss({ reason: 'more text is put together than is looked at', blocking: true });
    return;
  }
  const note = { text, origin: constant.origin, layer, span, function: owner };
  const first = text.length < MIN_GROWN_LENGTH ? strings.length : Math.max(0, strings.length - NOTES_BACK);
  for (let at = strings.length - 1; at >= first; at--) {
    const before = strings[at]!;
    const isGrown =
      before.layer === layer &&
      before.text.length * 2 > text.length &&
      (text.startsWith(before.text) || text.endsWith(before.text));
    if (!isGrown) continue;
    file.letGo(before.text.length);
    strings[at] = note;
    return;
  }
  strings.push(note);
}
