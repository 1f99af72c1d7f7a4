import { TooLarge } from './unpacking.ts';

const FIRST_BYTES = 64 * 1024;

/** Bytes that come one by one or in chunks, up to a bound. */
export class Output {
  readonly #maxBytes: number;
  #buffer = new Uint8Array(FIRST_BYTES);
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws TooLarge beyond the bound */
  writeByte(byte: number): void {
    if (this.#length === this.#buffer.length) this.#grow(1);
    if (this.#length >= this.#maxBytes) throw new TooLarge();
    this.#buffer[this.#length++] = byte;
  }

  /** @throws TooLarge beyond the bound */
  write(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#maxBytes) throw new TooLarge();
    if (this.#length + chunk.length > this.#buffer.length) this.#grow(chunk.length);
    this.#buffer.set(chunk, this.#length);
    this.#length += chunk.length;
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** The byte that was written `distance` bytes ago, the last one at 1. @throws when there is none */
  back(distance: number): number {
    if (distance > this.#length) throw new Error('it repeats what is not there');
    return this.#buffer[this.#length - distance]!;
  }

  content(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + more));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
