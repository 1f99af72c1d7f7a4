import { KEYWORDS } from '../tokens.ts';

const SLOTS = 1 << 16;
/** A text that is made to collide gets its names without sharing them, so that looking up stays linear. */
const MAX_PROBES = 16;
/** More names than this are forgotten before the next text. */
const MAX_KEPT = SLOTS / 2;
/** A longer slice is not a copy: it would keep all of the text alive. */
const COPIED_LENGTH = 12;
/** Characters made to text at once. */
const CHUNK = 1024;

/**
 * The identifiers seen so far, each as one string, by number. A name costs an allocation when it is met first and a comparison after
 * that; the same name is the same string everywhere, which later passes profit from when they look it up. The keywords have the first
 * numbers, in the order of their kinds.
 */
export class Identifiers {
  readonly names: string[] = [];
  private readonly slots = new Int32Array(SLOTS);
  private hashes = new Int32Array(1 << 10);
  private offsets = new Int32Array(1 << 10);
  private pool = new Uint16Array(1 << 14);
  private used = 0;

  constructor() {
    this.reset();
  }

  /** Called before a text. */
  trim(): void {
    if (this.names.length > MAX_KEPT) this.reset();
  }

  /**
   * @param hash as {@link hashOf} computes it
   * @returns the number of the identifier at `start`; what is below `KEYWORDS.length` is a keyword
   */
  numberOf(text: string, units: Uint16Array, start: number, end: number, hash: number): number {
    const length = end - start;
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const number = this.slots[slot]! - 1;
      if (number < 0) {
        const added = this.add(text, units, start, end, hash);
        this.slots[slot] = added + 1;
        return added;
      }
      const stored = this.offsets[number + 1]! - this.offsets[number]!;
      if (stored === length && this.hashes[number] === hash) {
        const { pool } = this;
        let at = this.offsets[number]!;
        let from = start;
        while (from < end && pool[at] === units[from]) {
          at += 1;
          from += 1;
        }
        if (from === end) return number;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return this.add(text, units, start, end, hash);
  }

  private add(text: string, units: Uint16Array, start: number, end: number, hash: number): number {
    const number = this.names.length;
    const length = end - start;
    if (this.used + length > this.pool.length) {
      const larger = new Uint16Array(Math.max(this.used + length, this.pool.length * 2));
      larger.set(this.pool);
      this.pool = larger;
    }
    if (number + 2 > this.hashes.length) {
      const hashes = new Int32Array(this.hashes.length * 2);
      hashes.set(this.hashes);
      this.hashes = hashes;
      const offsets = new Int32Array(this.offsets.length * 2);
      offsets.set(this.offsets);
      this.offsets = offsets;
    }
    this.pool.set(units.subarray(start, end), this.used);
    this.used += length;
    this.hashes[number] = hash;
    this.offsets[number + 1] = this.used;
    this.names.push(textOf(text, units, start, end));
    return number;
  }

  private reset(): void {
    this.names.length = 0;
    this.slots.fill(0);
    this.used = 0;
    this.offsets[0] = 0;
    for (const keyword of KEYWORDS) {
      const units = Uint16Array.from(keyword, (character) => character.charCodeAt(0));
      this.numberOf(keyword, units, 0, units.length, hashOf(units, 0, units.length));
    }
  }
}

/** The lexer computes the same while it scans. */
function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = nextHash(hash, units[at]!);
  return hash;
}

/** One more character. */
export function nextHash(hash: number, unit: number): number {
  return (Math.imul(hash, 0x01_00_01_93) ^ unit) | 0;
}

/** CPython compares identifiers in NFKC form (PEP 3131), so `ｅｖａｌ` is `eval`. */
function textOf(whole: string, units: Uint16Array, start: number, end: number): string {
  let text = '';
  if (end - start <= COPIED_LENGTH) {
    text = whole.slice(start, end);
  } else {
    for (let at = start; at < end; at += CHUNK) {
      text += String.fromCharCode.apply(
        null,
        units.subarray(at, Math.min(end, at + CHUNK)) as unknown as number[],
      );
    }
  }
  for (let at = start; at < end; at++) {
    if (units[at]! > 127) return text.normalize('NFKC');
  }
  return text;
}

/** Whether CPython takes it for an identifier; only asked for those outside ASCII. */
export function isIdentifier(name: string): boolean {
  // Here and not above: properties of Unicode make an expression costly to have, and few texts need this one.
  return /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name);
}
