import type { Language } from '../../../model/program.ts';
import { MAX_FOLDED_LENGTH } from '../../fold/constant.ts';
import { signatureOf } from '../magic.ts';
import { isPickle } from '../pickle-shape.ts';
import { candidatesFor, SHORTEST } from './alphabets.ts';
import { decompressed } from './compressed.ts';
import { isAddress, recognise, type HiddenKind } from './kinds.ts';
import { looksReadable, readableText } from './readable.ts';
import { REWRITINGS } from './rewritings.ts';
import { GAP_SHARE, LONGEST_ADDRESS, promisingKeys, undone } from './xor.ts';

/** What a text hides, and the way to it. */
export interface HiddenText {
  /** An `object` is a pickle or marshalled code; a `program` is machine code. */
  readonly kind: HiddenKind | 'object' | 'program';
  readonly language: Language;
  /** For `pickle` and `pyc`, one character a byte; empty for a program. */
  readonly text: string;
  /** Encodings from the outside in: `['base64', 'zlib']`. */
  readonly steps: readonly string[];
}

/** How many encodings around each other are undone. */
const MAX_STEPS = 6;

/** A longer text is not decoded, which is said when its beginning promises something (UTF-16 units). */
const LONGEST = 64 * 1024 * 1024;

/** What a file's texts may decode to, in bytes: compressed ones to more than they are, and so often as each may be tried. */
const LEAST_BUDGET = 64 * 1024 * 1024;
const BUDGET_BY_LENGTH = 16;

/** Longer texts may not be decoded at all. */
const MAX_DECODED_LENGTH = 4 * MAX_FOLDED_LENGTH;

/** A longer text that is readable as it stands is not tried with keys. */
const MAX_KEYED_LENGTH = 16_384;

/** So much of a text is decoded to see whether the rest is worth it (UTF-16 units; a multiple of every group length). */
const PROBE_LENGTH = 240;

/** How much decoding is left for one file, in bytes that come out; and keys that it holds. */
export interface UnwrapBudget {
  bytes: number;
  /** Constants near it that may be keys: tried when the text around computes with `^`. */
  readonly keys: readonly Uint8Array[];
  /** Try single bytes as keys on what is readable as it stands. */
  readonly isKeyed: boolean;
}

/**
 * What the budget of a file is at the start. It grows with the file: what spends it is linear, but for what is compressed.
 * @param length of the file's text (UTF-16 units)
 */
export function unwrapBudget(keys: readonly Uint8Array[] = [], isKeyed = false, length = 0): UnwrapBudget {
  return { bytes: LEAST_BUDGET + length * BUDGET_BY_LENGTH, keys, isKeyed };
}

/** What looking at a text of any length takes, in bytes of the budget. */
const LOOK_BYTES = 256;

function spend(budget: UnwrapBudget, count: number): boolean {
  budget.bytes -= LOOK_BYTES + count;
  return budget.bytes >= 0;
}

/** More arguments and variables than any function has. */
const MANY = 64;

/** Marshalled code: the mark of a code object, then numbers of four bytes, of arguments of all kinds first; a module has none. */
function isMarshalledCode(bytes: Uint8Array): boolean {
  if (bytes.length < 48 || (bytes[0]! & 0x7f) !== 0x63) return false;
  for (let at = 1; at <= 13; at += 4)
    if (bytes[at]! > MANY || bytes[at + 1] !== 0 || bytes[at + 2] !== 0 || bytes[at + 3] !== 0) return false;
  return true;
}

/** What bytes that came out of an encoding are. */
function hiddenInBytes(bytes: Uint8Array, steps: readonly string[], budget: UnwrapBudget): HiddenText | null {
  if (bytes.length < 6 || !spend(budget, bytes.length)) return null;
  const packed = steps.length < MAX_STEPS ? decompressed(bytes, budget.bytes) : null;
  if (packed === 'too-large') {
    budget.bytes = -1;
    return null;
  }
  if (packed !== null) return hiddenInBytes(packed.bytes, [...steps, packed.name], budget);
  if (isPickle(bytes, false)) {
    return { kind: 'object', language: 'pickle', text: Buffer.from(bytes).toString('latin1'), steps };
  }
  if (isMarshalledCode(bytes)) {
    const text = Buffer.from(bytes).toString('latin1');
    return { kind: 'object', language: 'pyc', text, steps: [...steps, 'marshal'] };
  }
  const signature = signatureOf(bytes);
  if (signature !== null && !signature.isTextLike) {
    return /program|library/.test(signature.name) && bytes.length >= 48
      ? { kind: 'program', language: 'text', text: '', steps }
      : null;
  }
  const text = readableText(bytes);
  if (text !== null) {
    const found = recognise(text);
    if (found !== null) return { ...found, text, steps };
    const inner = steps.length < MAX_STEPS ? hiddenInText(text.trim(), steps, budget) : null;
    return inner ?? (bytes.length <= MAX_KEYED_LENGTH ? hiddenByKey(bytes, steps, budget) : null);
  }
  return hiddenByKey(bytes, steps, budget);
}

/** True for what somebody wrote: letters, with white space between them. A wrong key gives signs, or one long word. */
function isWritten(sample: string): boolean {
  let gaps = 0;
  let letters = 0;
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) gaps++;
    else if ((code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122)) letters++;
  }
  return gaps >= sample.length * GAP_SHARE && letters * 2 >= sample.length;
}

/** So much of a text shows whether somebody wrote it (bytes). */
const WRITTEN_SAMPLE = 1_000;

/** Only what comes out as more than prose counts: some key makes letters of nearly any short text. */
function hiddenByKey(bytes: Uint8Array, steps: readonly string[], budget: UnwrapBudget): HiddenText | null {
  if (bytes.length < SHORTEST) return null;
  for (const { name, key } of promisingKeys(bytes, budget.keys)) {
    const beginning = undone(bytes.subarray(0, WRITTEN_SAMPLE), key);
    if (!spend(budget, beginning.length)) return null;
    const sample = readableText(beginning);
    if (sample === null) continue;
    const isOneAddress = bytes.length <= LONGEST_ADDRESS && isAddress(sample);
    if (!isOneAddress && !isWritten(sample)) continue;
    if (!spend(budget, bytes.length)) return null;
    const text = readableText(undone(bytes, key));
    const found = text === null ? null : recognise(text);
    if (text !== null && found !== null && found.kind !== 'prose')
      return { ...found, text, steps: [...steps, name] };
  }
  return null;
}

/** Bytes that may turn out to be something: their beginning says so. */
function isWorthDecoding(beginning: Uint8Array, budget: UnwrapBudget): boolean {
  if (looksReadable(beginning) || isPickle(beginning, false) || isMarshalledCode(beginning)) return true;
  const [first, second] = beginning;
  if ((first === 0x1f && second === 0x8b) || (first! & 0x8f) === 8) return true;
  const signature = signatureOf(beginning);
  if (signature !== null) return !signature.isInert;
  return promisingKeys(beginning, budget.keys).next().done !== true;
}

function hiddenInText(text: string, steps: readonly string[], budget: UnwrapBudget): HiddenText | null {
  if (text.length < SHORTEST || budget.bytes < 0) return null;
  for (const { name, undo } of candidatesFor(text)) {
    const beginning = text.length > PROBE_LENGTH ? undo(text.slice(0, PROBE_LENGTH)) : undo(text);
    if (beginning === null || !isWorthDecoding(beginning, budget)) continue;
    if (text.length > LONGEST) {
      budget.bytes = -1;
      return null;
    }
    const bytes = text.length > PROBE_LENGTH ? undo(text) : beginning;
    const found = bytes === null ? null : hiddenInBytes(bytes, [...steps, name], budget);
    if (found !== null) return found;
    // The decoders of constants refuse what is very long.
    if (bytes === null && text.length > MAX_DECODED_LENGTH) budget.bytes = -1;
  }
  for (const { name, isSeenIn, undo } of REWRITINGS) {
    if (!isSeenIn(text) || !spend(budget, text.length)) continue;
    const plain = undo(text);
    if (plain === null || plain === text) continue;
    const kind = recognise(plain);
    if (kind !== null) return { ...kind, text: plain, steps: [...steps, name] };
    const inner = steps.length + 1 < MAX_STEPS ? hiddenInText(plain.trim(), [...steps, name], budget) : null;
    if (inner !== null) return inner;
  }
  return steps.at(-1) === 'reverse' ? null : hiddenBackwards(text, steps, budget);
}

/** Base64 backwards: its padding first, or letters of both cases and digits, as a name hardly has them. */
const TURNED =
  /^(?:={1,2}[\w+/-]{16}|(?=[\w+/-]{0,200}\d)(?=[\w+/-]{0,200}[A-Z])(?=[\w+/-]{0,200}[a-z])[\w+/-]{20})/;

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Base64 written backwards begins with its padding, or decodes to a text only when turned around. */
function hiddenBackwards(text: string, steps: readonly string[], budget: UnwrapBudget): HiddenText | null {
  if (steps.length >= MAX_STEPS || !TURNED.test(text) || /[^\w+/=\s-]/.test(text)) return null;
  // What its end decodes to says whether turning all of it is worth it.
  const end = reversed(text.slice(-PROBE_LENGTH));
  const isWorthIt = candidatesFor(end).some(({ undo }) => {
    const beginning = undo(end);
    return beginning !== null && isWorthDecoding(beginning, budget);
  });
  if (!isWorthIt) return null;
  const turned = reversed(text);
  return hiddenInText(turned, [...steps, 'reverse'], budget);
}

/**
 * Looks for what a text hides: undoes what its characters may be an encoding of, and says what came out when it is code, a command, an
 * address, prose or a program. Never throws; bounded by the budget and {@link MAX_STEPS}. Most texts are told apart within a few
 * characters; of the others the beginning is decoded first, and pictures, fonts, keys and digests end there.
 */
export function unwrap(text: string, budget: UnwrapBudget): HiddenText | null {
  const found = hiddenInText(text.trim(), [], budget);
  if (found !== null || !budget.isKeyed || budget.bytes < 0 || text.length > MAX_KEYED_LENGTH) return found;
  return hiddenByKey(Buffer.from(text, 'latin1'), [], budget);
}

/** The same for a byte string, one character a byte: it may be compressed, pickled or keyed without any encoding around it. */
export function unwrapBytes(binary: string, budget: UnwrapBudget): HiddenText | null {
  if (budget.bytes < 0) return null;
  const bytes = Buffer.from(binary, 'latin1');
  if (bytes.length < SHORTEST || readableText(bytes.subarray(0, 64)) !== null) return unwrap(binary, budget);
  return isWorthDecoding(bytes.subarray(0, 180), budget) ? hiddenInBytes(bytes, [], budget) : null;
}
