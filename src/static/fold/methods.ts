import { type Constant, made, MAX_FOLDED_LENGTH, plain, textOf } from './constant.ts';
import { asText, decode } from './decoders.ts';

type Arguments = readonly (Constant | null)[];

function numberAt(values: Arguments, at: number): number | null {
  const value = values[at]?.value;
  return typeof value === 'number' ? value : null;
}

function replaceAll(text: string, from: string, to: string): string | null {
  if (from === '') return null;
  const parts = text.split(from);
  return (parts.length - 1) * to.length + text.length > MAX_FOLDED_LENGTH ? null : parts.join(to);
}

function fillBraces(format: string, values: Arguments): string | null {
  let next = 0;
  let isWhole = true;
  const filled = format.replace(/\{(\d*)(?::[^{}]*)?\}/g, (_place, index: string) => {
    const value = values[index === '' ? next++ : Number(index)];
    if (value === undefined || value === null) isWhole = false;
    return value === undefined || value === null ? '' : String(value.value);
  });
  return isWhole && !/\{[A-Za-z_]/.test(filled) ? filled : null;
}

/**
 * A method of a known text in Python or JavaScript: `replace`, `join`, `format`, `upper`, `decode`, `split` is not one (it is a list).
 * @param args known values of the positional arguments, null where unknown
 */
export function foldMethod(receiver: Constant, method: string, args: Arguments): Constant | null {
  const text = textOf(receiver);
  if (text === null) return null;
  const first = args[0] ?? null;
  const firstText = textOf(first);
  const known = [receiver, ...args.filter((value) => value !== null)];
  switch (method) {
    case 'replace':
    case 'replaceAll': {
      const second = textOf(args[1] ?? null);
      const replaced = firstText === null || second === null ? null : replaceAll(text, firstText, second);
      return replaced === null ? null : made(replaced, known, 'decoded');
    }
    case 'upper':
    case 'toUpperCase':
      return made(text.toUpperCase(), [receiver]);
    case 'lower':
    case 'toLowerCase':
    case 'casefold':
      return made(text.toLowerCase(), [receiver]);
    case 'strip':
    case 'trim':
      return made(text.trim(), [receiver]);
    case 'format': {
      const filled = fillBraces(text, args);
      return filled === null ? null : made(filled, known, leastOfFilling(text));
    }
    case 'concat':
      return args.some((value) => value === null)
        ? null
        : made(text + args.map((value) => String(value?.value)).join(''), known, 'assembled');
    case 'repeat': {
      const count = numberAt(args, 0);
      return count === null || count < 0 || count * text.length > MAX_FOLDED_LENGTH
        ? null
        : made(text.repeat(count), known, 'assembled');
    }
    case 'slice':
    case 'substring': {
      const start = numberAt(args, 0);
      return start === null
        ? null
        : made(text.slice(start, numberAt(args, 1) ?? undefined), known, 'assembled');
    }
    case 'charCodeAt':
    case 'codePointAt':
      return plain(text.charCodeAt(numberAt(args, 0) ?? 0));
    case 'charAt':
      return made(text.charAt(numberAt(args, 0) ?? 0), known, 'assembled');
    case 'encode':
      return { ...receiver, value: Buffer.from(text, 'utf8').toString('latin1'), isBytes: true };
    case 'decode': {
      if (firstText !== null && /rot_?13/i.test(firstText)) {
        return made(decode('rot13', text) ?? text, [receiver], 'decoded');
      }
      if (firstText !== null && /^(hex|base64)/i.test(firstText)) {
        const decoded = decode(firstText.toLowerCase().startsWith('hex') ? 'hex' : 'base64', text);
        return decoded === null ? null : { value: asText(decoded), isBytes: false, origin: 'decoded' };
      }
      return { ...receiver, value: asText(text), isBytes: false };
    }
    case 'toString':
      if (firstText !== null && /^(hex|base64)$/.test(firstText)) return null;
      return { ...receiver, value: receiver.isBytes ? asText(text) : text, isBytes: false };
    case 'hex':
      return made(Buffer.from(text, 'latin1').toString('hex'), [receiver], 'assembled');
    default:
      return null;
  }
}

/** `'{}{}'.format('sys', 'tem')` hides a word; a format with words of its own does not. */
function leastOfFilling(format: string): 'assembled' | 'plain' {
  return /^(?:\{\d*\}){2,}$/.test(format) ? 'assembled' : 'plain';
}

/** `separator.join(list)` and `list.join(separator)`. */
export function foldJoin(separator: string, elements: Arguments): Constant | null {
  if (elements.length > 100_000 || elements.some((element) => element === null)) return null;
  const known = elements.filter((element) => element !== null);
  // Words with spaces between them are a command line; pieces with nothing between them are a word taken apart.
  const least = separator === '' && known.length > 1 ? 'assembled' : 'plain';
  return made(known.map((element) => String(element.value)).join(separator), known, least);
}

/**
 * A function that is not in the API models but whose result is known: `chr`, `String.fromCharCode`, `str`, `bytes`, `reversed`.
 * @param name resolved name
 * @param list the elements, when the first argument is a list with all elements known
 */
export function foldFunction(
  name: string,
  args: Arguments,
  list: readonly Constant[] | null,
): Constant | null {
  const first = args[0] ?? null;
  const firstText = textOf(first);
  switch (name) {
    case 'chr':
    case 'unichr': {
      const code = numberAt(args, 0);
      return code === null || code < 0 || code > 0x10ffff
        ? null
        : made(String.fromCodePoint(code), [], 'decoded');
    }
    case 'ord':
      return firstText === null ? null : plain(firstText.codePointAt(0) ?? 0);
    case 'String.fromCharCode':
    case 'String.fromCodePoint': {
      const codes = (list ?? args).map((value) => value?.value);
      if (codes.length > 100_000 || codes.some((code) => typeof code !== 'number')) return null;
      return made(codes.map((code) => String.fromCharCode(code as number)).join(''), [], 'decoded');
    }
    case 'bytes':
    case 'bytearray':
    case 'Buffer.from': {
      if (list?.every((code) => typeof code.value === 'number' && code.value >= 0 && code.value < 256)) {
        return {
          value: String.fromCharCode(...list.slice(0, 65_536).map((code) => code.value as number)),
          isBytes: true,
          origin: 'decoded',
        };
      }
      if (firstText === null || first === null) return null;
      const encoding = textOf(args[1] ?? null);
      if (encoding === 'base64' || encoding === 'hex') {
        const decoded = decode(encoding, firstText);
        return decoded === null ? null : { value: decoded, isBytes: true, origin: 'decoded' };
      }
      return { ...first, isBytes: true };
    }
    case 'str':
    case 'String':
      if (first === null) return null;
      return firstText === null
        ? made(String(first.value), [first])
        : { ...first, value: first.isBytes ? asText(firstText) : firstText, isBytes: false };
    case 'int':
    case 'parseInt':
    case 'Number': {
      const base = numberAt(args, 1);
      const parsed = first === null ? Number.NaN : Number.parseInt(String(first.value), base ?? 10);
      return Number.isNaN(parsed) ? null : plain(parsed);
    }
    case 'reversed':
      return firstText === null || first === null
        ? null
        : made([...firstText].reverse().join(''), [first], 'decoded');
    default:
      return null;
  }
}
