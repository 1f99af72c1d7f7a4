import type { Decoy } from './decoys.ts';
import { disguisesOf } from './disguises.ts';

/** Characters with which every marker of a run begins, so that one search finds any of them. */
export const PREFIX_LENGTH = 8;
/** Bytes that are looked at, those that disguises were taken off included; what comes after is not. */
const MOST_WORK = 48 * 1024 * 1024;
/** Disguises one over the other that are taken off. */
const DEEPEST = 3;

/** Bytes, and the disguises that were taken off them. */
interface Layer {
  readonly bytes: Buffer;
  readonly names: readonly string[];
}

/** A decoy's marker where it should not be. */
export interface Found {
  readonly decoy: Decoy;
  /** How it was dressed up, outermost first, joined by commas: `plain`, `base64`, `gzip, hex`. */
  readonly disguise: string;
}

/**
 * Finds decoys' markers in bytes, plain or dressed up: base64 (also URL-safe, and begun in the middle of a group), base32, hex (also with
 * separators), gzip, zlib, deflate and zip, reversed, rot13, URL and other escapes, UTF-16, and XOR with one byte. Each decoy once, by its
 * simplest disguise. Linear in the input, which is looked at up to a bound.
 * @param content what left, or tried to: a body, an address, a command line, output
 */
export function findMarkers(content: string | Uint8Array, decoys: readonly Decoy[]): readonly Found[] {
  const prefixes = [...new Set(decoys.map(({ marker }) => marker.slice(0, PREFIX_LENGTH).toLowerCase()))];
  const found = new Map<Decoy, string>();
  if (content.length < PREFIX_LENGTH) return [];
  let layer: Layer[] = [{ bytes: Buffer.from(content as Uint8Array), names: [] }];
  let work = 0;
  for (let depth = 0; depth <= DEEPEST && layer.length > 0; depth += 1) {
    const next: Layer[] = [];
    for (const { bytes, names } of layer) {
      work += bytes.length;
      if (work > MOST_WORK) break;
      for (const { decoy, disguise } of seenIn(bytes, decoys, prefixes)) {
        const all = disguise === 'plain' && names.length > 0 ? names : [...names, disguise];
        if (!found.has(decoy)) found.set(decoy, all.join(', '));
      }
      if (depth < DEEPEST)
        for (const { name, content: inner } of disguisesOf(bytes))
          next.push({ bytes: inner, names: [...names, name] });
    }
    layer = next;
  }
  return decoys.flatMap((decoy) => {
    const disguise = found.get(decoy);
    return disguise === undefined ? [] : [{ decoy, disguise }];
  });
}

/** Markers that need nothing taken off as a whole: each disguise of the prefix is looked for as it is. */
function seenIn(bytes: Buffer, decoys: readonly Decoy[], prefixes: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  const lower = bytes.toString('latin1').toLowerCase();
  const views: readonly (readonly [name: string, text: string, dress: (text: string) => string])[] = [
    ['plain', lower, (text) => text],
    ['reversed', lower, reversed],
    ['rot13', lower, rot13],
    ['escapes', withoutEscapes(lower), (text) => text],
    ['utf-16', lower.includes('\0') ? lower.replaceAll('\0', '') : '', (text) => text],
  ];
  for (const [disguise, text, dress] of views) {
    // A reversed marker ends in the prefix.
    if (!prefixes.some((prefix) => text.includes(dress(prefix)))) continue;
    for (const decoy of decoys) {
      if (text.includes(dress(decoy.marker.toLowerCase()))) found.push({ decoy, disguise });
    }
  }
  // What is there as it is shows here, too; it was found above, by its simpler name.
  return [...found, ...masked(bytes, decoys, prefixes)];
}

/** XOR with one byte leaves the XOR of neighbouring bytes as it was. */
function masked(bytes: Buffer, decoys: readonly Decoy[], prefixes: readonly string[]): readonly Found[] {
  const differences = differencesOf(bytes);
  const isIn = (text: string): boolean => differences.includes(differencesOf(Buffer.from(text)));
  const cases = [(text: string) => text.toLowerCase(), (text: string) => text.toUpperCase()];
  return cases.flatMap((spell) =>
    prefixes.some((prefix) => isIn(spell(prefix)))
      ? decoys.filter(({ marker }) => isIn(spell(marker))).map((decoy) => ({ decoy, disguise: 'xor' }))
      : [],
  );
}

function differencesOf(bytes: Buffer): Buffer {
  const result = Buffer.alloc(Math.max(0, bytes.length - 1));
  for (let index = 0; index < result.length; index += 1) result[index] = bytes[index]! ^ bytes[index + 1]!;
  return result;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97),
  );
}

/** `%61`, `\x61`, `\u0061`, `&#97;` and `&#x61;` as what they stand for; an empty text where there is none of them. */
function withoutEscapes(text: string): string {
  if (!/[%\\&]/.test(text)) return '';
  return text
    .replace(/(?:%|\\x|\\u00)([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/&#(?:x([0-9a-f]{2})|(\d{2,3}));/g, (_, hex?: string, decimal?: string) =>
      String.fromCharCode(hex === undefined ? Number(decimal) & 255 : parseInt(hex, 16)),
    );
}
