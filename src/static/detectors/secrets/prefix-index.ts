import { placeOf } from '../text-events.ts';
import type { SecretFormat } from './format.ts';
import { SECRET_FORMATS } from './formats/index.ts';

const byPlace: (SecretFormat[] | undefined)[] = [];
/** 1 at the places of the three characters that some secret begins with. */
export const SECRET_STARTS = new Uint8Array(32_768);

function enter(format: SecretFormat, prefix: string): void {
  const thirds = prefix.length > 2 ? [prefix.charCodeAt(2)] : Array.from({ length: 32 }, (_, third) => third);
  for (const third of thirds) {
    const seconds =
      prefix.length > 1 ? [prefix.charCodeAt(1)] : Array.from({ length: 32 }, (_, second) => second);
    for (const second of seconds) {
      const place = placeOf(prefix.charCodeAt(0), second, third);
      SECRET_STARTS[place] = 1;
      const formats = (byPlace[place] ??= []);
      if (!formats.includes(format)) formats.push(format);
    }
  }
}

for (const format of SECRET_FORMATS) for (const prefix of format.prefixes) enter(format, prefix);

/** The formats one of whose prefixes may stand at a place, in the order of the tables. */
export function formatsAt(text: string, index: number): readonly SecretFormat[] {
  const place = placeOf(text.charCodeAt(index), text.charCodeAt(index + 1), text.charCodeAt(index + 2));
  return (byPlace[place] ?? []).filter(({ prefixes }) =>
    prefixes.some((prefix) => text.startsWith(prefix, index)),
  );
}
