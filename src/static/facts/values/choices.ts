import { changed, UNKNOWN, type Value } from './value.ts';

/** A value is one of so many at most; a table of more is one of data. */
const MAX_CHOICES = 64;

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

/** Any of the values that a table holds, for whoever asks it for a key that is not known: what flows from one of them flows from it. */
export function anyEntry({ entries, node }: Value): Value | null {
  if (entries === null || entries.size > MAX_CHOICES) return null;
  const choices = [...entries.values()].flatMap(choicesOf);
  const [only] = choices;
  if (only === undefined || choices.length > MAX_CHOICES) return null;
  return choices.length === 1 ? changed(only, { node }) : changed(UNKNOWN, { choices, node });
}
