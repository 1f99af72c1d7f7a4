import { type Constant, made, MAX_FOLDED_LENGTH, plain, textOf } from './constant.ts';
import { asText, decode, unescaped } from './decoders.ts';

/** Known values of positional arguments, null where unknown. */
export type Arguments = readonly (Constant | null)[];

/** The number at a place among arguments; null when it is none. */
export function numberAt(values: Arguments, at: number): number | null {
  const value = values[at]?.value;
  return typeof value === 'number' ? value : null;
}

function replaceAll(text: string, from: string, to: string): string | null {
  if (from === '') return null;
  const parts = text.split(from);
  return (parts.length - 1) * to.length + text.length > MAX_FOLDED_LENGTH ? null : parts.join(to);
}

/** The text without the characters (white space if none are named) at one end or both. */
function stripped(text: string, characters: string | null, method: string): string {
  const isStripped = (at: number): boolean => {
    const character = text.charAt(at);
    return characters === null ? /\s/.test(character) : characters.includes(character);
  };
  let from = 0;
  let to = text.length;
  if (!method.startsWith('r') && method !== 'trimEnd') while (from < to && isStripped(from)) from++;
  if (!method.startsWith('l') && method !== 'trimStart') while (to > from && isStripped(to - 1)) to--;
  return text.slice(from, to);
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

/** `page.replace('{{ROWS}}', rows)`: a template's gap is filled, which stands apart from its words and hides none of them. */
function isFilling(text: string, from: string): boolean {
  if (
    !/^(?:\{\{?\s?[\w.-]{2,40}\s?\}\}?|__[\w-]{2,40}__|<[\w-]{2,40}>|\[[\w-]{2,40}\]|%%?\w{2,40}%%?|\$\{?\w{2,40}\}?|@@?\w{2,40}@@?)$/.test(
      from,
    )
  )
    return false;
  for (let at = text.indexOf(from); at !== -1; at = text.indexOf(from, at + from.length)) {
    if (/\w/.test(text.charAt(at - 1)) || /\w/.test(text.charAt(at + from.length))) return false;
  }
  return true;
}

/** `name.replace('-', '_')`, `words.replace(' ', '+')`: another way to write a name or a query, which hides nothing. */
function isRespelling(from: string, to: Constant | null | undefined): boolean {
  const text = textOf(to ?? null) ?? '';
  return from === ' '
    ? /^(?:[-_. /\\+]|%20)$/.test(text)
    : /^[-_. /\\]$/.test(from) && /^[-_. /\\]$/.test(text);
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
      return replaced === null
        ? null
        : made(
            replaced,
            known,
            replaced === text || isRespelling(firstText!, args[1])
              ? 'plain'
              : isFilling(text, firstText!)
                ? 'assembled'
                : 'decoded',
          );
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
    case 'lstrip':
    case 'trimStart':
    case 'rstrip':
    case 'trimEnd':
      return made(stripped(text, firstText, method), known);
    case 'swapcase':
      return made(
        text.replace(/[a-zA-Z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase())),
        [receiver],
        'decoded',
      );
    case 'capitalize':
      return made(text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(), [receiver]);
    case 'removeprefix':
      return firstText === null
        ? null
        : made(text.startsWith(firstText) ? text.slice(firstText.length) : text, known, 'assembled');
    case 'removesuffix':
      return firstText === null
        ? null
        : made(
            firstText !== '' && text.endsWith(firstText) ? text.slice(0, -firstText.length) : text,
            known,
            'assembled',
          );
    // As the shell cuts: `${x%/*}`, `${x%%/*}`, `${x#*/}`, `${x##*/}`. Nothing is hidden by the name of a file without its folder.
    case '<before last>':
    case '<before first>':
    case '<after first>':
    case '<after last>':
      return firstText === null ? null : made(cut(text, method, firstText), known);
    case 'zfill':
    case 'padStart':
    case 'padEnd': {
      const width = numberAt(args, 0);
      const filler = method === 'zfill' ? '0' : (textOf(args[1] ?? null) ?? ' ');
      if (width === null || width > MAX_FOLDED_LENGTH) return null;
      return made(method === 'padEnd' ? text.padEnd(width, filler) : text.padStart(width, filler), known);
    }
    case 'startsWith':
    case 'startswith':
      return firstText === null ? null : plain(text.startsWith(firstText));
    case 'endsWith':
    case 'endswith':
      return firstText === null ? null : plain(text.endsWith(firstText));
    case 'indexOf':
    case 'find':
    case 'index':
      return firstText === null ? null : plain(text.indexOf(firstText, numberAt(args, 1) ?? 0));
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
    case 'substring':
    case 'substr': {
      const start = numberAt(args, 0);
      if (start === null) return null;
      const second = numberAt(args, 1);
      const stop = second === null ? undefined : method === 'substr' ? start + second : second;
      return made(text.slice(start, stop), known, 'assembled');
    }
    case 'charCodeAt':
    case 'codePointAt':
      return plain(text.charCodeAt(numberAt(args, 0) ?? 0));
    case 'at':
    case 'charAt':
      return made(text.charAt(numberAt(args, 0) ?? 0), known, 'assembled');
    case 'encode':
      return { ...receiver, value: Buffer.from(text, 'utf8').toString('latin1'), isBytes: true };
    case 'decode': {
      if (firstText !== null && /rot_?13/i.test(firstText)) {
        return made(decode('rot13', text) ?? text, [receiver], 'decoded');
      }
      if (firstText !== null && /^(?:unicode|raw_unicode|string)[-_]escape$/i.test(firstText)) {
        return made(unescaped(text), [receiver], 'decoded');
      }
      if (firstText !== null && /^(hex|base64)/i.test(firstText)) {
        const decoded = decode(firstText.toLowerCase().startsWith('hex') ? 'hex' : 'base64', text);
        return decoded === null ? null : { value: asText(decoded), isBytes: false, origin: 'decoded' };
      }
      return { ...receiver, value: asText(text), isBytes: false };
    }
    case 'toString':
      if (firstText !== null && /^(hex|base64)$/.test(firstText))
        return made(Buffer.from(text, 'latin1').toString(firstText as 'hex'), [receiver], 'assembled');
      return { ...receiver, value: receiver.isBytes ? asText(text) : text, isBytes: false };
    case 'hex':
      return made(Buffer.from(text, 'latin1').toString('hex'), [receiver], 'assembled');
    default:
      return null;
  }
}

/** What stands before or after a text in another; all of that when it does not stand there. */
function cut(text: string, method: string, mark: string): string {
  const at = /first/.test(method) ? text.indexOf(mark) : text.lastIndexOf(mark);
  if (at < 0) return text;
  return method.startsWith('<before') ? text.slice(0, at) : text.slice(at + mark.length);
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
