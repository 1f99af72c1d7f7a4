import { isPrintable } from './readable.ts';

/** So many bytes must come out readable before all of them are looked at. */
const PROBE = 48;

function undone(bytes: Uint8Array, key: Uint8Array): Uint8Array {
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
 * What bytes may be when they are XORed with a key: each single byte, and each of the keys given. A wrong key fails after two or three
 * bytes, so trying all costs about as much as reading the first thousand bytes.
 */
export function* xorReadings(
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
): Generator<{ readonly name: string; readonly bytes: Uint8Array }> {
  for (let key = 1; key < 256; key++) {
    const single = Uint8Array.of(key);
    if (isPromising(bytes, single)) yield { name: `xor-${key}`, bytes: undone(bytes, single) };
  }
  for (const key of keys) if (isPromising(bytes, key)) yield { name: 'xor', bytes: undone(bytes, key) };
}
