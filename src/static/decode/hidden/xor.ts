import { isPrintable } from './readable.ts';

/** So many bytes must come out readable before all of them are looked at. */
const PROBE = 48;

/** @returns the bytes XORed with a key that is repeated */
export function undone(bytes: Uint8Array, key: Uint8Array): Uint8Array {
  const plain = new Uint8Array(bytes.length);
  if (key.length === 1) {
    const only = key[0]!;
    for (let at = 0; at < bytes.length; at++) plain[at] = bytes[at]! ^ only;
    return plain;
  }
  for (let at = 0; at < bytes.length; at++) plain[at] = bytes[at]! ^ key[at % key.length]!;
  return plain;
}

/** By code: 1 where {@link isPrintable}. */
const PRINTABLE = Uint8Array.from({ length: 256 }, (_, code) => Number(isPrintable(code)));

/** The same as {@link isPromising} for one byte: nearly every key of nearly every text ends here. */
function isPromisingByte(bytes: Uint8Array, key: number): boolean {
  const length = Math.min(bytes.length, PROBE);
  for (let at = 0; at < length; at++) if (PRINTABLE[bytes[at]! ^ key] === 0) return false;
  return length >= 16;
}

function isPromising(bytes: Uint8Array, key: Uint8Array): boolean {
  const length = Math.min(bytes.length, PROBE);
  for (let at = 0; at < length; at++) {
    if (!isPrintable(bytes[at]! ^ key[at % key.length]!)) return false;
  }
  return length >= 16;
}

/** So many bytes show whether what comes out may be words or an address. */
const TOLD = 200;

/** True when letters and digits make two fifths of the beginning, or it has the marks of an address and no white space. Makes nothing. */
function mayBeTold(bytes: Uint8Array, key: Uint8Array): boolean {
  const length = Math.min(bytes.length, TOLD);
  let letters = 0;
  let gaps = 0;
  let marks = 0;
  for (let at = 0; at < length; at++) {
    const code = bytes[at]! ^ key[at % key.length]!;
    if (code === 32 || (code >= 9 && code <= 13)) gaps++;
    else if (code === 46 || code === 58) marks++;
    else if ((code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122)) letters++;
  }
  if (letters * 5 < length * 2) return false;
  // Behind these bytes there may be more white space: what is written begins with a long word at times.
  return gaps > 0 || bytes.length > TOLD || marks > 0;
}

/** So many bytes show which of them may stand for white space. */
const COUNTED = 1_000;

/** What somebody wrote has white space for at least this share of its characters. */
export const GAP_SHARE = 1 / 25;

/** Characters that addresses begin with. */
const FIRST_OF_ADDRESS = Array.from({ length: 128 }, (_, code) => code).filter((code) =>
  /[A-Za-z0-9_\s-]/.test(String.fromCharCode(code)),
);

/** No longer text is an address (bytes). */
export const LONGEST_ADDRESS = 1_000;

/** Used over and over: nearly every text of a file that computes with `^` comes here. */
const counts = new Uint16Array(256);
const isAddressKey = new Uint8Array(256);
const single = new Uint8Array(1);

/**
 * The single-byte keys with which bytes may become a text: those that make white space of enough of them, or of the first one the
 * beginning of an address.
 */
function singleKeys(bytes: Uint8Array): readonly number[] {
  counts.fill(0);
  const length = Math.min(bytes.length, COUNTED);
  for (let at = 0; at < length; at++) counts[bytes[at]!]!++;
  isAddressKey.fill(0);
  if (bytes.length <= LONGEST_ADDRESS)
    for (const code of FIRST_OF_ADDRESS) isAddressKey[bytes[0]! ^ code] = 1;
  const least = length * GAP_SHARE;
  const keys: number[] = [];
  for (let key = 1; key < 256; key++) {
    const gaps = counts[key ^ 32]! + counts[key ^ 10]! + counts[key ^ 9]! + counts[key ^ 13]!;
    if (isAddressKey[key] === 1 || gaps >= least) keys.push(key);
  }
  return keys;
}

/** True when the bytes of the beginning are all above 127 or all below: one byte as a key can make ASCII of no others. */
function isOneHalf(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, PROBE);
  for (let at = 1; at < length; at++) if (((bytes[at]! ^ bytes[0]!) & 0x80) !== 0) return false;
  return true;
}

/**
 * The keys that may make a text of bytes: each single byte, and each of the keys given. Of most data no single byte is tried, and a
 * wrong key fails after two or three bytes.
 */
export function* promisingKeys(
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
): Generator<{ readonly name: string; readonly key: Uint8Array }> {
  for (const code of isOneHalf(bytes) ? singleKeys(bytes) : []) {
    if (!isPromisingByte(bytes, code)) continue;
    single[0] = code;
    if (mayBeTold(bytes, single)) yield { name: `xor-${code}`, key: Uint8Array.of(code) };
  }
  for (const key of keys) if (isPromising(bytes, key) && mayBeTold(bytes, key)) yield { name: 'xor', key };
}
