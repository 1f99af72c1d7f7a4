import { emulateFirst } from '../../frontends/pickle/emulate.ts';

/** Longer pickles in other data are not followed to their end (bytes). */
const MAX_LENGTH = 256 * 1024;
/** What is tried of one file: places, and bytes that are read at them together. */
const MAX_TRIES = 5_000;
const MAX_READ = 16 * 1024 * 1024;
const MAX_FOUND = 50;

/** The mark of protocols 2 to 5 with an instruction that needs nothing before it, or a global of protocol 0 or 1. */
const BEGINNING =
  /\x80[\x02-\x05][\x80\x88-\x8f\x95()\]}cBCFGIJKLMNSTUVX]|c[A-Za-z_][\w.]{0,80}\n[A-Za-z_][\w.]{0,80}\n/g;

/** A pickle inside other bytes. */
export interface EmbeddedPickle {
  readonly start: number;
  readonly end: number;
}

/**
 * Pickles that refer to globals and lie whole in other bytes, as PyTables and h5py keep them in attributes.
 * Bounded in the number of places that are tried and in what is followed at each.
 */
export function embeddedPickles(bytes: Uint8Array): {
  readonly pickles: readonly EmbeddedPickle[];
  readonly isCutOff: boolean;
} {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const found: EmbeddedPickle[] = [];
  let tries = 0;
  let read = 0;
  for (const { index } of text.matchAll(BEGINNING)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    if (++tries > MAX_TRIES || read > MAX_READ || found.length >= MAX_FOUND)
      return { pickles: found, isCutOff: true };
    const { globals, pickles, end } = emulateFirst(text.slice(index, index + MAX_LENGTH), 1);
    read += end;
    if (pickles === 1 && globals.references.size > 0) found.push({ start: index, end: index + end });
  }
  return { pickles: found, isCutOff: false };
}
