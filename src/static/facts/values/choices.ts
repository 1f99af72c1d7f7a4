import { changed, flowingValue, listValue, UNKNOWN, type Value } from './value.ts';

/** A value is one of so many at most; a table of more is one of data. */
const MAX_CHOICES = 512;

/** Something that can be called: a function or class of the target, or what a name stands for. */
function isCallable({ name, callable, class: owner, constant }: Value): boolean {
  return constant === null && (name !== null || callable !== null || owner !== null);
}

/** What a value may be: itself when that is known. */
function choicesOf(value: Value): readonly Value[] {
  return value.choices ?? (isCallable(value) ? [value] : []);
}

/** The functions that either of two values may be; null when they are the same one, or one of them is none. */
export function choicesOfBoth(first: Value, second: Value): readonly Value[] | null {
  if (first.choices === null && first.name === second.name && first.callable === second.callable) return null;
  const one = choicesOf(first);
  const other = choicesOf(second);
  if (one.length === 0 || other.length === 0) return null;
  const both = [...one, ...other.filter((each) => !one.includes(each))];
  return both.length > MAX_CHOICES ? null : both;
}

/** Lists of one length, as one list: at each place any of what stands there. */
function anyRow(rows: readonly (readonly Value[])[], node: number): Value | null {
  const [first] = rows;
  if (first === undefined || first.length > MAX_CHOICES) return null;
  if (rows.some(({ length }) => length !== first.length)) return null;
  const elements = first.map(
    (_, place) =>
      anyOf(
        rows.map((row) => row[place]!),
        node,
      ) ?? flowingValue(node),
  );
  return elements.some(
    ({ choices, callable, name }) => choices !== null || callable !== null || name !== null,
  )
    ? listValue(elements, node)
    : null;
}

function anyOf(values: readonly Value[], node: number): Value | null {
  const choices = values.flatMap(choicesOf);
  const [only] = choices;
  if (only === undefined || choices.length > MAX_CHOICES) return null;
  return choices.length === 1 ? changed(only, { node }) : changed(UNKNOWN, { choices, node });
}

/**
 * Any of the values that a table holds, for whoever asks it for a key that is not known: what flows from one of them flows from it. Rows
 * that hold functions are one row.
 */
export function anyEntry({ entries, node }: Value): Value | null {
  if (entries === null || entries.size > MAX_CHOICES) return null;
  const values = [...entries.values()];
  const rows = values.flatMap(({ elements }) => (elements === null ? [] : [elements]));
  return rows.length > 0 && rows.length === values.length ? anyRow(rows, node) : anyOf(values, node);
}
