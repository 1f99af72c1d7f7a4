/** Printable ASCII and the white space of texts. */
export function isPrintable(code: number): boolean {
  return (code >= 32 && code < 127) || code === 9 || code === 10 || code === 13;
}

/** So many bytes decide whether the rest is worth decoding. */
const PROBE = 48;

/** True when the first bytes may be the beginning of a text: UTF-8 that prints, or ASCII in UTF-16. */
export function looksReadable(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, PROBE);
  if (length < 4) return false;
  let odd = 0;
  let wide = 0;
  for (let at = 0; at < length; at++) {
    const code = bytes[at]!;
    if (!isPrintable(code) && code < 0x80) odd++;
    // Latin-1 and binary data have high bytes in places where UTF-8 has none: sorted out when all of it is decoded.
    if ((at & 1) === 1 && code === 0) wide++;
  }
  return odd === 0 || wide >= (length >> 1) - 1;
}

/** Bytes as text when they are one: UTF-8 or UTF-16 that prints, hardly a control character; else null. */
export function readableText(bytes: Uint8Array): string | null {
  if (bytes.length < 4) return null;
  const isWide = bytes[1] === 0 && bytes[3] === 0;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString(isWide ? 'utf16le' : 'utf8');
  const sample = Math.min(text.length, 8_192);
  let odd = 0;
  for (let at = 0; at < sample; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd || (code < 0x80 && !isPrintable(code))) odd++;
  }
  return odd * 50 > sample ? null : text;
}
