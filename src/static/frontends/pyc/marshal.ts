import { BrokenPickle as Broken, ByteReader } from '../pickle/bytes.ts';

/** How a code object's fields follow each other, by the version that changed them. */
export type CodeLayout = '2' | '3.0' | '3.8' | '3.11';

/** A compiled function, class body or module. */
export interface CodeObject {
  readonly kind: 'code';
  readonly bytecode: string;
  readonly constants: readonly MarshalValue[];
  readonly names: readonly string[];
  /** Variables by the numbers that instructions use: arguments first; from 3.11 on all kinds in one list. */
  readonly variables: readonly string[];
  /** Cell and free variables of versions before 3.11. */
  readonly cells: readonly string[];
  readonly argumentCount: number;
  readonly name: string;
  /** Offset of the object in the bytes. */
  readonly start: number;
}

export type MarshalValue =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly isBytes: boolean }
  | { readonly kind: 'list'; readonly items: readonly MarshalValue[] }
  | CodeObject;

/** As deep as CPython's own reader goes. */
const MAX_DEPTH = 200;
/** Objects of one stream; each takes memory here. */
const MAX_OBJECTS = 1_000_000;

const NOTHING: MarshalValue = { kind: 'scalar', value: null, isBytes: false };

function scalar(value: string | number | boolean | null, isBytes = false): MarshalValue {
  return { kind: 'scalar', value, isBytes };
}

/** Reads CPython's marshal format (Python/marshal.c), versions 2 to 5, without making anything of it. Bounded in depth and count. */
export class MarshalReader {
  readonly #bytes: ByteReader;
  readonly #layout: CodeLayout;
  readonly #references: MarshalValue[] = [];
  readonly #interned: MarshalValue[] = [];
  #depth = 0;
  #objects = 0;

  /** @param text one character a byte */
  constructor(text: string, at: number, layout: CodeLayout) {
    this.#bytes = new ByteReader(text, at);
    this.#layout = layout;
  }

  get at(): number {
    return this.#bytes.at;
  }

  /** @throws {BrokenPickle} when the bytes are not marshal of this layout, or hold more than is followed */
  read(): MarshalValue {
    const start = this.#bytes.at;
    const first = this.#bytes.unsigned(1);
    if (++this.#objects > MAX_OBJECTS) throw new Broken('too many objects');
    if (this.#depth >= MAX_DEPTH) throw new Broken('nested too deep');
    const isShared = (first & 0x80) !== 0 && this.#layout !== '2';
    // Its number is taken before what is inside it takes more.
    const place = isShared ? this.#references.push(NOTHING) - 1 : -1;
    this.#depth++;
    const value = this.#value(String.fromCharCode(isShared ? first & 0x7f : first), start);
    this.#depth--;
    if (place >= 0) this.#references[place] = value;
    return value;
  }

  #value(type: string, start: number): MarshalValue {
    const bytes = this.#bytes;
    switch (type) {
      case 'N':
      case 'S':
      case '.':
        return NOTHING;
      case 'F':
      case 'T':
        return scalar(type === 'T');
      case 'i':
        return scalar(bytes.signed(4));
      case 'I':
        return scalar(bytes.signed(8));
      case 'l':
        return scalar(this.#long());
      case 'f':
        return scalar(Number(bytes.take(bytes.unsigned(1))));
      case 'g':
        return scalar(Buffer.from(bytes.take(8), 'latin1').readDoubleLE());
      case 'x':
        bytes.take(bytes.unsigned(1));
        bytes.take(bytes.unsigned(1));
        return NOTHING;
      case 'y':
        bytes.take(16);
        return NOTHING;
      case 's':
        return scalar(bytes.take(bytes.unsigned(4)), this.#layout !== '2');
      case 't':
        return this.#intern(
          this.#layout === '2' ? bytes.take(bytes.unsigned(4)) : bytes.utf8(bytes.unsigned(4)),
        );
      case 'R':
        return this.#known(this.#interned);
      case 'u':
        return scalar(bytes.utf8(bytes.unsigned(4)));
      case 'a':
      case 'A':
        return scalar(bytes.take(bytes.unsigned(4)));
      case 'z':
      case 'Z':
        return scalar(bytes.take(bytes.unsigned(1)));
      case '(':
      case '[':
      case '<':
      case '>':
        return this.#list(bytes.unsigned(4));
      case ')':
        return this.#list(bytes.unsigned(1));
      case ':':
        return this.#list(3);
      case '{':
        return this.#record();
      case 'r':
        return this.#known(this.#references);
      case 'c':
        return this.#code(start);
      default:
        throw new Broken(`unknown type 0x${type.charCodeAt(0).toString(16).padStart(2, '0')}`);
    }
  }

  /** Digits of 15 bits. Beyond 2^53 it is rounded. */
  #long(): number {
    const count = this.#bytes.signed(4);
    let value = 0;
    for (let digit = 0, weight = 1; digit < Math.abs(count); digit++, weight *= 32_768)
      value += this.#bytes.unsigned(2) * weight;
    return count < 0 ? -value : value;
  }

  #intern(text: string): MarshalValue {
    const value = scalar(text);
    this.#interned.push(value);
    return value;
  }

  #known(values: readonly MarshalValue[]): MarshalValue {
    const value = values[this.#bytes.unsigned(4)];
    if (value === undefined) throw new Broken('a reference to nothing');
    return value;
  }

  #list(count: number): MarshalValue {
    const items: MarshalValue[] = [];
    for (let at = 0; at < count; at++) items.push(this.read());
    return { kind: 'list', items };
  }

  #record(): MarshalValue {
    const items: MarshalValue[] = [];
    while (this.#bytes.unsigned(1) !== 0x30) {
      this.#bytes.at--;
      items.push(this.read(), this.read());
    }
    return { kind: 'list', items };
  }

  #code(start: number): CodeObject {
    const layout = this.#layout;
    // Argument counts of all kinds, sizes and flags: the first is that of ordinary arguments.
    const counts = layout === '2' ? 4 : layout === '3.8' ? 6 : 5;
    const numbers = Array.from({ length: counts }, () => this.#bytes.signed(4));
    const bytecode = textOf(this.read());
    const constants = itemsOf(this.read());
    const names = itemsOf(this.read()).map(textOf);
    const variables = itemsOf(this.read()).map(textOf);
    const later = [this.read()];
    if (layout !== '3.11') later.push(this.read());
    const cells = layout === '3.11' ? [] : [...itemsOf(later[1]!), ...itemsOf(later[0]!)].map(textOf);
    this.read(); // the file's name
    const name = textOf(this.read());
    if (layout === '3.11') this.read(); // the qualified name
    this.#bytes.signed(4); // the first line
    this.read(); // the table of lines
    if (layout === '3.11') this.read(); // the table of exceptions
    return {
      kind: 'code',
      bytecode,
      constants,
      names,
      variables,
      cells,
      argumentCount: numbers[0]!,
      name,
      start,
    };
  }
}

function textOf(value: MarshalValue): string {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') throw new Broken('a text was expected');
  return value.value;
}

function itemsOf(value: MarshalValue): readonly MarshalValue[] {
  if (value.kind !== 'list') throw new Broken('a tuple was expected');
  return value.items;
}
