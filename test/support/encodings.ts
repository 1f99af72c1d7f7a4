import { deflateSync } from 'node:zlib';
import { zipOf } from './archives.ts';

/** Ways to write a text so that it does not stand there, and files to put one into. */

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** The digits of Python's `base64.b85encode`. */
export const BASE85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
/** The digits of Adobe's variant. */
export const ASCII85 = Array.from({ length: 85 }, (_, code) => String.fromCharCode(code + 33)).join('');

export function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64');
}

export function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

export function reversed(text: string): string {
  return [...text].reverse().join('');
}

export function charCodes(text: string): string {
  return [...Buffer.from(text)].join(', ');
}

export function utf16(text: string, isBigEndian: boolean, hasMark = true): Buffer {
  const bytes = Buffer.from((hasMark ? '\ufeff' : '') + text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

export function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

/** Small letters in full width, which NFKC makes small letters again. */
export function fullWidth(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

export function base32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = (bits.match(/.{1,5}/g) ?? []).map(
    (group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]!,
  );
  return digits.join('').padEnd(Math.ceil(digits.length / 8) * 8, '=');
}

export function base85(text: string, digits: string): string {
  const bytes = Buffer.from(text);
  const padding = (4 - (bytes.length % 4)) % 4;
  const padded = Buffer.concat([bytes, Buffer.alloc(padding)]);
  let out = '';
  for (let at = 0; at < padded.length; at += 4) {
    let value = padded.readUInt32BE(at);
    let group = '';
    for (let digit = 0; digit < 5; digit++, value = Math.floor(value / 85))
      group = digits[value % 85]! + group;
    out += group;
  }
  return out.slice(0, out.length - padding);
}

export function xored(text: string, key: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.from(bytes.map((byte, at) => byte ^ key.charCodeAt(at % key.length)));
}

/** A notebook of one cell. */
export function notebookOf(cell: Readonly<Record<string, unknown>>): string {
  const metadata = { kernelspec: { language: 'python' } };
  return JSON.stringify({ cells: [{ metadata: {}, ...cell }], metadata, nbformat: 4, nbformat_minor: 5 });
}

/** A page that shows a text, line by line. */
export function pdfOf(text: string): Buffer {
  const lines = text.split('\n').map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`);
  const stream = deflateSync(`BT /F1 12 Tf 14 TL\n${lines.join('\n')}\nET`);
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
  ];
  const head = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.concat([
    Buffer.from(`%PDF-1.4\n${head}4 0 obj<</Filter/FlateDecode/Length ${stream.length}>>stream\n`, 'latin1'),
    stream,
    Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n', 'latin1'),
  ]);
}

/** An Office document with one part that has text. */
export function officeOf(part: string, content: string): Buffer {
  return zipOf([
    { name: '[Content_Types].xml', content: '<?xml version="1.0"?><Types/>' },
    { name: part, content: `<?xml version="1.0"?>${content}` },
  ]);
}

/** A pickle that runs Python code when it is loaded. */
export function pickleOf(code: string): Buffer {
  const text = Buffer.from(code);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  return Buffer.concat([
    Buffer.from('\x80\x02cbuiltins\nexec\n(X', 'latin1'),
    size,
    text,
    Buffer.from('tR.', 'latin1'),
  ]);
}
