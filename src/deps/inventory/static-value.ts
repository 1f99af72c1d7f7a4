/** A string that a list of requirements holds, and where it stands. */
export interface LiteralText {
  readonly value: string;
  readonly offset: number;
  /** The key of the dictionary under which it stands; null outside of one. */
  readonly key: string | null;
  /** False when only the beginning is known, because the rest is computed. */
  readonly isWhole: boolean;
}

/** What an expression holds as far as the text tells. */
export interface StaticValue {
  readonly texts: readonly LiteralText[];
  /** Files whose content it takes in, as written. */
  readonly files: readonly { readonly path: string; readonly offset: number }[];
  /** False when something in it is neither a literal nor the content of a named file. */
  readonly isTold: boolean;
}

/** Nothing, and known to be nothing. */
export const NOTHING: StaticValue = { texts: [], files: [], isTold: true };

/** What only running the program would tell. */
export const UNTOLD: StaticValue = { texts: [], files: [], isTold: false };

/** One text. */
export function text(value: string, offset: number, key: string | null, isWhole = true): StaticValue {
  return { texts: [{ value, offset, key, isWhole }], files: [], isTold: isWhole };
}

/** All that several values hold. */
export function joined(values: readonly StaticValue[]): StaticValue {
  return {
    texts: values.flatMap(({ texts }) => texts),
    files: values.flatMap(({ files }) => files),
    isTold: values.every(({ isTold }) => isTold),
  };
}

/** `"a b".split()`, `"""…""".splitlines()`: one text for each line. */
export function split(value: StaticValue): StaticValue {
  return {
    ...value,
    texts: value.texts.flatMap((item) =>
      item.value
        .split(/\n/)
        .filter((line) => line.trim() !== '')
        .map((line) => ({ ...item, value: line.trim() })),
    ),
  };
}
