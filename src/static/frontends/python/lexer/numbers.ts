import { DOT_CODE, isDigit, UNDERSCORE } from './characters.ts';

const ZERO = 48;

/** Where the number literal at `start` ends: decimal, hexadecimal, octal, binary, fractional, imaginary, and Python 2's long ones. */
export function numberEnd(units: Uint16Array, start: number): number {
  let at = start;
  if (units[at] === ZERO) {
    const base = units[at + 1]! | 0x20;
    if (base === 0x78 || base === 0x6f || base === 0x62) {
      at += 2;
      while (isHexadecimal(units[at]!) || units[at] === UNDERSCORE) at += 1;
      return afterSuffix(units, at, 0x6c);
    }
  }
  at = digitsEnd(units, at);
  if (units[at] === DOT_CODE) at = digitsEnd(units, at + 1);
  if ((units[at]! | 0x20) === 0x65) {
    const sign = units[at + 1]!;
    const exponent = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    if (isDigit(units[exponent]!)) at = digitsEnd(units, exponent);
  }
  const end = afterSuffix(units, at, 0x6a);
  return end > at ? end : afterSuffix(units, at, 0x6c);
}

function digitsEnd(units: Uint16Array, start: number): number {
  let at = start;
  while (isDigit(units[at]!) || units[at] === UNDERSCORE) at += 1;
  return at;
}

/** `j` for imaginary numbers, `l` for Python 2's long ones, in either case. */
function afterSuffix(units: Uint16Array, at: number, letter: number): number {
  return (units[at]! | 0x20) === letter ? at + 1 : at;
}

function isHexadecimal(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}
