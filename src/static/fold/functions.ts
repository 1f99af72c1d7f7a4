import { type Constant, made, plain, textOf } from './constant.ts';
import { asText, decode, unescaped } from './decoders.ts';
import { packed } from './pack.ts';
import { type Arguments, numberAt } from './methods.ts';

/** The functions that {@link foldFunction} knows. */
export const FOLDED_FUNCTIONS: ReadonlySet<string> = new Set([
  'chr',
  'unichr',
  'ord',
  'String.fromCharCode',
  'String.fromCodePoint',
  'bytes',
  'bytearray',
  'Uint8Array',
  'Uint8Array.from',
  'Buffer.from',
  'str',
  'String',
  'int',
  'parseInt',
  'Number',
  'struct.pack',
  'text.encoding.utf8.getstring',
  'text.encoding.ascii.getstring',
  'text.encoding.default.getstring',
  'text.encoding.unicode.getstring',
  'html.unescape',
  'codecs.decode',
  'codecs.escape_decode',
  'hex',
  'bin',
  'oct',
  'len',
  'abs',
  'Math.abs',
  'Math.floor',
  'reversed',
]);

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
    case 'Uint8Array':
    case 'Uint8Array.from':
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
      const parsed = first === null ? Number.NaN : wholeNumber(String(first.value), base);
      return Number.isNaN(parsed) ? null : plain(parsed);
    }
    case 'text.encoding.utf8.getstring':
    case 'text.encoding.ascii.getstring':
    case 'text.encoding.default.getstring':
      return firstText === null || first === null
        ? null
        : { ...first, value: asText(firstText), isBytes: false };
    case 'text.encoding.unicode.getstring':
      return firstText === null
        ? null
        : made(Buffer.from(firstText, 'latin1').toString('utf16le'), [first!], 'decoded');
    case 'struct.pack':
      return packed(args);
    case 'html.unescape':
      return firstText === null ? null : made(withoutEntities(firstText), [], 'decoded');
    case 'codecs.decode':
    case 'codecs.escape_decode': {
      const codec = textOf(args[1] ?? null) ?? 'unicode_escape';
      return firstText === null || !/escape/i.test(codec) ? null : made(unescaped(firstText), [], 'decoded');
    }
    case 'hex':
    case 'bin':
    case 'oct': {
      const number = numberAt(args, 0);
      const base = name === 'hex' ? 16 : name === 'bin' ? 2 : 8;
      return number === null
        ? null
        : plain(`0${name === 'hex' ? 'x' : name.charAt(0)}${number.toString(base)}`);
    }
    case 'len':
      return firstText === null ? null : plain(firstText.length);
    case 'abs':
    case 'Math.abs':
    case 'Math.floor': {
      const number = numberAt(args, 0);
      return number === null ? null : plain(name === 'Math.floor' ? Math.floor(number) : Math.abs(number));
    }
    case 'reversed':
      return firstText === null || first === null
        ? null
        : made([...firstText].reverse().join(''), [first], 'decoded');
    default:
      return null;
  }
}

/** A number as written in a text; without a base, a prefix such as `0x` says which one. */
function wholeNumber(text: string, base: number | null): number {
  if (base === null && /^\s*0[xob]/i.test(text)) return Number(text);
  const digits = text.replace(/^\s*0[xob]/i, '');
  return base !== null && base >= 2 && base <= 36 ? Number.parseInt(digits, base) : Number.parseInt(text, 10);
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

/** Character references of HTML as the characters they stand for. */
function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,4}));?/gi,
    (place, decimal: string | undefined, hex: string | undefined, word: string | undefined) => {
      const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
      if (word !== undefined) return ENTITIES.get(word.toLowerCase()) ?? place;
      return code <= 0x10ffff ? String.fromCodePoint(code) : place;
    },
  );
}
