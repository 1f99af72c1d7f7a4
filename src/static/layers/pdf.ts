import { constants, inflateSync } from 'node:zlib';
import { decodeText } from '../decode/text.ts';
import { handOverTail } from './appended.ts';
import type { Container } from './container.ts';
import { shownText, stringAt } from './pdf-strings.ts';
import type { Unpacking } from './unpacking.ts';

const MAX_STREAMS = 5_000;
/** A stream's dictionary stands before it, and is no longer. */
const MAX_DICTIONARY = 2_000;
const MAX_TEXT = 2_000_000;
/** Pictures and fonts: packed data that shows and says nothing to run. */
const INERT =
  /\/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b|\/Subtype\s{0,9}\/Image\b|\/FontFile|\/Length1\b/;

/** A stream with the dictionary that says what it is. */
interface Stream {
  readonly at: number;
  readonly dictionary: string;
  readonly data: Uint8Array;
}

function* streamsOf(bytes: Uint8Array): Generator<Stream> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let from = 0;
  for (;;) {
    const word = buffer.indexOf('stream', from, 'latin1');
    if (word < 0) return;
    const newline = bytes[word + 6] === 13 && bytes[word + 7] === 10 ? 2 : 1;
    const end = buffer.indexOf('endstream', word + 6, 'latin1');
    const before = buffer.toString('latin1', Math.max(0, word - MAX_DICTIONARY), word);
    const data = bytes.subarray(word + 6 + newline, end < 0 ? bytes.length : end);
    yield { at: word, dictionary: before.slice(Math.max(0, before.lastIndexOf(' obj'))), data };
    if (end < 0) return;
    from = end + 'endstream'.length;
  }
}

/** The data as it is meant; null when it is packed in a way that is not followed. */
function unpacked(unpacking: Unpacking, { dictionary, data }: Stream): Uint8Array | null {
  if (!/\/Filter\b/.test(dictionary)) return data;
  const filters = dictionary.match(/\/\w{1,30}Decode\b/g) ?? [];
  if (filters.length !== 1 || filters[0] !== '/FlateDecode' || /\/Predictor\s{1,9}(?!1\b)/.test(dictionary))
    return null;
  return unpacking.unpack(data.length, (maxOutputLength) =>
    // Line breaks follow the data, and broken writers leave out its end.
    inflateSync(data, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
  );
}

/** What objects order a reader to do, by the names of their actions (ISO 32000-2, 12.6.4). */
function tellOfActions(unpacking: Unpacking, objects: string): void {
  for (const match of objects.matchAll(/\/JS\s{0,9}(?=[(<])/g)) {
    const { text } = stringAt(objects, match.index + match[0].length);
    unpacking.fragment('javascript', Buffer.from(text), 'javascript');
  }
  if (/\/(?:JavaScript|JS)\b/.test(objects)) unpacking.see('pdf-javascript', 'JavaScript');
  if (/\/S\s{0,9}\/Launch\b/.test(objects)) unpacking.see('pdf-launches-program', 'a Launch action');
}

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  const objects: string[] = [];
  let length = 0;
  let unread = 0;
  let between = 0;
  let count = 0;
  for (const stream of streamsOf(bytes)) {
    if (++count > MAX_STREAMS) break;
    objects.push(whole.toString('latin1', between, stream.at));
    between = stream.at + stream.data.length;
    if (INERT.test(stream.dictionary)) continue;
    let data: Uint8Array | null = null;
    try {
      data = unpacked(unpacking, stream);
    } catch {
      data = null;
    }
    if (data === null || length > MAX_TEXT) unread++;
    else if (/\/EmbeddedFile\b/.test(stream.dictionary)) unpacking.part(stream.at, 'embedded', data);
    else {
      const content = Buffer.from(data).toString('latin1');
      const text = /\/Type\s{0,9}\/ObjStm\b/.test(stream.dictionary) ? '' : shownText(content);
      if (text === '') objects.push(content.slice(0, MAX_TEXT));
      else texts.push(text);
      length += content.length;
    }
  }
  objects.push(whole.toString('latin1', between));
  for (const part of objects) tellOfActions(unpacking, part);
  const text = texts.join('\n\n');
  if (text.trim() !== '') unpacking.fragment('text', Buffer.from(text), 'markdown');
  const isEncrypted = objects.some((part) => /\/Encrypt\b/.test(part));
  if (isEncrypted) unpacking.miss('an encrypted PDF document: its text was not read');
  else if (unread > 0) unpacking.miss(`a PDF document: ${unread} of its streams were not read`, false);
  if (count > MAX_STREAMS) unpacking.miss(`a PDF document: more than ${MAX_STREAMS} streams: not all read`);
  const mark = whole.lastIndexOf('%%EOF', undefined, 'latin1');
  if (mark >= 0) handOverTail(unpacking, mark + 5);
  // Between the objects of a document that is text all through, a shell finds its commands.
  if (decodeText(bytes) === null) unpacking.rest(new Uint8Array(0));
  else if (mark < 0) unpacking.rest(bytes);
}

/** Text, scripts, actions and embedded files of PDF documents, as far as they are stored plainly or deflated. */
export const pdf: Container = {
  name: 'PDF document',
  recognises: (bytes) => String.fromCharCode(...bytes.subarray(0, 5)) === '%PDF-',
  open,
};
