import { MAX_FOLDED_LENGTH, made, plain, textOf } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import type { Walk } from '../walk/walk.ts';
import { changed, constantValue, flowingValue, listValue, UNKNOWN, type Value } from './value.ts';

/** So many elements does a list have that is made of nothing. */
const MAX_ELEMENTS = 4_096;

/** A list that grows one by one is known up to here: each time it is copied. */
const MAX_APPENDED = 8_192;

/** Numbers of a type are cut to so many bits. */
const MASKS: ReadonlyMap<string, number> = new Map([
  ['byte', 0xff],
  ['uint8', 0xff],
  ['uint16', 0xffff],
  ['rune', -1],
  ...['int', 'int32', 'int64', 'uint', 'uint32', 'uint64', 'uintptr', 'int8', 'int16'].map(
    (name) => [name, 0] as const,
  ),
]);

/** The text that a number, or a list of them, is turned into; null when it is not known. */
export function textOfCodes({ constant, elements }: Value): string | null {
  const single = constant?.value;
  if (typeof single === 'number')
    return single >= 0 && single <= 0x10ffff ? String.fromCodePoint(single) : null;
  if (elements === null || elements.length > MAX_FOLDED_LENGTH) return null;
  const codes: number[] = [];
  for (const { constant: code } of elements) {
    if (typeof code?.value !== 'number' || code.value < 0 || code.value > 0x10ffff) return null;
    codes.push(code.value);
  }
  const isBytes = codes.every((code) => code < 256) && codes.some((code) => code > 127);
  if (isBytes) return Buffer.from(codes).toString('utf8');
  return codes.map((code) => String.fromCodePoint(code)).join('');
}

/** `string(x)`, of a text, a number or a list of bytes. */
function asText(value: Value): Value {
  const text = value.elements === null && value.constant?.value === undefined ? null : textOfCodes(value);
  if (text === null) return changed(value, { elements: null });
  const parts = value.elements?.map(({ constant }) => constant) ?? [value.constant];
  return constantValue(
    made(
      text,
      parts.filter((part) => part !== null),
      'assembled',
    ),
    value.node,
  );
}

/** `append(list, …)`: a list of bytes may be known as a text. */
function appended(walk: Walk, { positional }: BoundArguments): Value {
  const [list, ...more] = positional;
  const node = walk.graph.join(positional.map((value) => value.node));
  if (list === undefined) return UNKNOWN;
  const elements = list.elements ?? (list.constant === null ? null : codesOf(list));
  const text = textOf(list.constant);
  const added = more.map((value) => textOf(value.constant) ?? (text === null ? null : textOfCodes(value)));
  const isText =
    text !== null || (elements?.length === 0 && more.length === 1 && textOf(more[0]!.constant) !== null);
  if (isText && added.every((each) => each !== null)) {
    const whole = (text ?? '') + added.join('');
    const parts = [list.constant ?? plain(''), ...more.map(({ constant }) => constant ?? plain(''))];
    return constantValue(made(whole, parts), node);
  }
  if (elements === null || elements.length + more.length > MAX_APPENDED)
    return changed(flowingValue(node), { name: list.name });
  return listValue([...elements, ...more], node);
}

function codesOf({ constant }: Value): readonly Value[] | null {
  const text = textOf(constant);
  return text === null || text.length > MAX_ELEMENTS
    ? null
    : [...text].map((sign) => constantValue(plain(sign.charCodeAt(0))));
}

/** A list of a known length holds zeros. */
function maker({ positional }: BoundArguments): Value {
  const [kind, length] = positional;
  const count = length?.constant?.value;
  const isSized =
    kind?.elements?.length === 0 && typeof count === 'number' && count > 0 && count <= MAX_ELEMENTS;
  if (!isSized) return kind ?? UNKNOWN;
  return listValue(Array.from({ length: count }, () => constantValue(plain(0))));
}

function lengthOf(value: Value | undefined): Value {
  const text = textOf(value?.constant ?? null);
  const length = value?.elements?.length ?? (text === null ? undefined : Buffer.byteLength(text));
  return length === undefined ? UNKNOWN : constantValue(plain(length));
}

/** What a function of the language gives; null for any other. Nothing that these do is of interest to a rule. */
export function builtin(walk: Walk, name: string, args: BoundArguments): Value | null {
  const [first] = args.positional;
  const mask = MASKS.get(name);
  if (mask !== undefined) {
    const number = first?.constant?.value;
    if (typeof number !== 'number') return first ?? UNKNOWN;
    return mask > 0 ? constantValue(plain(number & mask), first?.node) : (first ?? UNKNOWN);
  }
  switch (name) {
    case 'string':
      return first === undefined ? UNKNOWN : asText(first);
    case 'append':
      return appended(walk, args);
    case 'make':
      return maker(args);
    case 'new':
    case 'any':
    case 'error':
      return first ?? UNKNOWN;
    case 'len':
    case 'cap':
      return lengthOf(first);
    case 'delete':
    case 'close':
    case 'clear':
    case 'panic':
    case 'recover':
      return UNKNOWN;
    case 'min':
    case 'max':
      return flowingValue(walk.graph.join(args.positional.map(({ node }) => node)));
    default:
      return null;
  }
}
