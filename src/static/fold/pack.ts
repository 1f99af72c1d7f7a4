import { type Constant, textOf } from './constant.ts';

/** Bytes that a letter of a format stands for (Python's `struct`, standard sizes). */
const SIZES: Readonly<Record<string, number>> = {
  b: 1,
  B: 1,
  c: 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
};

const MAX_BYTES = 65_536;

/** A whole number as so many bytes, one character each; the lowest first when `isLittle`. */
export function bytesOfNumber(number: bigint, size: number, isLittle: boolean): string {
  const bytes: string[] = [];
  let rest = number;
  for (let at = 0; at < size; at++) {
    bytes.push(String.fromCharCode(Number(rest & 0xffn)));
    rest >>= 8n;
  }
  return (isLittle ? bytes : bytes.reverse()).join('');
}

/**
 * `struct.pack(format, …)` for numbers, single bytes and byte strings.
 * @param args the format, then the values
 */
export function packed(args: readonly (Constant | null)[]): Constant | null {
  const format = textOf(args[0] ?? null);
  if (format === null || format.length > 4_096 || !/^[@=<>!]?[\dbBchHiIlLqQs ]+$/.test(format)) return null;
  const isLittle = !/^[>!]/.test(format);
  let next = 1;
  let bytes = '';
  for (const [, digits = '', letter = ''] of format.matchAll(/(\d{0,4})([bBchHiIlLqQs])/g)) {
    const count = digits === '' ? 1 : Number(digits);
    for (let turn = 0; turn < (letter === 's' ? 1 : count); turn++) {
      const value = args[next++]?.value;
      if (typeof value === 'string')
        bytes += letter === 's' ? value.slice(0, count).padEnd(count, '\0') : value.charAt(0);
      else if (typeof value === 'number' && Number.isInteger(value))
        bytes += bytesOfNumber(BigInt(value), SIZES[letter] ?? 1, isLittle);
      else return null;
      if (bytes.length > MAX_BYTES) return null;
    }
  }
  return { value: bytes, isBytes: true, origin: 'decoded' };
}
