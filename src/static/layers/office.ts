import type { Container } from './container.ts';
import type { Unpacking } from './unpacking.ts';
import { unseenText } from './unseen-text.ts';

const SNIFFED_BYTES = 4 * 1024;
/** Names of the parts that hold text, as they stand in their first lines (ECMA-376; OpenDocument 1.3). */
const TEXT_PART =
  /schemas\.openxmlformats\.org\/(?:wordprocessingml|spreadsheetml|presentationml|package\/2006\/metadata\/core-properties)|urn:oasis:names:tc:opendocument/;
const RELATIONS = /schemas\.openxmlformats\.org\/package\/2006\/relationships/;
/** Elements that end a line of text. */
const LINE_ENDS: ReadonlySet<string> = new Set(
  '/w:p /a:p /text:p /text:h w:br /si /is /c w:tab text:line-break /dc:title /dc:subject /dc:creator /dc:description /cp:keywords /cp:category'.split(
    ' ',
  ),
);
/** Other parts than these hold settings: their text is no reading. */
const MAX_LENGTH = 8 * 1024 * 1024;
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }),
);

function headOf(bytes: Uint8Array): string {
  if (bytes[0] !== 0x3c && bytes[0] !== 0xef) return '';
  return Buffer.from(bytes.subarray(0, SNIFFED_BYTES)).toString('latin1');
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal, hex, name: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** True for a property that keeps a run of text from being seen: hidden, white, or of a point at most. */
function hides(tag: string): boolean {
  if (/^w:(?:vanish|webHidden|specVanish)\b/.test(tag)) return !/w:val="(?:0|false|off)"/.test(tag);
  return /^w:color\b[^>]*w:val="FFFFFF"/i.test(tag) || /^w:sz\b[^>]*w:val="[12]"/.test(tag);
}

/** The text of a part, what is seen and what is not. */
function textsOf(xml: string): { readonly seen: string; readonly unseen: string } {
  const seen: string[] = [];
  const unseen: string[] = [];
  let isHidden = false;
  for (const piece of xml.slice(0, MAX_LENGTH).split('<')) {
    const end = piece.indexOf('>');
    const tag = end < 0 ? '' : piece.slice(0, end);
    const name = /^[/\w:.-]*/.exec(tag.slice(0, 100))?.[0].replace(/\/$/, '') ?? '';
    if (name === 'w:r' || name === '/w:r') isHidden = false;
    else if (hides(tag)) isHidden = true;
    const text = decoded(end < 0 ? '' : piece.slice(end + 1));
    (isHidden ? unseen : seen).push(LINE_ENDS.has(name) ? `\n\n${text}` : text);
  }
  return { seen: seen.join(''), unseen: unseen.join('') };
}

/** Parts that are loaded from elsewhere when the document is opened. */
function tellOfRemoteParts(unpacking: Unpacking, xml: string): void {
  for (const [relation] of xml.slice(0, MAX_LENGTH).matchAll(/<Relationship\b[^<>]{0,4000}>/g)) {
    const target = /\bTarget="((?:https?|file|ftp|\\\\)[^"]{0,500})/i.exec(relation)?.[1];
    if (target === undefined || !/TargetMode="External"/.test(relation)) continue;
    if (/Type="[^"]*\/(?:attachedTemplate|oleObject|frame|subDocument|externalLink)"/.test(relation))
      unpacking.see('document-loads-remote-part', decoded(target).slice(0, 200));
  }
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const xml = Buffer.from(bytes).toString('utf8');
  if (RELATIONS.test(headOf(bytes))) {
    tellOfRemoteParts(unpacking, xml);
    unpacking.rest(bytes);
    return;
  }
  if (xml.length > MAX_LENGTH) unpacking.miss('longer than the text of documents is read');
  const { seen, unseen } = textsOf(xml);
  if (seen.trim() !== '') unpacking.fragment('text', Buffer.from(seen.replace(/^[ \t]+/gm, '')), 'markdown');
  const hidden = unseenText(unseen);
  if (hidden !== null) unpacking.fragment('hidden-text', hidden.content, hidden.language);
}

/** Parts of office documents: their text as it is read, seen and hidden, and what they load. */
export const officePart: Container = {
  name: 'office document part',
  recognises(bytes) {
    const head = headOf(bytes);
    return head !== '' && (RELATIONS.test(head) || TEXT_PART.test(head));
  },
  open,
};
