import type { Expression } from '../../../model/program.ts';
import { type Constant, made, plain, textOf } from '../../fold/constant.ts';
import { foldJoin, foldMethod } from '../../fold/methods.ts';
import { fillPercent } from '../../fold/operations.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { noteFormatted } from '../texts/formatted-texts.ts';
import type { Walk } from '../walk/walk.ts';
import { textOfCodes } from './go-builtins.ts';
import { pathValue } from './path-folding.ts';
import { folderValue } from './user-folders.ts';
import { type Caller } from './sequences.ts';
import { changed, constantValue, knownText, listValue, sameText, UNKNOWN, type Value } from './value.ts';

/** Functions of `strings` and `bytes` by the method of other languages that computes the same; the text comes first. */
const AS_METHOD: ReadonlyMap<string, string> = new Map([
  ['ToLower', 'toLowerCase'],
  ['ToUpper', 'toUpperCase'],
  ['TrimSpace', 'trim'],
  ['ReplaceAll', 'replaceAll'],
  ['Repeat', 'repeat'],
]);

/** What is made of a text and stands for it. */
const SAME =
  /^(?:(?:strings|bytes)\.(?:NewReader|NewBuffer|NewBufferString|Clone)|io\.NopCloser|path\/filepath\.(?:Clean|Abs|EvalSymlinks|FromSlash|ToSlash)|path\.Clean|os\.ExpandEnv|io\.ReadAll|bufio\.NewReader|net\/url\.Parse)$/;
/** Methods that give a text back that something was made of. */
const SAME_METHODS: ReadonlySet<string> = new Set(['String', 'Bytes']);

const PLACE = /(%[-+ #0]*\d*(?:\.\d+)?[a-zA-Z%])/;

/** `fmt.Sprintf`: what is not known of it is where its verb stands. */
function formatted(walk: Walk, { positional }: BoundArguments, span: Expression['span']): Value | null {
  const [format, ...values] = positional;
  const text = textOf(format?.constant ?? null);
  if (format === undefined || text === null || text.length > 20_000) return null;
  const constants = values.map(shownConstant);
  const isPlain = !/%[^sdvxcq%]/.test(text.replaceAll('%%', ''));
  const filled = isPlain
    ? fillPercent(text.replaceAll('%v', '%s').replaceAll('%q', '"%s"'), constants)
    : null;
  if (filled !== null) return constantValue(madeFrom(filled, [format.constant, ...constants]));
  let next = 0;
  const pieces = text.split(PLACE).map((part): string | Value => {
    if (!part.startsWith('%') || part.length < 2) return part;
    return part.endsWith('%') ? '%' : (values[next++] ?? UNKNOWN);
  });
  const whole = changed(UNKNOWN, { pieces });
  noteFormatted(walk, whole, positional, span);
  return whole;
}

/** A text that is made of others, as far as these are known. */
function madeFrom(
  text: string,
  parts: readonly (Constant | null)[],
  least: Constant['origin'] = 'plain',
): Constant | null {
  return made(
    text,
    parts.filter((part) => part !== null),
    least,
  );
}

function shownConstant(value: Value): Constant | null {
  return value.constant ?? (textOfCodes(value) === null ? null : plain(textOfCodes(value)));
}

/** `fmt.Sprint(a, b)`: all of it in a row. */
function printed({ positional }: BoundArguments, between: string): Value | null {
  const pieces = positional.flatMap((value, index): (string | Value)[] =>
    index === 0 || between === '' ? [value] : [between, value],
  );
  if (!positional.some((value) => knownText(value) !== null)) return null;
  const constants = positional.map(({ constant }) => constant);
  return constants.every((constant) => constant !== null)
    ? constantValue(madeFrom(constants.map(({ value }) => String(value)).join(between), constants))
    : changed(UNKNOWN, { pieces });
}

/** Parts of a path below each other: unlike elsewhere, one that begins with a slash does not begin anew. */
function joinedPath({ positional }: BoundArguments): Value | null {
  const parts = positional.flatMap((value) => value.elements ?? [value]).map((value) => knownText(value));
  if (parts.length === 0 || parts.every((part) => part === null)) return null;
  return pathValue(
    parts.map((part, index) => (index === 0 || part === null ? part : part.replace(/^\/+/, ''))),
    null,
  );
}

/** Functions of `strings` and `bytes`. */
function ofText(name: string, { positional }: BoundArguments): Value | null {
  const [first, second, third] = positional;
  if (first === undefined) return null;
  if (name === 'Join') {
    const separator = textOf(second?.constant ?? null);
    const list = first.elements?.map(({ constant }) => constant) ?? null;
    return separator === null || list === null ? null : constantValue(foldJoin(separator, list));
  }
  const text = textOf(first.constant);
  if (text === null || first.constant === null) return null;
  const by = textOf(second?.constant ?? null);
  const method = AS_METHOD.get(name);
  const constants = positional.slice(1).map(({ constant }) => constant);
  if (method !== undefined) return constantValue(foldMethod(first.constant, method, constants));
  const same = (folded: string): Value => constantValue(madeFrom(folded, [first.constant]));
  switch (name) {
    case 'Replace': {
      const count = positional[3]?.constant?.value;
      const to = textOf(third?.constant ?? null);
      if (by === null || by === '' || to === null || typeof count !== 'number') return null;
      const parts = text.split(by);
      if (count < 0 || count >= parts.length) return same(parts.join(to));
      return same(parts.slice(0, count + 1).join(to) + by + parts.slice(count + 1).join(by));
    }
    case 'Split':
      return by === null || text.length > 100_000
        ? null
        : listValue(
            text
              .split(by)
              .slice(0, 4_096)
              .map((part) => constantValue(plain(part))),
          );
    case 'Fields':
      return listValue(
        text
          .trim()
          .split(/\s+/)
          .slice(0, 4_096)
          .map((part) => constantValue(plain(part))),
      );
    case 'TrimPrefix':
      return by === null ? null : same(text.startsWith(by) ? text.slice(by.length) : text);
    case 'TrimSuffix':
      return by === null ? null : same(by !== '' && text.endsWith(by) ? text.slice(0, -by.length) : text);
    case 'Trim':
    case 'TrimLeft':
    case 'TrimRight': {
      if (by === null) return null;
      let [start, end] = [0, text.length];
      while (name !== 'TrimRight' && start < end && by.includes(text[start]!)) start++;
      while (name !== 'TrimLeft' && end > start && by.includes(text[end - 1]!)) end--;
      return same(text.slice(start, end));
    }
    default:
      return null;
  }
}

/** What a call of Go's standard library computes when all that it computes from is known; null when it is not. */
export function foldGo(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
  written: readonly { readonly value: Expression }[],
  call: Caller,
): Value | null {
  const { receiver, positional } = args;
  const [first, second] = positional;
  const texts = /^(?:strings|bytes)\.(\w+)$/.exec(name)?.[1];
  if (texts === 'Map' && first !== undefined) return mapped(first, second, call);
  if (SAME.test(name)) return sameText(first);
  if (texts !== undefined) return ofText(texts, args);
  switch (name) {
    case 'os.Getenv':
    case 'os.LookupEnv':
      return folderValue(first ?? null);
    case 'fmt.Sprintf':
      return formatted(walk, args, written[0]?.value.span ?? { start: 0, end: 0 });
    case 'fmt.Sprint':
      return printed(args, '');
    case 'fmt.Sprintln':
      return printed(args, ' ');
    case 'path/filepath.Join':
    case 'path.Join':
      return joinedPath(args);
    case 'strconv.Itoa':
    case 'strconv.Quote':
      return first?.constant === undefined || first.constant === null
        ? null
        : constantValue(made(String(first.constant.value), [first.constant]));
    case 'slices.Clone':
      return first ?? null;
    default:
  }
  return receiver !== null && method !== null && SAME_METHODS.has(method) ? sameText(receiver) : null;
}

/** `strings.Map(func(r rune) rune { … }, text)` */
function mapped(callable: Value, text: Value | undefined, call: Caller): Value | null {
  const written = textOf(text?.constant ?? null);
  if (written === null || written.length > 4_096) return null;
  const codes = [...written].map((sign) => call(callable, [constantValue(plain(sign.codePointAt(0) ?? 0))]));
  if (!codes.every((code) => code !== null)) return null;
  const folded = textOfCodes(listValue(codes));
  return folded === null ? null : constantValue(madeFrom(folded, [text?.constant ?? null], 'assembled'));
}
