import { placeOf } from '../text-events.ts';
import type { SecretFormat } from './format.ts';
import { SECRET_FORMATS } from './formats/index.ts';

/** How many places share their first two characters, and lie together. */
const THIRDS = 32;

/** 1 at the places of the three characters that some secret begins with. */
export const SECRET_STARTS = new Uint8Array(32_768);
for (const { prefixes } of SECRET_FORMATS) for (const prefix of prefixes) mark(prefix);

/** @param prefix of two characters or more; a shorter one could begin anywhere */
function mark(prefix: string): void {
  const place = placeOf(prefix.charCodeAt(0), prefix.charCodeAt(1), prefix.charCodeAt(2));
  if (prefix.length > 2) SECRET_STARTS[place] = 1;
  else SECRET_STARTS.fill(1, place, place + THIRDS);
}

const NONE: readonly SecretFormat[] = [];

/** The formats that begin at a place, sorted in when a text first has it. */
const byPlace: (readonly SecretFormat[] | undefined)[] = [];

function beginsAt(prefix: string, place: number): boolean {
  const first = placeOf(prefix.charCodeAt(0), prefix.charCodeAt(1), prefix.charCodeAt(2));
  return prefix.length > 2 ? first === place : first <= place && place < first + THIRDS;
}

/** The formats one of whose prefixes may stand at a place, in the order of the tables. */
export function formatsAt(text: string, index: number): readonly SecretFormat[] {
  const place = placeOf(text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2));
  if (SECRET_STARTS[place] !== 1) return NONE;
  const sharing = (byPlace[place] ??= SECRET_FORMATS.filter(({ prefixes }) =>
    prefixes.some((prefix) => beginsAt(prefix, place)),
  ));
  let found: SecretFormat[] | null = null;
  for (const format of sharing) if (hasPrefixAt(text, index, format)) (found ??= []).push(format);
  return found ?? NONE;
}

function hasPrefixAt(text: string, index: number, { prefixes }: SecretFormat): boolean {
  for (const prefix of prefixes) if (text.startsWith(prefix, index)) return true;
  return false;
}
