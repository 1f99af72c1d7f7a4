import type { Span } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';
import { isShownStory } from './shown-steganography.ts';

/** Anything this detector could object to; a text without it is left after one pass. */
const CANDIDATE =
  /[\u200b-\u200d\u2060-\u2064\u180e\u3164\u115f\u1160\uffa0]|(?!^)\ufeff|[\u{e0000}-\u{e01ef}]|[\ufe00-\ufe0f]{2}/u;

/** Characters without width that carry no meaning in Latin script. A single one is a slip, a run is a message. */
const ZERO_WIDTH_RUN = /[\u200b-\u200d\u2060-\u2064\u180e\ufeff\u3164\u115f\u1160\uffa0]{4,}/gu;

/** So many of the same character may be a message by their number. */
const MESSAGE_LENGTH = 8;

/** Shorter runs, all that are in a text, are not even one letter in two symbols, and one in four: nobody is told anything. */
const SHORTEST_MESSAGE = 5;

/** One inside a Latin word cuts it in two for whoever searches for it. */
const ZERO_WIDTH_IN_WORD = /(?<=[A-Za-z])[\u200b-\u200d\u2060-\u2064\u180e\ufeff]{1,3}(?=[A-Za-z])/gu;

/**
 * The flags of England, Scotland and Wales are a black flag, a few tag letters and a closing tag (UTS 51, emoji tag sequences); some tables
 * join the parts.
 */
const FLAG =
  /\u{1f3f4}(?:\u200d?[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]){3,6}\u200d?\u{e007f}(?![\u{e0000}-\u{e007f}])/gu;

const TAG_RUN = /[\u{e0000}-\u{e007f}]+/gu;

/** Sixteen variation selectors and 240 supplementary ones encode a byte each; an emoji carries one at most. */
const SELECTOR_RUN = /(?:[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]){4,}/gu;

/** Finds text that people do not see and programs and agents read. */
export const invisibleDetector: Detector = {
  names: [
    'unicode-zero-width',
    'unicode-zero-width-in-word',
    'unicode-tags',
    'unicode-variation-selectors',
    'unicode-variation-selectors-shown',
  ],
  inspect(text: string): readonly Detection[] {
    if (!CANDIDATE.test(text)) return [];
    return [...zeroWidth(text), ...tags(text), ...selectors(text)];
  },
};

function* zeroWidth(text: string): Generator<Detection> {
  const runs = [...text.matchAll(ZERO_WIDTH_RUN)];
  const isMessage = [...new Set(runs.map(([run]) => run))].join('').length >= SHORTEST_MESSAGE;
  for (const match of isMessage ? runs : []) {
    if (match.index === 0 && /^\ufeff+$/.test(match[0])) continue;
    // The same one a few times over, as in a table of characters, says nothing: a message takes two symbols.
    const kinds = new Set(match[0]).size;
    if (match[0].length < MESSAGE_LENGTH && kinds === 1) continue;
    // Each of them once is the list of those that a program takes out: a message repeats its symbols.
    if (kinds === match[0].length) continue;
    yield {
      name: 'unicode-zero-width',
      span: spanOf(match),
      detail: `${match[0].length} characters without width in a row`,
    };
  }
  const inWords = [...text.matchAll(ZERO_WIDTH_IN_WORD)];
  const [first] = inWords;
  if (first !== undefined) {
    yield {
      name: 'unicode-zero-width-in-word',
      span: spanOf(first),
      detail: `${inWords.length} words cut by characters without width`,
    };
  }
}

function* tags(text: string): Generator<Detection> {
  const flags = [...text.matchAll(FLAG)].map(spanOf);
  for (const match of text.matchAll(TAG_RUN)) {
    const { start, end } = spanOf(match);
    if (flags.some((flag) => flag.start <= start && end <= flag.end)) continue;
    const decoded = decodeTags(match[0]);
    yield { name: 'unicode-tags', span: spanOf(match), detail: `says "${shorten(decoded)}"` };
  }
}

/** Tag characters are ASCII, moved to a block that shows nothing. */
function decodeTags(run: string): string {
  return [...run]
    .map((character) => character.codePointAt(0)! - 0xe0000)
    .filter((point) => point >= 0x20 && point < 0x7f)
    .map((point) => String.fromCodePoint(point))
    .join('');
}

function* selectors(text: string): Generator<Detection> {
  for (const match of text.matchAll(SELECTOR_RUN)) {
    const bytes = [...match[0]].map((character) => {
      const point = character.codePointAt(0)!;
      return point >= 0xe0100 ? point - 0xe0100 + 16 : point - 0xfe00;
    });
    const hidden = Buffer.from(bytes).toString('latin1');
    const span = spanOf(match);
    const isShown = isShownStory(hidden, text, span.start, span.end);
    yield {
      name: isShown ? 'unicode-variation-selectors-shown' : 'unicode-variation-selectors',
      span,
      detail: `says "${shorten(hidden)}"`,
    };
  }
}

function shorten(text: string): string {
  const shown = text.replace(/[^\x20-\x7e]/g, '.');
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
