import { type Constant, MAX_FOLDED_LENGTH, textOf } from '../../fold/constant.ts';
import { HOLE } from '../../evidence/detail.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';

/** What is known of an expression's value without running it. */
export interface Value {
  /** The resolved dotted name of what it refers to: a module, a function, or the type of the object it is (`requests.Session`). */
  readonly name: string | null;
  readonly constant: Constant | null;
  /** A text of which parts are known: `https://h/?d=${x}`. Null when it is a constant or nothing of it is known. */
  readonly pieces: readonly (string | Value)[] | null;
  /** Its node in the flow graph; 0 when nothing flows through it. */
  readonly node: number;
  /** A function of the target that it is. */
  readonly callable: FunctionFact | null;
  /** A class of the target that it is an object of. */
  readonly instance: ClassFact | null;
  /** A class of the target that it is. */
  readonly class: ClassFact | null;
  /** Arguments that a function was bound to before it is called: `partial(f, a)`, `f.bind(o, a)`. */
  readonly bound: readonly Value[] | null;
  readonly elements: readonly Value[] | null;
  readonly entries: ReadonlyMap<string, Value> | null;
  /** What it may be one of: functions that a table holds under keys, or that branches assign. Null when it is known which. */
  readonly choices: readonly Value[] | null;
}

/** Nothing is known. */
export const UNKNOWN: Value = {
  name: null,
  constant: null,
  pieces: null,
  node: 0,
  callable: null,
  instance: null,
  class: null,
  bound: null,
  elements: null,
  entries: null,
  choices: null,
};

/**
 * A value with some of its properties changed. Values are made here and by the functions below alone, never by spreading one: V8 gives
 * what a spread makes a hidden class of its own for each place in the program, and every access to a value would have to deal with all
 * of them.
 */
export function changed(value: Value, parts: Partial<Value>): Value {
  return {
    name: parts.name === undefined ? value.name : parts.name,
    constant: parts.constant === undefined ? value.constant : parts.constant,
    pieces: parts.pieces === undefined ? value.pieces : parts.pieces,
    node: parts.node ?? value.node,
    callable: parts.callable === undefined ? value.callable : parts.callable,
    instance: parts.instance === undefined ? value.instance : parts.instance,
    class: parts.class === undefined ? value.class : parts.class,
    bound: parts.bound === undefined ? value.bound : parts.bound,
    elements: parts.elements === undefined ? value.elements : parts.elements,
    entries: parts.entries === undefined ? value.entries : parts.entries,
    choices: parts.choices === undefined ? value.choices : parts.choices,
  };
}

/** The same value at another node. */
export function atNode(value: Value, node: number): Value {
  return {
    name: value.name,
    constant: value.constant,
    pieces: value.pieces,
    node,
    callable: value.callable,
    instance: value.instance,
    class: value.class,
    bound: value.bound,
    elements: value.elements,
    entries: value.entries,
    choices: value.choices,
  };
}

/** A value of which its declared type says what is not known otherwise. */
export function withType(value: Value, type: Value): Value {
  if (type === UNKNOWN) return value;
  return changed(value, { name: value.name ?? type.name, instance: value.instance ?? type.instance });
}

/** A value that may be known by name, by what it holds, or by both. */
export function knownValue(
  name: string | null,
  constant: Constant | null,
  elements: Value['elements'],
  entries: Value['entries'],
  node: number,
): Value {
  return {
    name,
    constant,
    pieces: null,
    node,
    callable: null,
    instance: null,
    class: null,
    bound: null,
    elements,
    entries,
    choices: null,
  };
}

/** A value of which only a constant is known, and where it flows. */
export function constantValue(constant: Constant | null, node = 0): Value {
  return constant === null && node === 0 ? UNKNOWN : knownValue(null, constant, null, null, node);
}

/** A value that is known by name. */
export function namedValue(name: string | null, node = 0): Value {
  return name === null && node === 0 ? UNKNOWN : knownValue(name, null, null, null, node);
}

/** A value of which it is only known where it flows. */
export function flowingValue(node: number): Value {
  return knownValue(null, null, null, null, node);
}

/** A list of these. */
export function listValue(elements: readonly Value[], node = 0): Value {
  return knownValue(null, null, elements, null, node);
}

/** A function of the target. */
export function callableValue(callable: FunctionFact): Value {
  return changed(UNKNOWN, { callable });
}

/** Pieces may lie in pieces, so deep; of all of them so many count, and no more text than this (UTF-16 units). */
const MAX_PIECE_DEPTH = 8;
const MAX_PIECES = 4_096;

/** What may still be put together of one value. */
interface Room {
  pieces: number;
  length: number;
}

function knownWithin(value: Value, depth: number, room: Room): string | null {
  const text = textOf(value.constant);
  if (text !== null) {
    room.length -= text.length;
    return room.length < 0 ? null : text;
  }
  if (value.pieces === null || depth >= MAX_PIECE_DEPTH) return null;
  const known: string[] = [];
  for (const piece of value.pieces) {
    if (--room.pieces < 0 || room.length < 0) {
      known.push(HOLE);
      break;
    }
    if (typeof piece === 'string') room.length -= piece.length;
    known.push(typeof piece === 'string' ? piece : (knownWithin(piece, depth + 1, room) ?? HOLE));
  }
  const whole = known.join('');
  return /^\**$/.test(whole) ? null : whole;
}

/** The value as text, with `*` for what is not known of it; null when it is no text or nothing is known. */
export function knownText(value: Value): string | null {
  return (
    textOf(value.constant) ??
    (value.pieces === null ? null : knownWithin(value, 0, { pieces: MAX_PIECES, length: MAX_FOLDED_LENGTH }))
  );
}

/** A text as far as it is known, without what it is by name; null when it is none, or nothing is known of it. */
export function sameText(value: Value | undefined): Value | null {
  return value === undefined || knownText(value) === null
    ? null
    : changed(UNKNOWN, { constant: value.constant, pieces: value.pieces });
}

/** The value's text, or the texts of a list joined by spaces (a command line given as a list). */
export function knownWords(value: Value): string | null {
  if (value.elements === null) return knownText(value);
  const words = value.elements.slice(0, 64).map((element) => knownText(element) ?? HOLE);
  return words.every((word) => word === HOLE) ? null : words.join(' ');
}
