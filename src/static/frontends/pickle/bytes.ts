import type { Span } from '../../../model/program.ts';

/** The stream ended in the middle of an instruction, or an instruction cannot be carried out. */
export class BrokenPickle extends Error {}

/** Reads a text of one character per byte from front to back. */
export class ByteReader {
  readonly #text: string;
  /** Offset of the next byte. */
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** The next `length` bytes. */
  take(length: number): string {
    if (length < 0 || this.at + length > this.#text.length)
      throw new BrokenPickle('the stream ends too early');
    const taken = this.#text.slice(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  /** Up to the next line break, which is passed. */
  line(): string {
    const end = this.#text.indexOf('\n', this.at);
    if (end === -1) throw new BrokenPickle('the stream ends too early');
    const line = this.#text.slice(this.at, end);
    this.at = end + 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  /** An unsigned little-endian number of up to eight bytes. */
  unsigned(length: number): number {
    const bytes = this.take(length);
    let value = 0;
    for (let index = length - 1; index >= 0; index--) value = value * 256 + bytes.charCodeAt(index);
    return value;
  }

  /** A signed little-endian number of any length; beyond 2^53 it is rounded. */
  signed(length: number): number {
    const bytes = this.take(length);
    if (length === 0) return 0;
    let value = 0n;
    // Numbers of more than a kilobyte are not worth their arithmetic.
    for (let index = Math.min(length, 1_024) - 1; index >= 0; index--) {
      value = value * 256n + BigInt(bytes.charCodeAt(index));
    }
    return Number(BigInt.asIntN(8 * length, value));
  }

  /** The bytes as UTF-8 text. */
  utf8(length: number): string {
    return Buffer.from(this.take(length), 'latin1').toString('utf8');
  }

  span(start: number): Span {
    return { start, end: this.at };
  }
}
