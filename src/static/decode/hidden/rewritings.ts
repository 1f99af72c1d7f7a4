import { decode } from '../../fold/decoders.ts';

/** A way to write a text so that it still is a text: it is tried only where its marks are seen. */
interface Rewriting {
  readonly name: string;
  readonly isSeenIn: (text: string) => boolean;
  readonly undo: (text: string) => string | null;
}

/** Words that code and commands begin with, as ROT13 leaves them. */
const ROT13 =
  /\b(?:vzcbeg|phey|jtrg|rkrp|riny|ongu|onfu|fhocebprff|pbzcvyr|erdhver|shapgvba|cebprff|bf\.flfgrz|cevag)\b|\buggcf?:\/\//;

/** The same read backwards. */
const REVERSED = /\/\/:s?ptth\b|\btropmi\b|\b(?:lruc|tegw|hsab|nohtyp)\b|\((?:lave|cexe|metsys)\b|\btropmi /;

/** A text in an address of its own (RFC 2397), not in base64. */
const DATA_URI = /^data:[a-z]{1,20}\/[\w.+-]{1,60}(?:;[\w=.-]{1,60}){0,4},/i;

function undoEscapes(text: string): string {
  return text.replace(
    /\\x([0-9a-fA-F]{2})|\\u\{?([0-9a-fA-F]{4,6})\}?|\\U([0-9a-fA-F]{8})|\\([0-7]{3})/g,
    (whole, hex?: string, four?: string, eight?: string, octal?: string) => {
      const point =
        octal === undefined ? Number.parseInt(hex ?? four ?? eight ?? '', 16) : Number.parseInt(octal, 8);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

function undoEntities(text: string): string {
  return text.replace(/&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));/g, (whole, hex?: string, decimal?: string) => {
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function undoQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** True when a mark stands for a good part of the text's characters: one escape in a text is spelling. */
function isDense(text: string, mark: RegExp, length: number): boolean {
  const count = text.slice(0, 4_096).match(mark)?.length ?? 0;
  return count >= 6 && count * length * 3 >= Math.min(text.length, 4_096);
}

/** Encodings of text as text. */
export const REWRITINGS: readonly Rewriting[] = [
  {
    name: 'data',
    isSeenIn: (text) => DATA_URI.test(text),
    undo: (text) => decode('url', text.slice(text.indexOf(',') + 1)),
  },
  {
    name: 'url',
    isSeenIn: (text) => text.includes('%') && isDense(text, /%[0-9a-fA-F]{2}/g, 3),
    undo: (text) => decode('url', text),
  },
  {
    name: 'escapes',
    isSeenIn: (text) =>
      text.includes('\\') && isDense(text, /\\(?:x[0-9a-fA-F]{2}|u\{?[0-9a-fA-F]{4}|[0-7]{3})/g, 4),
    undo: undoEscapes,
  },
  {
    name: 'entities',
    isSeenIn: (text) => text.includes('&#') && isDense(text, /&#(?:x[0-9a-fA-F]{1,6}|\d{1,7});/g, 5),
    undo: undoEntities,
  },
  {
    name: 'quoted-printable',
    isSeenIn: (text) => text.includes('=') && isDense(text, /=[0-9A-F]{2}/g, 3),
    undo: undoQuotedPrintable,
  },
  { name: 'rot13', isSeenIn: (text) => ROT13.test(text), undo: (text) => decode('rot13', text) },
  { name: 'reverse', isSeenIn: (text) => REVERSED.test(text), undo: (text) => decode('reverse', text) },
];
