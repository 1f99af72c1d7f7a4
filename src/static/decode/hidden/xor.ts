import { isPrintable } from './readable.ts';

/** So many bytes must come out readable before all of them are looked at. */
const PROBE = 48;

/** @returns the bytes XORed with a key that is repeated */
export function undone(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => byte ^ key[at % key.length]!);
}

function isPromising(bytes: Uint8Array, key: Uint8Array): boolean {
  const length = Math.min(bytes.length, PROBE);
  for (let at = 0; at < length; at++) {
    if (!isPrintable(bytes[at]! ^ key[at % key.length]!)) return false;
  }
  return length >= 16;
}

/**
 * The keys that may make a text of bytes: each single byte, and each of the keys given. A wrong key fails after two or three bytes, so
 * trying all costs about as much as reading the first thousand bytes.
 */
export function* promisingKeys(
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
): Generator<{ readonly name: string; readonly key: Uint8Array }> {
  for (let code = 1; code < 256; code++) {
    const key = Uint8Array.of(code);
    if (isPromising(bytes, key)) yield { name: `xor-${code}`, key };
  }
  for (const key of keys) if (isPromising(bytes, key)) yield { name: 'xor', key };
}
