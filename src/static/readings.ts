import type { Language } from '../model/program.ts';
import type { EncodingCookie } from './decode/encoding-cookie.ts';
import { recognise } from './decode/hidden/kinds.ts';
import { rewriteBy } from './decode/rewriting-codecs.ts';
import type { DecodedText } from './decode/text.ts';
import type { Detection } from './detectors/detector.ts';
import type { Reading } from './facts/texts/read-text.ts';
import type { Shortfall } from './facts/shortfall.ts';

/** What a file is besides its text as it stands. */
export interface Readings {
  /** Other texts that some program takes the file for. */
  readonly readings: readonly Reading[];
  readonly detections: readonly Detection[];
  readonly shortfalls: readonly Shortfall[];
}

/** A file that is its text as it stands. */
export const NO_READINGS: Readings = { readings: [], detections: [], shortfalls: [] };

function detectionOf({ kind, name, span }: EncodingCookie): Detection {
  const rewrites = kind !== 'legacy';
  return { name: rewrites ? 'encoding-rewrites' : 'encoding-legacy', span, detail: name };
}

/** Names that say nothing of a language, or the wrong thing: texts, data, pictures, and no ending at all. */
const NAMELESS =
  /(?:^|\/)\.?[^/.]*$|\.(?:txt|text|dat|data|bin|log|bak|old|orig|tmp|in|inc|png|jpe?g|gif|ico|webp|pdf|csv|lock)$/i;

/** Longer texts are data (UTF-16 units). */
const MAX_GUESSED_LENGTH = 256 * 1024;

/** Lines that prose has and a shell script has not: they begin with a capital letter that is no variable's, or end as sentences do. */
const SENTENCE = /^[ \t]*(?!#)(?:[A-Z][a-z]|\d+[.)] |[-*] ).*|^[ \t]*(?!#)\S.*[a-z][.,:!?][ \t]*$/m;

/** A program that its file's name says nothing of: whoever runs or imports it by other means needs no name. */
function programIn(text: string, path: string): readonly Reading[] {
  if (!NAMELESS.test(path) || text.length > MAX_GUESSED_LENGTH) return [];
  const found = recognise(text);
  if (found === null || found.language === 'text') return [];
  if (found.language === 'shell' && SENTENCE.test(text)) return [];
  return [{ language: found.language, text, offsets: null, layer: null }];
}

/**
 * What Python makes of a file that declares an encoding. A codec that rewrites the text gives a reading of its own, with places in the
 * file; one that is not undone leaves a gap.
 */
export function readingsOf(
  { text, cookie }: Pick<DecodedText, 'text' | 'cookie'>,
  language: Language,
  path: string,
): Readings {
  if (language === 'text') return { ...NO_READINGS, readings: programIn(text, path) };
  if (language !== 'python' || cookie === undefined || cookie.kind === 'plain') return NO_READINGS;
  const detections = [detectionOf(cookie)];
  if (cookie.kind === 'legacy') return { ...NO_READINGS, detections };
  const rewritten = rewriteBy(cookie.name, text);
  if (rewritten === null) {
    const reason = `it declares the encoding ${cookie.name}, which was not undone`;
    return { readings: [], detections, shortfalls: [{ reason, blocking: true }] };
  }
  const line = text.slice(0, cookie.span.start).split(/\r\n|[\r\n]/).length;
  const reading: Reading = { language, ...rewritten, layer: `${path}@${line}:${cookie.name}` };
  return { readings: [reading], detections, shortfalls: [] };
}
