const PREFIXES = ['r', 'u', 'b', 'f', 't', 'br', 'rb', 'fr', 'rf', 'tr', 'rt', 'ur'];

/** By two letters of five bits each; letters are alike in both cases. */
const IS_PREFIX = new Uint8Array(1 << 10);
for (const prefix of PREFIXES) {
  IS_PREFIX[prefix.length === 1 ? letter(prefix, 0) : (letter(prefix, 0) << 5) | letter(prefix, 1)] = 1;
}

function letter(text: string, at: number): number {
  return text.charCodeAt(at) & 0x1f;
}

/** Whether the one or two characters between can stand before a quote, as in `rb''`. */
export function isStringPrefix(units: Uint16Array, start: number, end: number): boolean {
  const first = units[start]!;
  if (end - start === 1) return isLetter(first) && IS_PREFIX[first & 0x1f] === 1;
  const second = units[start + 1]!;
  return isLetter(first) && isLetter(second) && IS_PREFIX[((first & 0x1f) << 5) | (second & 0x1f)] === 1;
}

function isLetter(unit: number): boolean {
  return (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
}
