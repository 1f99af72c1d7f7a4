const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** CRC-32 (IEEE 802.3, as in zlib) of bytes; Node has its own only from 20.15 on. */
export function crc32(bytes: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      register = register & 1 ? (register >>> 1) ^ 0xedb88320 : register >>> 1;
    }
  }
  return (register ^ 0xffffffff) >>> 0;
}

/**
 * The six characters that end a GitHub or npm token: the CRC-32 of what stands between prefix and checksum, in base 62.
 * Source: GitHub's description of its token format ("Behind GitHub's new authentication token formats", 2021).
 */
export function tokenChecksum(body: string): string {
  let rest = crc32(Buffer.from(body, 'latin1'));
  let text = '';
  while (rest > 0) {
    text = ALPHABET[rest % 62]! + text;
    rest = Math.floor(rest / 62);
  }
  return text.padStart(6, '0');
}
