import { tokenChecksum } from '../crc32.ts';

/** Whether the last six characters of a GitHub or npm token are the checksum of the ones before. */
export function hasTokenChecksum(secret: string): boolean {
  const body = secret.slice(secret.indexOf('_') + 1);
  return tokenChecksum(body.slice(0, -6)) === body.slice(-6);
}

/** Whether the first part of a JSON web token is a JSON object that names an algorithm (RFC 7519). */
export function isJsonWebToken(secret: string): boolean {
  return isObjectWith(secret.split('.', 1)[0]!, 'alg');
}

/** Whether a base64url text is a JSON object that has a key. */
function isObjectWith(text: string, key: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null && key in value;
  } catch {
    return false;
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Whether an AWS key id may have been issued. Ids issued since 2019 hold the account's number, twelve digits, in bits 1 to 40 of what
 * stands behind the prefix (base 32); older ones begin with `I` or `J` there and hold none.
 */
export function isAwsKeyId(secret: string): boolean {
  const body = secret.slice(4);
  if (body.startsWith('I') || body.startsWith('J')) return true;
  let bits = 0n;
  for (const character of body) bits = bits * 32n + BigInt(BASE32.indexOf(character));
  return ((bits >> 39n) & ((1n << 40n) - 1n)) <= 999_999_999_999n;
}

/** Whether a Discord token begins with a user's number (17 to 20 digits) in base64. */
export function isDiscordToken(secret: string): boolean {
  return /^\d{17,20}$/.test(Buffer.from(secret.split('.', 1)[0]!, 'base64url').toString('latin1'));
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Whether the checksum at the end of a bech32 text (BIP 173), or bech32m (BIP 350), fits. */
export function isBech32(text: string): boolean {
  const lower = text.toLowerCase();
  const separator = lower.lastIndexOf('1');
  if (separator < 1) return false;
  const human = [...lower.slice(0, separator)].map((character) => character.charCodeAt(0));
  const data = [...lower.slice(separator + 1)].map((character) => BECH32.indexOf(character));
  if (data.length < 6 || data.includes(-1)) return false;
  let sum = 1;
  for (const value of [...human.map((code) => code >> 5), 0, ...human.map((code) => code & 31), ...data]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of BECH32_GENERATORS.entries()) if ((top >> bit) & 1) sum ^= generator;
  }
  return sum === 1 || sum === 0x2bc830a3;
}
