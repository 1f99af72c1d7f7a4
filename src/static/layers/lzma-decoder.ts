import type { Output } from './output.ts';

/** Half of what a probability may be: even odds (LZMA SDK, `lzma-specification.txt`). */
const EVEN = 1_024;
const PROBABILITY_BITS = 11;
const MOVE_BITS = 5;
const TOP = 2 ** 24;
const MIN_MATCH = 2;
const STATES = 12;

/** Binary decisions out of the bytes, each with the probability that is learned for it. */
class RangeDecoder {
  readonly #bytes: Uint8Array;
  #at: number;
  #range = 0xffffffff;
  #code = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at + 1;
    for (let count = 0; count < 4; count++) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  /** Where the bytes go on behind what was read. */
  get at(): number {
    return this.#at;
  }

  /** False where an end mark may still follow the last byte that was said to come. */
  get isOver(): boolean {
    return this.#code === 0;
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('it ends early');
    return byte;
  }

  #normalise(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  bit(odds: Uint16Array, index: number): 0 | 1 {
    const probability = odds[index]!;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      odds[index] = probability + ((2 ** PROBABILITY_BITS - probability) >> MOVE_BITS);
      this.#normalise();
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    odds[index] = probability - (probability >> MOVE_BITS);
    this.#normalise();
    return 1;
  }

  /** Bits of even odds, the highest first. */
  direct(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--) {
      this.#range = this.#range >>> 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      this.#normalise();
      value = value * 2 + bit;
    }
    return value;
  }

  /** A number of so many bits, the highest first. */
  tree(odds: Uint16Array, bits: number, offset = 0): number {
    let node = 1;
    for (let left = bits; left > 0; left--) node = (node << 1) | this.bit(odds, offset + node);
    return node - (1 << bits);
  }

  /** The same, the lowest first. */
  reverseTree(odds: Uint16Array, bits: number, offset = 0): number {
    let node = 1;
    let value = 0;
    for (let place = 0; place < bits; place++) {
      const bit = this.bit(odds, offset + node);
      node = (node << 1) | bit;
      value |= bit << place;
    }
    return value;
  }
}

function evenOdds(count: number): Uint16Array {
  return new Uint16Array(count).fill(EVEN);
}

/** Lengths of matches: short ones by the position, medium and long ones. */
class Lengths {
  readonly #choice = evenOdds(2);
  readonly #low = evenOdds(16 << 3);
  readonly #middle = evenOdds(16 << 3);
  readonly #high = evenOdds(256);

  next(coder: RangeDecoder, position: number): number {
    if (coder.bit(this.#choice, 0) === 0) return coder.tree(this.#low, 3, position << 3);
    if (coder.bit(this.#choice, 1) === 0) return 8 + coder.tree(this.#middle, 3, position << 3);
    return 16 + coder.tree(this.#high, 8);
  }
}

/** What the header of a stream says. */
export interface LzmaHeader {
  /** Bits of the byte before, and of the position, that a literal depends on; bits of the position that anything else does. */
  readonly literalContextBits: number;
  readonly literalPositionBits: number;
  readonly positionBits: number;
  /** Null: it ends with a mark. */
  readonly unpackedBytes: number | null;
}

/**
 * Decodes a stream of LZMA behind what the output holds already.
 * @param at where the data begins, behind the header
 * @returns where the stream ends
 * @throws when the data is broken, or more comes out than `output` takes
 */
export function decodeLzma(bytes: Uint8Array, at: number, header: LzmaHeader, output: Output): number {
  const { literalContextBits, literalPositionBits, positionBits, unpackedBytes } = header;
  const coder = new RangeDecoder(bytes, at);
  const literals = evenOdds(0x300 << (literalContextBits + literalPositionBits));
  const isMatch = evenOdds(STATES << 4);
  const isRepeat = evenOdds(STATES);
  const isOlder = [evenOdds(STATES), evenOdds(STATES), evenOdds(STATES)] as const;
  const isLongRepeat = evenOdds(STATES << 4);
  const slots = evenOdds(4 << 6);
  const nearDistances = evenOdds(128);
  const aligns = evenOdds(16);
  const lengths = new Lengths();
  const repeatLengths = new Lengths();
  const recent = [0, 0, 0, 0];
  const start = output.length;
  let state = 0;

  const repeated = (): number => {
    const distance = recent[0]! + 1;
    if (distance > output.length - start) throw new Error('it repeats what is not there');
    return output.back(distance);
  };

  const literal = (): void => {
    const before = output.length === start ? 0 : output.back(1);
    const place = (output.length - start) & ((1 << literalPositionBits) - 1);
    const offset = 0x300 * ((place << literalContextBits) | (before >> (8 - literalContextBits)));
    let symbol = 1;
    if (state >= 7) {
      let expected = repeated();
      while (symbol < 0x100) {
        const wanted = (expected >> 7) & 1;
        expected <<= 1;
        const bit = coder.bit(literals, offset + ((1 + wanted) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== wanted) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | coder.bit(literals, offset + symbol);
    output.writeByte(symbol & 0xff);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };

  const distance = (length: number): number => {
    const slot = coder.tree(slots, 6, Math.min(length, 3) << 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + coder.reverseTree(nearDistances, bits, base - slot);
    return base + coder.direct(bits - 4) * 16 + coder.reverseTree(aligns, 4);
  };

  for (;;) {
    const done = output.length - start;
    const isFull = unpackedBytes !== null && done >= unpackedBytes;
    if (isFull && coder.isOver) return coder.at;
    const position = done & ((1 << positionBits) - 1);
    if (coder.bit(isMatch, (state << 4) + position) === 0) {
      if (isFull) return coder.at;
      literal();
      continue;
    }
    let length: number;
    if (coder.bit(isRepeat, state) === 0) {
      recent.pop();
      length = lengths.next(coder, position);
      recent.unshift(distance(length));
      state = state < 7 ? 7 : 10;
      if (recent[0] === 0xffffffff) return coder.at;
    } else {
      if (isFull) return coder.at;
      if (coder.bit(isOlder[0], state) === 0) {
        if (coder.bit(isLongRepeat, (state << 4) + position) === 0) {
          state = state < 7 ? 9 : 11;
          output.writeByte(repeated());
          continue;
        }
      } else {
        const which = coder.bit(isOlder[1], state) === 0 ? 1 : coder.bit(isOlder[2], state) === 0 ? 2 : 3;
        recent.unshift(...recent.splice(which, 1));
      }
      length = repeatLengths.next(coder, position);
      state = state < 7 ? 8 : 11;
    }
    if (isFull) return coder.at;
    for (let left = length + MIN_MATCH; left > 0; left--) output.writeByte(repeated());
  }
}
