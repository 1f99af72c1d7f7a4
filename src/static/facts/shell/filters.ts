import { MAX_FOLDED_LENGTH } from '../../fold/constant.ts';
import { decode, unescaped } from '../../fold/decoders.ts';

/** What a filter is given on its command line: operands and options in order, the command's own name left out. */
type Words = readonly string[];

/** Longer texts are not put through filters. */
const MAX_FILTERED = 1 << 18;

/** `a-z`, `\n`, `[:upper:]` in an operand of `tr`, as the characters they stand for; null when there are too many. */
function characterSet(operand: string): readonly string[] | null {
  const spelled = unescaped(operand)
    .replaceAll('[:upper:]', 'A-Z')
    .replaceAll('[:lower:]', 'a-z')
    .replaceAll('[:digit:]', '0-9')
    .replaceAll('[:space:]', ' \t\n\r\f\v');
  const characters: string[] = [];
  for (let at = 0; at < spelled.length; at++) {
    const from = spelled.charCodeAt(at);
    const isRange = spelled[at + 1] === '-' && at + 2 < spelled.length;
    const to = isRange ? spelled.charCodeAt(at + 2) : from;
    if (to - from > 512 || characters.length > 2_048) return null;
    for (let code = from; code <= to; code++) characters.push(String.fromCharCode(code));
    if (isRange) at += 2;
  }
  return characters;
}

function translated(text: string, words: Words): string | null {
  const operands = words.filter((word) => !/^-[dsc]+$/.test(word));
  const from = characterSet(operands[0] ?? '');
  const to = characterSet(operands[1] ?? '');
  if (from === null || to === null || words.some((word) => /^-[a-z]*c/.test(word))) return null;
  if (words.some((word) => /^-[a-z]*d/.test(word))) {
    const left = new Set(from);
    return [...text].filter((each) => !left.has(each)).join('');
  }
  const last = to.at(-1) ?? '';
  const table = new Map(from.map((each, at) => [each, to[at] ?? last]));
  return [...text].map((each) => table.get(each) ?? each).join('');
}

/** `s/a/b/g` with a plain text for a pattern; null for any other script. */
function substituted(text: string, words: Words): string | null {
  const script = words.find((word) => /^s./.test(word));
  const mark = script?.charAt(1) ?? '';
  const [, from, to, flags] = script?.split(mark) ?? [];
  if (from === undefined || to === undefined || from === '' || /[\\[\]*.^$+?(){}|]/.test(from)) return null;
  const replace = (line: string): string =>
    flags?.includes('g') === true ? line.replaceAll(from, () => to) : line.replace(from, () => to);
  const found = text.split(from).length - 1;
  if (text.length + found * (to.length - from.length) > MAX_FOLDED_LENGTH) return null;
  return text.split('\n').map(replace).join('\n');
}

/** `-d: -f2`, `-c3-5`. */
function cut(text: string, words: Words): string | null {
  const line = words.join(' ');
  const field = /-f\s*(\d+)(?:\s|$)/.exec(line)?.[1];
  const mark = /-d\s*(\S)/.exec(line)?.[1] ?? '\t';
  const range = /-[cb]\s*(\d*)(-?)(\d*)(?:\s|$)/.exec(line);
  const each = (row: string): string => {
    if (field !== undefined) return row.split(mark)[Number(field) - 1] ?? '';
    const first = Number(range?.[1] === '' ? 1 : range?.[1]);
    const last = range?.[2] === '' ? first : range?.[3] === '' ? row.length : Number(range?.[3]);
    return row.slice(first - 1, last);
  };
  return field === undefined && range === null ? null : text.split('\n').map(each).join('\n');
}

/** `printf '%s%b' a b`: as Bash prints it. */
export function formatted(words: Words): string {
  const [format = '', ...operands] = words;
  const pieces = unescaped(format).split(/(%%|%-?\d*(?:\.\d+)?[sbdixXoc])/);
  const places = pieces.filter((piece) => /^%[^%]/.test(piece)).length;
  let next = 0;
  let printed = '';
  // The format is used again as long as there are operands left.
  do {
    for (const piece of pieces) {
      if (piece === '%%') printed += '%';
      else if (!/^%-?\d*(?:\.\d+)?[sbdixXoc]$/.test(piece)) printed += piece;
      else {
        const operand = operands[next++] ?? '';
        const kind = piece.at(-1);
        if (kind === 'b') printed += unescaped(operand);
        else if (kind === 'x') printed += Number(operand).toString(16);
        else if (kind === 'o') printed += Number(operand).toString(8);
        else if (kind === 'c') printed += operand.charAt(0);
        else printed += operand;
      }
    }
  } while (places > 0 && next < operands.length && printed.length < MAX_FILTERED);
  return printed;
}

/** `echo -e 'a\x62'`. */
export function echoed(words: Words): string {
  let at = 0;
  let isUnescaped = false;
  for (; at < words.length && /^-[neE]+$/.test(words[at] ?? ''); at++)
    isUnescaped ||= words[at]?.includes('e') === true;
  const text = words.slice(at).join(' ');
  return isUnescaped ? unescaped(text) : text;
}

/**
 * What a filter prints when its input is known; null when it is none, or not known.
 * @returns the text, and whether an encoding was undone for it
 */
export function filtered(
  command: string,
  words: Words,
  input: string,
): { text: string; isDecoded: boolean } | null {
  if (input.length > MAX_FILTERED) return null;
  const isDecoding = words.some((word) => /^(?:-d|-D|--decode|-di|-id)$/.test(word));
  const decoded = (text: string | null): ReturnType<typeof filtered> =>
    text === null ? null : { text, isDecoded: true };
  switch (command) {
    case 'base64':
      return isDecoding ? decoded(decode('base64', input.trim())) : null;
    case 'openssl':
      return isDecoding && words.some((word) => /base64/.test(word))
        ? decoded(decode('base64', input.trim()))
        : null;
    case 'base32':
      return isDecoding ? decoded(decode('base32', input.trim())) : null;
    case 'rev':
      return decoded(
        input
          .split('\n')
          .map((line) => [...line].reverse().join(''))
          .join('\n'),
      );
    case 'tac':
      return decoded(input.split('\n').reverse().join('\n'));
    case 'xxd':
      return words.some((word) => /^-[ps]*r/.test(word)) ? decoded(decode('hex', input.trim())) : null;
    case 'gunzip':
    case 'zcat':
      return decoded(decode('gzip', input));
    case 'gzip':
      return isDecoding ? decoded(decode('gzip', input)) : null;
    case 'tr':
      return decoded(translated(input, words));
    case 'sed':
      return decoded(substituted(input, words));
    case 'cut':
      return decoded(cut(input, words));
    // Its variables are assigned what it gives.
    case 'read':
      return words.filter((word) => !word.startsWith('-')).length === 1
        ? { text: input.trim(), isDecoded: false }
        : null;
    case 'cat':
    case 'tee':
      return { text: input, isDecoded: false };
    default:
      return null;
  }
}
