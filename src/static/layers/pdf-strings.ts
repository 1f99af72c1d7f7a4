const MAX_STRING = 100_000;
const MAX_STRINGS = 100_000;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '' };

/** A string with the place behind it. */
interface PdfString {
  readonly text: string;
  readonly end: number;
}

function literalAt(content: string, start: number): PdfString {
  const parts: string[] = [];
  let depth = 1;
  let at = start + 1;
  for (; at < content.length && depth > 0 && at - start < MAX_STRING; at++) {
    const character = content[at]!;
    if (character === '\\') {
      const octal = /^[0-7]{1,3}/.exec(content.slice(at + 1, at + 4))?.[0];
      const next = content[at + 1] ?? '';
      parts.push(
        octal === undefined ? (ESCAPES[next] ?? next) : String.fromCharCode(Number.parseInt(octal, 8) & 255),
      );
      at += octal?.length ?? 1;
      continue;
    }
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (depth > 0) parts.push(character);
  }
  return { text: parts.join(''), end: at };
}

/** A string of PDF, literal or in hex, of bytes or in UTF-16 behind a mark (ISO 32000-2, 7.3.4). */
export function stringAt(content: string, start: number): PdfString {
  let found: PdfString;
  if (content[start] === '(') found = literalAt(content, start);
  else {
    const close = content.indexOf('>', start);
    const end = close < 0 ? content.length : close;
    const digits = content.slice(start + 1, Math.min(end, start + MAX_STRING)).replace(/[^0-9a-f]/gi, '');
    found = { text: Buffer.from(digits, 'hex').toString('latin1'), end: end + 1 };
  }
  if (!found.text.startsWith('\xfe\xff')) return found;
  const wide = Buffer.from(found.text.slice(2), 'latin1');
  return {
    ...found,
    text: wide
      .subarray(0, wide.length & ~1)
      .swap16()
      .toString('utf16le'),
  };
}

/** What the operators of a page's content show, a line for each new place; empty when it is no such content. */
export function shownText(content: string): string {
  if (!/\bBT\b/.test(content)) return '';
  const shown: string[] = [];
  const token = /[(]|<(?!<)|\b(?:Td|TD|Tm|ET)\b|T\*|['"]|-(?:[2-9]\d\d|\d{4})\b/g;
  for (
    let match = token.exec(content);
    match !== null && shown.length < MAX_STRINGS;
    match = token.exec(content)
  ) {
    if (match[0] !== '(' && match[0] !== '<') {
      // So far to the left between two strings is a space.
      shown.push(match[0].startsWith('-') ? ' ' : '\n');
      continue;
    }
    const { text, end } = stringAt(content, match.index);
    shown.push(text);
    token.lastIndex = Math.max(end, match.index + 1);
  }
  return shown
    .join('')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
