import type { Globals } from './globals.ts';
import { textOf } from './value.ts';
import type { Value } from './value.ts';

/** What follows an object in the stream that its own `read` takes from the file, past the pickle machine. */
export type Following =
  /** So many bytes of numbers. */
  | { readonly kind: 'numbers'; readonly bytes: number; readonly isPadded: boolean }
  /** A whole pickle. */
  | { readonly kind: 'pickle' };

/** Bytes of one element by the letter of its type, where the number behind it does not count bytes. */
const BYTES_BY_LETTER: Readonly<Record<string, number>> = { U: 4 };

function entryOf(record: Value, name: string): Value | undefined {
  if (record.kind !== 'record') return undefined;
  return record.entries.find(({ key }) => textOf(key) === name)?.value;
}

function numberOf(value: Value | undefined): number | null {
  if (value?.kind !== 'constant' || value.expression.kind !== 'literal') return null;
  return typeof value.expression.value === 'number' ? value.expression.value : null;
}

function isCallOf(globals: Globals, value: Value, module: string, name: string): boolean {
  if (value.kind !== 'call' || value.callee.kind !== 'constant') return false;
  const reference = globals.referenceOf(value.callee.expression);
  return reference?.module === module && reference.name === name;
}

/** `f8` of `numpy.dtype('f8', False, True)`. */
function typeOf(globals: Globals, dtype: Value | undefined): string | null {
  if (dtype?.kind !== 'call' || !isCallOf(globals, dtype, 'numpy', 'dtype')) return null;
  return textOf(dtype.args[0]?.value);
}

/**
 * What stands behind an array of joblib, whose files are pickles with the numbers of the arrays between their instructions
 * (`joblib/numpy_pickle.py`, `NumpyArrayWrapper`).
 * @param object what a state was just given to
 * @returns null for any other object, and for an array whose size cannot be told
 */
export function followingOf(globals: Globals, object: Value, state: Value): Following | null {
  if (!isCallOf(globals, object, 'joblib.numpy_pickle', 'NumpyArrayWrapper')) return null;
  const type = /^[<>|=]?([A-Za-z?])(\d{0,9})$/.exec(typeOf(globals, entryOf(state, 'dtype')) ?? '');
  const shape = entryOf(state, 'shape');
  if (type === null || shape?.kind !== 'list') return null;
  const letter = type[1]!;
  if (letter === 'O') return { kind: 'pickle' };
  let bytes = (type[2] === '' ? 1 : Number(type[2])) * (BYTES_BY_LETTER[letter] ?? 1);
  for (const length of shape.items) bytes *= numberOf(length) ?? Number.NaN;
  if (!Number.isSafeInteger(bytes) || bytes < 0) return null;
  return {
    kind: 'numbers',
    bytes,
    isPadded: numberOf(entryOf(state, 'numpy_array_alignment_bytes')) !== null,
  };
}
