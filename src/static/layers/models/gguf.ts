import type { Container } from '../container.ts';
import type { Unpacking } from '../unpacking.ts';
import { unseenText } from '../unseen-text.ts';

const MAGIC = [0x47, 0x47, 0x55, 0x46];
/** A number that this machine reads the wrong way round is larger. */
const HIGHEST_VERSION = 0xffff;
const MAX_PAIRS = 100_000;
/** How deep lists may lie in lists; writers go no deeper than one. */
const MAX_DEPTH = 8;
/** More of the texts is not read (bytes). */
const MAX_TEXTS = 2_000_000;

/** Bytes of a value by its type; texts and lists have lengths of their own (ggml, `docs/gguf.md`). */
const BYTES: readonly (number | undefined)[] = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];
const TEXT = 8;
const LIST = 9;

/** A pair of key and text; numbers are passed over. */
interface TextPair {
  readonly key: string;
  readonly text: Uint8Array;
}

/** Reads the pairs at the beginning of a file from front to back. */
class PairReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = MAGIC.length;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  *pairs(): Generator<TextPair> {
    const version = this.#number();
    if (version === 0 || version > HIGHEST_VERSION) throw new Error('its byte order or version is not known');
    // The first version counted with four bytes.
    const count = (): number => (version === 1 ? this.#number() : this.#length());
    count();
    const pairs = count();
    if (pairs > MAX_PAIRS) throw new Error(`it claims ${pairs} pairs`);
    for (let pair = 0; pair < pairs; pair++) {
      const key = Buffer.from(this.#take(count())).toString('utf8');
      const type = this.#number();
      yield* this.#value(key, type, count, 0);
    }
  }

  *#value(key: string, type: number, count: () => number, depth: number): Generator<TextPair> {
    const bytes = BYTES[type];
    if (bytes !== undefined) this.#take(bytes);
    else if (type === TEXT) yield { key, text: this.#take(count()) };
    else if (type === LIST && depth < MAX_DEPTH) {
      const inner = this.#number();
      const items = count();
      const each = BYTES[inner];
      if (each !== undefined) this.#take(each * items);
      else for (let item = 0; item < items; item++) yield* this.#value(key, inner, count, depth + 1);
    } else throw new Error('a value of no known type');
  }

  #take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new Error('it ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #number(): number {
    this.#take(4);
    return this.#view.getUint32(this.#at - 4, true);
  }

  #length(): number {
    const low = this.#number();
    return this.#number() * 2 ** 32 + low;
  }
}

/** Words of the tokenizer are many and say nothing together. */
const VOCABULARY = /^tokenizer\.(?:ggml\.(?:tokens|merges)|huggingface\.json)$/;

function open(unpacking: Unpacking): void {
  const texts: Buffer[] = [];
  let length = 0;
  for (const { key, text } of new PairReader(unpacking.bytes).pairs()) {
    if (/chat_template/i.test(key)) unpacking.fragment(memberOf(key), text, 'text');
    else if (!VOCABULARY.test(key)) {
      if (length < MAX_TEXTS) texts.push(Buffer.from(text));
      length += text.length;
    }
  }
  if (length > MAX_TEXTS) unpacking.miss('it has more text than is read', false);
  const unseen = unseenText(
    Buffer.concat(texts.flatMap((text) => [text, Buffer.from('\n\n')])).toString('utf8'),
  );
  if (unseen !== null) unpacking.fragment('texts', unseen.content, unseen.language);
  unpacking.miss('a GGUF model: its metadata and templates were read, its numbers were not', false);
}

/** `chat_template.tool_use` of `tokenizer.chat_template.tool_use`. */
function memberOf(key: string): string {
  return key
    .replace(/^tokenizer\./, '')
    .replace(/[^\w.-]/g, '_')
    .slice(0, 60);
}

/** GGUF models: texts and templates before the numbers. */
export const gguf: Container = {
  name: 'GGUF model',
  recognises: (bytes) => bytes.length > 16 && MAGIC.every((byte, at) => bytes[at] === byte),
  open,
};
