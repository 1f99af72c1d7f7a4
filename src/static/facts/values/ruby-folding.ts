import type { Expression } from '../../../model/program.ts';
import { type Constant, made, plain, textOf } from '../../fold/constant.ts';
import { fillPercent } from '../../fold/operations.ts';
import { foldRubyMethod, packedText, unpacked } from '../../fold/ruby-texts.ts';
import { foldJoin } from '../../fold/methods.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { type Caller, filtered, mapped, MAX_ELEMENTS, numberOf, reduced } from './sequences.ts';
import { changed, constantValue, listValue, sameText, UNKNOWN, type Value } from './value.ts';
import type { Walk } from '../walk/walk.ts';

/** A regular expression that matches one text only, as that text. */
function plainPattern(walk: Walk, expression: Expression | undefined): Constant | null {
  if (expression?.kind !== 'other' || expression.children.length > 0) return null;
  const text = /^(?:\/([\w \-:,;#@!~%&='"]+)\/|%r\{([\w \-:,;#@!~%&='"]+)\})$/.exec(
    walk.textOf(expression.span),
  );
  return text === null ? null : plain(text[1] ?? text[2] ?? '');
}

/** `scan(/../)`: how many characters each match has; null when they may differ. */
function widthOf(walk: Walk, expression: Expression | undefined): number | null {
  if (expression?.kind !== 'other') return null;
  const pattern = walk.textOf(expression.span);
  const dots = /^\/(\.+|\.\{(\d{1,3})\}|(?:\\[wh]|\[\w-]+\])\{(\d{1,3})\})\/m?$/.exec(pattern);
  if (dots === null) return null;
  return Number(dots[2] ?? dots[3] ?? dots[1]?.length ?? 0);
}

function chunks(text: string, width: number): Value | null {
  if (width < 1 || text.length > MAX_ELEMENTS * 4) return null;
  const found: Value[] = [];
  for (let at = 0; at + width <= text.length; at += width)
    found.push(constantValue(plain(text.slice(at, at + width))));
  return listValue(found);
}

function ofText(
  walk: Walk,
  constant: Constant,
  method: string,
  args: BoundArguments,
  written: readonly { readonly value: Expression }[],
): Value | null {
  const text = textOf(constant) ?? '';
  const constants = args.positional.map((value) => value.constant);
  switch (method) {
    case 'chars':
    case 'each_char':
      return text.length > MAX_ELEMENTS * 4
        ? null
        : listValue([...text].map((each) => constantValue(plain(each))));
    case 'bytes':
    case 'each_byte':
    case 'codepoints': {
      const bytes =
        method === 'codepoints'
          ? text
          : Buffer.from(text, constant.isBytes ? 'latin1' : 'utf8').toString('latin1');
      if (bytes.length > MAX_ELEMENTS * 4) return null;
      return listValue([...bytes].map((each) => constantValue(plain(each.codePointAt(0) ?? 0))));
    }
    case 'lines':
    case 'each_line':
      return listValue(
        text
          .split(/(?<=\n)/)
          .slice(0, MAX_ELEMENTS)
          .map((each) => constantValue(plain(each))),
      );
    case 'split': {
      const by = textOf(plainPattern(walk, written[0]?.value) ?? constants[0] ?? null);
      const parts = by === null || by === ' ' ? text.trim().split(/\s+/) : text.split(by);
      return listValue(parts.slice(0, MAX_ELEMENTS).map((each) => constantValue(plain(each))));
    }
    case 'scan': {
      const width = widthOf(walk, written[0]?.value);
      return width === null ? null : chunks(text, width);
    }
    case 'unpack': {
      const format = textOf(constants[0] ?? null);
      if (format !== null && /^[cCU]\*$/.test(format))
        return ofText(walk, constant, format === 'U*' ? 'codepoints' : 'bytes', args, written);
      const only = format === null ? null : unpacked(constant, format);
      return only === null ? null : listValue([constantValue(only)]);
    }
    default: {
      const pattern = plainPattern(walk, written[0]?.value);
      if (pattern !== null) constants[0] = pattern;
      const folded = foldRubyMethod(constant, method, constants);
      return folded === null ? null : constantValue(folded);
    }
  }
}

/** The elements, each a list of so many. */
function slices(elements: readonly Value[], size: number | null): Value | null {
  if (size === null || size < 1) return null;
  const found: Value[] = [];
  for (let at = 0; at < elements.length; at += size) found.push(listValue(elements.slice(at, at + size)));
  return listValue(found);
}

function added(elements: readonly Value[]): Value | null {
  const numbers = elements.map((element) => numberOf(element));
  if (numbers.every((number) => number !== null))
    return constantValue(plain(numbers.reduce((a, b) => a + b, 0)));
  const constants = elements.map(({ constant }) => constant);
  return constants.every((constant) => textOf(constant) !== null)
    ? constantValue(foldJoin('', constants))
    : null;
}

function ofList(
  elements: readonly Value[],
  method: string,
  args: BoundArguments,
  call: Caller,
): Value | null {
  if (elements.length > MAX_ELEMENTS) return null;
  const [first, second] = args.positional;
  const constants = elements.map(({ constant }) => constant);
  const number = numberOf(first);
  switch (method) {
    case 'join': {
      const separator = first === undefined ? '' : textOf(first.constant);
      return separator === null ? null : constantValue(foldJoin(separator, constants));
    }
    case 'pack': {
      const format = textOf(first?.constant ?? null);
      return format === null || !constants.every((constant) => constant !== null)
        ? null
        : constantValue(packedText(constants, format));
    }
    case 'map':
    case 'collect':
    case 'flat_map':
    case 'filter_map':
      return first === undefined ? null : mapped(elements, call, first, false);
    case 'each_with_index':
    case 'with_index':
      return listValue(elements.map((element, at) => listValue([element, constantValue(plain(at))])));
    case 'select':
    case 'filter':
      return first === undefined ? null : filtered(elements, call, first);
    case 'inject':
    case 'reduce': {
      const symbol = args.positional.find((value) => textOf(value.constant) === '+');
      if (symbol !== undefined) return added(elements);
      const [callable, start] = second === undefined ? [first, undefined] : [second, first];
      return callable === undefined ? null : reduced(elements, call, callable, start);
    }
    case 'sum':
      return added(
        first === undefined ? elements : [...(textOf(first.constant) === null ? [] : [first]), ...elements],
      );
    case 'reverse':
    case 'reverse_each':
      return listValue([...elements].reverse());
    case 'rotate': {
      const by =
        elements.length === 0 ? 0 : (((number ?? 1) % elements.length) + elements.length) % elements.length;
      return listValue([...elements.slice(by), ...elements.slice(0, by)]);
    }
    case 'each_slice':
      return slices(elements, number);
    case 'first':
    case 'last':
      if (number !== null)
        return listValue(method === 'first' ? elements.slice(0, number) : elements.slice(-number));
      return elements.at(method === 'first' ? 0 : -1) ?? null;
    case 'take':
      return number === null ? null : listValue(elements.slice(0, number));
    case 'drop':
      return number === null ? null : listValue(elements.slice(number));
    case 'flatten':
      return listValue(elements.flatMap((element) => element.elements ?? [element]).slice(0, MAX_ELEMENTS));
    case '<<':
    case 'push':
    case 'append':
      return listValue([...elements, ...args.positional]);
    case 'unshift':
    case 'prepend':
      return listValue([...args.positional, ...elements]);
    case 'concat':
      return listValue(
        [...elements, ...args.positional.flatMap((each) => each.elements ?? [each])].slice(0, MAX_ELEMENTS),
      );
    case 'fetch':
    case 'at':
    case 'dig':
      return number === null ? null : (elements.at(number) ?? null);
    case 'to_a':
    case 'compact':
    case 'uniq':
    case 'sort':
    case 'each':
      return listValue(elements);
    case 'values_at':
      return listValue(
        args.positional.map((each) => elements.at(numberOf(each) ?? elements.length) ?? UNKNOWN),
      );
    case 'zip': {
      const other = first?.elements;
      return other === undefined || other === null
        ? null
        : listValue(elements.map((each, at) => listValue([each, other[at] ?? UNKNOWN])));
    }
    case 'length':
    case 'size':
    case 'count':
      return args.positional.length > 0 ? null : constantValue(plain(elements.length));
    default:
      return null;
  }
}

function ofTable(entries: ReadonlyMap<string, Value>, method: string, args: BoundArguments): Value | null {
  const key = textOf(args.positional[0]?.constant ?? null);
  switch (method) {
    case 'fetch':
    case 'dig':
    case 'delete':
      return key === null ? null : (entries.get(key) ?? null);
    case 'values':
      return listValue([...entries.values()]);
    case 'keys':
      return listValue([...entries.keys()].map((each) => constantValue(plain(each))));
    default:
      return null;
  }
}

/** `format("%s%s", a, b)`. */
function formatted(given: readonly Value[]): Value | null {
  const [format, ...rest] = given.map(({ constant }) => constant);
  const text = textOf(format ?? null);
  const filled = text === null ? null : fillPercent(text, rest);
  if (text === null || format === null || format === undefined) return null;
  return filled === null ? changed(UNKNOWN, { pieces: [text] }) : constantValue(made(filled, [format]));
}

/** What is made of a text and stands for it. */
const SAME: ReadonlySet<string> = new Set(['String', 'StringIO', 'URI', 'Pathname']);

/** What a call of Ruby's standard library computes when all that it computes from is known; null when it is not. */
export function foldRuby(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
  written: readonly { readonly value: Expression }[],
  call: Caller,
): Value | null {
  const { receiver, positional } = args;
  if (receiver === null || method === null) {
    if (name === 'format' || name === 'sprintf') return formatted(positional);
    const [only] = positional;
    if (SAME.has(name)) return sameText(only);
    if (name === 'Array') return only?.elements === undefined || only.elements === null ? null : only;
    return name === 'Integer' && only?.constant !== undefined && only.constant !== null
      ? constantValue(
          foldRubyMethod(
            only.constant,
            'to_i',
            positional.slice(1).map(({ constant }) => constant),
          ),
        )
      : null;
  }
  if (name === 'URI.parse' || name === 'URI.join') return sameText(positional[0]) ?? UNKNOWN;
  if (/^(?:read|open|get|post)$/.test(method) && receiver.name !== null && receiver.name !== 'StringIO')
    return null;
  if (receiver.elements !== null) return ofList(receiver.elements, method, args, call);
  if (receiver.constant !== null) return ofText(walk, receiver.constant, method, args, written);
  if (receiver.entries !== null && receiver.name === null) {
    return ofTable(receiver.entries, method, args);
  }
  return null;
}
