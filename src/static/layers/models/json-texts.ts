import { isUtf8 } from 'node:buffer';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Longer texts are not followed to their end (bytes). */
const MAX_LENGTH = 8 * 1024 * 1024;
/** Shorter ones configure nothing. */
const MIN_LENGTH = 16;

/** A JSON object in bytes. */
export interface JsonText {
  readonly start: number;
  readonly end: number;
}

/** Where the object ends that begins at a place, and how far that was looked for; -1 when it does not end. */
function endOf(bytes: Uint8Array, start: number): { readonly end: number; readonly looked: number } {
  const limit = Math.min(bytes.length, start + MAX_LENGTH);
  let depth = 0;
  let isText = false;
  for (let at = start; at < limit; at++) {
    const byte = bytes[at]!;
    // Nothing of a text is a control character, but for the white space of whoever wrote it on several lines.
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return { end: -1, looked: at - start };
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) return { end: at + 1, looked: at - start };
  }
  return { end: -1, looked: limit - start };
}

function startsObject(bytes: Uint8Array, at: number): boolean {
  let next = at + 1;
  // White space is gone through once for the brace before it: linear in all.
  while (bytes[next] === 32 || bytes[next] === 9 || bytes[next] === 10 || bytes[next] === 13) next++;
  return bytes[next] === QUOTE;
}

/**
 * The outermost JSON objects that lie readable in other bytes, up to a number of them. Linear but for what opens and does not close: of
 * that so much is tried, and no more.
 */
export function jsonTextsIn(
  bytes: Uint8Array,
  maximum: number,
): { readonly texts: readonly JsonText[]; readonly isCutOff: boolean } {
  const found: JsonText[] = [];
  let tries = 4 * bytes.length + MAX_LENGTH;
  for (let at = bytes.indexOf(OPEN); at >= 0; at = bytes.indexOf(OPEN, at + 1)) {
    if (!startsObject(bytes, at)) continue;
    if (tries <= 0 || found.length >= maximum) return { texts: found, isCutOff: true };
    const { end, looked } = endOf(bytes, at);
    tries -= looked;
    if (end < 0) continue;
    // Numbers that look like braces and quotes: a loader takes its configuration from text alone.
    if (!isUtf8(bytes.subarray(at, end))) continue;
    if (end - at >= MIN_LENGTH) found.push({ start: at, end });
    at = end - 1;
  }
  return { texts: found, isCutOff: false };
}
