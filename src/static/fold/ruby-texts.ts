import { type Constant, made, MAX_FOLDED_LENGTH, plain, textOf } from './constant.ts';
import { asText, decode } from './decoders.ts';
import { type Arguments, foldMethod, numberAt } from './methods.ts';

/** Methods that other languages have under another name. */
const SAME_AS: Readonly<Record<string, string>> = {
  upcase: 'upper',
  downcase: 'lower',
  chomp: 'rstrip',
  gsub: 'replace',
  sub: 'replace',
  'start_with?': 'startswith',
  'end_with?': 'endswith',
  delete_prefix: 'removeprefix',
  delete_suffix: 'removesuffix',
  ljust: 'padEnd',
  rjust: 'padStart',
  '<<': 'concat',
};

/** Methods that give the same text. */
const SAME: ReadonlySet<string> = new Set(
  'to_s to_str to_sym b force_encoding encode scrub unicode_normalize read string path dump html_safe squish'.split(
    ' ',
  ),
);

/** The characters that `tr` and `delete` mean by `a-zA-Z_`; null for all others (`^…`). */
function charactersOf(set: string): string[] | null {
  if (set.length > 1 && set.startsWith('^')) return null;
  const found: string[] = [];
  for (let at = 0; at < set.length; at++) {
    const [from, dash, to] = [set.charCodeAt(at), set[at + 1], set.charCodeAt(at + 2)];
    if (dash === '-' && to >= from && to - from < 256) {
      for (let code = from; code <= to; code++) found.push(String.fromCharCode(code));
      at += 2;
    } else found.push(set[at] ?? '');
  }
  return found;
}

function translated(text: string, from: string, to: string): string | null {
  const [sources, targets] = [charactersOf(from), charactersOf(to)];
  if (sources === null || targets === null) return null;
  const table = new Map<string, string>();
  sources.forEach((source, at) => {
    if (!table.has(source)) table.set(source, targets[at] ?? targets.at(-1) ?? '');
  });
  return [...text].map((character) => table.get(character) ?? character).join('');
}

/** Bytes of a text, one character each. */
function bytesOf({ value, isBytes }: Constant): string {
  return isBytes ? String(value) : Buffer.from(String(value), 'utf8').toString('latin1');
}

/** `text.unpack1(format)`: base64, hexadecimal digits, or the text as it is. */
export function unpacked(text: Constant, format: string): Constant | null {
  const sort = format.charAt(0);
  if (sort === 'm' || sort === 'u') {
    const decoded = sort === 'm' ? decode('base64', bytesOf(text)) : null;
    return decoded === null ? null : { value: asText(decoded), isBytes: false, origin: 'decoded' };
  }
  if (/^H/.test(format))
    return made(Buffer.from(bytesOf(text), 'latin1').toString('hex'), [text], 'assembled');
  return /^[aA]/.test(format) ? text : null;
}

/** `list.pack(format)`: the characters of numbers, decoded digits, or base64. */
export function packedText(list: readonly Constant[], format: string): Constant | null {
  const [first] = list;
  if (first === undefined || list.length > 65_536) return null;
  if (/^[cCU]\*?/.test(format) && list.every(({ value }) => typeof value === 'number')) {
    const codes = list.map(({ value }) => (value as number) & (format.startsWith('U') ? 0x1fffff : 0xff));
    if (codes.some((code) => code > 0x10ffff)) return null;
    const text = codes.map((code) => String.fromCodePoint(code)).join('');
    return { value: format.startsWith('U') ? text : asText(text), isBytes: false, origin: 'decoded' };
  }
  const text = textOf(first);
  if (text === null) return null;
  if (/^H/.test(format)) {
    const decoded = decode('hex', text);
    return decoded === null ? null : { value: asText(decoded), isBytes: false, origin: 'decoded' };
  }
  if (/^m/.test(format))
    return made(Buffer.from(bytesOf(first), 'latin1').toString('base64'), [first], 'assembled');
  if (/^[aA]/.test(format)) return made(list.map(({ value }) => String(value)).join(''), list, 'assembled');
  return null;
}

/** A word that is put together from pieces is hidden; a line to which words are added is not. */
function originOf(before: string, after: string): 'assembled' | 'plain' {
  const isShort = before.length + after.length <= 40;
  return isShort && /[a-z]$/i.test(before) && /^[a-z]/i.test(after) ? 'assembled' : 'plain';
}

function ofNumber(value: number, method: string, args: Arguments): Constant | null {
  switch (method) {
    case 'chr':
      return value >= 0 && value <= 0x10ffff ? made(String.fromCodePoint(value), [], 'decoded') : null;
    case 'to_s': {
      const base = numberAt(args, 0) ?? 10;
      return base >= 2 && base <= 36 ? plain(value.toString(base)) : null;
    }
    case 'to_i':
    case 'ord':
    case 'abs':
      return plain(method === 'abs' ? Math.abs(value) : value);
    case 'succ':
    case 'next':
      return plain(value + 1);
    case 'pred':
      return plain(value - 1);
    default:
      return null;
  }
}

/**
 * What a method of Ruby's texts and numbers gives when all that it computes from is known; null when it is not. Methods that change
 * what they are called on give what it is afterwards.
 */
export function foldRubyMethod(receiver: Constant, method: string, args: Arguments): Constant | null {
  if (typeof receiver.value === 'number') return ofNumber(receiver.value, method, args);
  const text = textOf(receiver);
  if (text === null) return null;
  if (SAME.has(method)) return receiver;
  const [first = null, second = null] = args;
  const [firstText, secondText] = [textOf(first), textOf(second)];
  const known = [receiver, ...args.filter((value) => value !== null)];
  switch (method) {
    case 'reverse':
      return made([...text].reverse().join(''), [receiver], 'decoded');
    case 'tr':
    case 'tr_s': {
      if (firstText === null || secondText === null) return null;
      const result = translated(text, firstText, secondText);
      return result === null
        ? null
        : // Exchanging the letters of an alphabet hides a text, exchanging a sign for another does not.
          made(
            result,
            known,
            new Set(charactersOf(firstText)).size >= 10 && result !== text ? 'decoded' : 'plain',
          );
    }
    case 'delete': {
      const characters = firstText === null ? null : charactersOf(firstText);
      if (characters === null) return null;
      const gone = new Set(characters);
      return made([...text].filter((character) => !gone.has(character)).join(''), known, 'assembled');
    }
    case 'squeeze':
      return made(text.replace(/(.)\1+/gs, '$1'), known);
    case 'prepend':
      return firstText === null ? null : made(firstText + text, known, originOf(firstText, text));
    case '<<':
    case 'concat': {
      if (first === null) return null;
      const added = typeof first.value === 'number' ? String.fromCharCode(first.value) : String(first.value);
      return made(text + added, known, originOf(text, added));
    }
    case 'hex':
      return plain(Number.parseInt(text, 16) || 0);
    case 'oct':
      return plain(Number.parseInt(text, 8) || 0);
    case 'to_i': {
      const parsed = Number.parseInt(text, numberAt(args, 0) ?? 10);
      return plain(Number.isNaN(parsed) ? 0 : parsed);
    }
    case 'ord':
      return plain(text.codePointAt(0) ?? 0);
    case 'length':
    case 'size':
      return plain(text.length);
    case 'host':
    case 'hostname': {
      const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@?#]*@)?([^/:?#\s]+)/i.exec(text)?.[1];
      return host === undefined ? null : made(host, [receiver]);
    }
    case 'request_uri':
      return made(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(text)?.[1] ?? '/', [receiver]);
    case '*': {
      const count = numberAt(args, 0);
      return count === null || count < 0 || count * text.length > MAX_FOLDED_LENGTH
        ? null
        : made(text.repeat(count), known, 'assembled');
    }
    case 'unpack1':
      return firstText === null ? null : unpacked(receiver, firstText);
    default:
      return foldMethod(receiver, SAME_AS[method] ?? method, args);
  }
}
