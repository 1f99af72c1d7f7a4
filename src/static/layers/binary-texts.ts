import { detectLanguage, UNKNOWN_BINARY } from '../decode/language.ts';
import { signatureOf } from '../decode/magic.ts';
import { isPickle } from '../decode/pickle-shape.ts';
import { decodeText } from '../decode/text.ts';
import { emulate } from '../frontends/pickle/emulate.ts';
import { inspectBytes } from '../detectors/bytes.ts';
import type { Container } from './container.ts';
import { jsonTextsIn } from './models/json-texts.ts';
import type { Unpacking } from './unpacking.ts';
import { printableRuns, unseenText } from './unseen-text.ts';

/** Data whose values are texts and numbers: what is in them is read by its texts. */
const DATABASE = 'an SQLite database';

/** More of a file's texts is not read (UTF-16 units). */
const MAX_TEXTS = 2_000_000;

/** So much of a file shows whether it is a pickle (bytes). */
const PICKLE_SAMPLE = 256 * 1024;

/** True when a loader of pickles would import or call something, or get to the end, before it stops at what is no instruction. */
function mayUnpickle(bytes: Uint8Array): boolean {
  if (!isPickle(bytes, true)) return false;
  const sample = Buffer.from(bytes.subarray(0, PICKLE_SAMPLE)).toString('latin1');
  const { globals, machine, problem, end } = emulate(sample);
  const isCut = end >= sample.length && bytes.length > sample.length;
  return problem === null || isCut || globals.references.size > 0 || machine.calls.length > 0;
}

function isData(bytes: Uint8Array): boolean {
  // What a loader of pickles would run, whatever its name, and what the bytes give away are dealt with elsewhere.
  if (bytes.length < 4 || decodeText(bytes) !== null || inspectBytes(bytes, '').length > 0) return false;
  const signature = signatureOf(bytes);
  return signature === null
    ? !mayUnpickle(bytes) && detectLanguage('', null, bytes).opaque?.reason === UNKNOWN_BINARY
    : signature.name === DATABASE;
}

/** Two bytes a character, as Windows and some formats write them. */
function wideRuns(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return (text.match(/(?:[\x20-\x7e]\0){12,}/g) ?? []).map((run) => run.replaceAll('\0', '')).join('\n');
}

/** Configurations of Keras models lie in files of other kinds too (`keras_metadata.pb`). */
const CONFIGURATION = /class_name|\\u00/;
const MAX_CONFIGURATIONS = 1_000;

function open(unpacking: Unpacking): void {
  const { bytes } = unpacking;
  const isConfiguration = (part: Uint8Array): boolean =>
    CONFIGURATION.test(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1'));
  const json = jsonTextsIn(bytes, Number.POSITIVE_INFINITY);
  const configurations = json.texts
    .map(({ start, end }) => bytes.subarray(start, end))
    .filter((text) => isConfiguration(text));
  for (const text of configurations.slice(0, MAX_CONFIGURATIONS)) unpacking.fragment('config', text, 'json');
  if (configurations.length > MAX_CONFIGURATIONS || (json.isCutOff && isConfiguration(bytes)))
    unpacking.miss('it has more configurations than are read');
  const texts = [printableRuns(bytes), wideRuns(bytes)].join('\n');
  if (texts.length > MAX_TEXTS) unpacking.miss('it has more text than is read', false);
  const unseen = unseenText(texts.slice(0, MAX_TEXTS));
  if (unseen !== null) unpacking.fragment('texts', unseen.content, unseen.language);
  const what = signatureOf(bytes)?.name ?? 'binary data of an unknown kind';
  unpacking.miss(`${what}: only the texts in it were read`, false);
}

/** Data that no reader is known of. Nothing runs it but a program that is analysed itself; what an agent may read in it is read. */
export const binaryTexts: Container = { name: 'data file', recognises: isData, open };
