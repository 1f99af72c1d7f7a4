import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/**
 * Whether the last four bytes of a base58 text are the double SHA-256 of the ones before (Base58Check, as Bitcoin writes addresses and
 * keys).
 * @param text at most 120 characters
 */
export function isBase58Check(text: string): boolean {
  let value = 0n;
  for (const character of text) {
    const digit = BASE58.indexOf(character);
    if (digit < 0) return false;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16);
  const zeros = /^1*/.exec(text)![0].length;
  const bytes = Buffer.from(
    '00'.repeat(zeros) + (value === 0n ? '' : hex.length % 2 === 0 ? hex : `0${hex}`),
    'hex',
  );
  return (
    bytes.length > 4 &&
    sha256(sha256(bytes.subarray(0, -4)))
      .subarray(0, 4)
      .equals(bytes.subarray(-4))
  );
}
