import { type Constant, made, MAX_FOLDED_LENGTH, textOf } from './constant.ts';

function numberOf(constant: Constant): number | null {
  return typeof constant.value === 'number' ? constant.value : null;
}

/** Languages whose division rounds down, whatever the signs, and whose whole numbers have no end. */
const FLOORED: ReadonlySet<string> = new Set(['python', 'ruby']);

/** Operators on the bits of whole numbers of any length. */
function onBits(operator: string, left: number, right: number): number | null {
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) return null;
  const [a, b] = [BigInt(left), BigInt(right)];
  if ((operator === '<<' || operator === '>>') && (right < 0 || right > 64)) return null;
  const result =
    operator === '^'
      ? a ^ b
      : operator === '&'
        ? a & b
        : operator === '|'
          ? a | b
          : operator === '<<'
            ? a << b
            : a >> b;
  const number = Number(result);
  return Number.isSafeInteger(number) ? number : null;
}

/**
 * Two numbers by an operator, `+` left out; null for any other, and where there is no result, or none that is exact.
 * @param language whose operator it is
 */
export function arithmetic(operator: string, left: number, right: number, language: string): number | null {
  const isFloored = FLOORED.has(language);
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return isFloored && Number.isInteger(left * right) && !Number.isSafeInteger(left * right)
        ? null
        : left * right;
    case '**': {
      const power = left ** right;
      return Number.isSafeInteger(power) ? power : null;
    }
    case '/':
      return right === 0 ? null : left / right;
    case '//':
      return right === 0 ? null : Math.floor(left / right);
    case '%': {
      if (right === 0) return null;
      const rest = left % right;
      return isFloored && rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
    }
    case '^':
      return isFloored ? onBits(operator, left, right) : left ^ right;
    case '&':
      return isFloored ? onBits(operator, left, right) : left & right;
    case '|':
      return isFloored ? onBits(operator, left, right) : left | right;
    case '<<':
      return isFloored ? onBits(operator, left, right) : right > 31 ? null : left << right;
    case '>>':
      return isFloored ? onBits(operator, left, right) : left >> right;
    case '>>>':
      return isFloored ? null : left >>> right;
    default:
      return null;
  }
}

/** Fills printf-style places (`%s`, `%d`, `%(name)s`), or null when they do not fit. */
export function fillPercent(format: string, values: readonly (Constant | null)[]): string | null {
  let next = 0;
  let isWhole = true;
  const filled = format.replace(
    /%(?:\([^)]*\))?[-+ #0]*\d*(?:\.\d+)?([sdrifxc%])/g,
    (_place, kind: string) => {
      if (kind === '%') return '%';
      const value = values[next++];
      if (value === undefined || value === null) {
        isWhole = false;
        return '';
      }
      if (kind === 'x' && typeof value.value === 'number') return value.value.toString(16);
      if (kind === 'c' && typeof value.value === 'number') return String.fromCharCode(value.value);
      return String(value.value);
    },
  );
  return isWhole ? filled : null;
}

/** A binary operator of a language over two known values, or null when the result is not known. */
export function foldBinary(
  operator: string,
  left: Constant,
  right: Constant,
  language: string,
): Constant | null {
  const op =
    operator.length > 1 && operator.endsWith('=') && !/[=!<>]=$/.test(operator)
      ? operator.slice(0, -1)
      : operator;
  const leftText = textOf(left);
  const rightText = textOf(right);
  if (op === '+') {
    if (leftText !== null || rightText !== null) {
      return made(String(left.value) + String(right.value), [left, right], 'assembled');
    }
    const a = numberOf(left);
    const b = numberOf(right);
    return a === null || b === null ? null : made(a + b, [left, right]);
  }
  if (op === '*' && leftText !== null && numberOf(right) !== null) {
    const count = Math.max(0, numberOf(right) ?? 0);
    return leftText.length * count > MAX_FOLDED_LENGTH
      ? null
      : made(leftText.repeat(count), [left, right], 'assembled');
  }
  if (op === '%' && leftText !== null) {
    const filled = fillPercent(leftText, [right]);
    return filled === null ? null : made(filled, [left, right]);
  }
  const a = numberOf(left);
  const b = numberOf(right);
  const result = a === null || b === null ? null : arithmetic(op, a, b, language);
  return result === null || !Number.isFinite(result) ? null : made(result, [left, right]);
}

/** `text[start:stop:step]` with Python's rules for negative and missing bounds. */
export function foldSlice(
  text: Constant,
  start: number | null,
  stop: number | null,
  step: number | null,
): Constant | null {
  const whole = textOf(text);
  const stride = step ?? 1;
  if (whole === null || stride === 0 || !Number.isInteger(stride)) return null;
  const length = whole.length;
  const clamp = (at: number, low: number, high: number): number =>
    Math.min(high, Math.max(low, at < 0 ? at + length : at));
  if (stride === 1) {
    return made(
      whole.slice(clamp(start ?? 0, 0, length), clamp(stop ?? length, 0, length)),
      [text],
      'assembled',
    );
  }
  const characters: string[] = [];
  if (stride > 0) {
    for (let at = clamp(start ?? 0, 0, length); at < clamp(stop ?? length, 0, length); at += stride) {
      characters.push(whole[at] ?? '');
    }
  } else {
    const last = stop === null ? -1 : clamp(stop, -1, length - 1);
    for (let at = start === null ? length - 1 : clamp(start, -1, length - 1); at > last; at += stride) {
      characters.push(whole[at] ?? '');
    }
  }
  return made(characters.join(''), [text], 'decoded');
}
