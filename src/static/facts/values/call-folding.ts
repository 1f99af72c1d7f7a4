import type { Expression } from '../../../model/program.ts';
import { plain, textOf } from '../../fold/constant.ts';
import { FOLDED_FUNCTIONS, foldFunction } from '../../fold/functions.ts';
import { foldJoin, foldMethod } from '../../fold/methods.ts';
import { bytesOfNumber } from '../../fold/pack.ts';
import { runFunction } from '../walk/execution.ts';
import { memberOf } from '../walk/members.ts';
import { foldPath } from './path-folding.ts';
import { foldSequenceMethod } from './sequence-methods.ts';
import { foldSequenceFunction } from './sequence-functions.ts';
import { type Caller, knownElements } from './sequences.ts';
import { constantValue, knownText, listValue, type Value } from './value.ts';
import { type BoundArguments, firstArgument } from '../calls/arguments.ts';
import type { Walk } from '../walk/walk.ts';

/** What a call is made on: the object and the method's name, both null for a plain function. */
interface Called {
  readonly receiver: Value | null;
  readonly method: string | null;
}

/** A function handed to another (`map(chr, codes)`): the target's own is run, one of the library is looked up. */
function callerOf(walk: Walk): Caller {
  return (callable, given) => {
    if (callable.callable !== null) {
      const result = runFunction(walk, callable.callable, given)?.result ?? null;
      return result === null || (result.constant === null && result.elements === null && result.name === null)
        ? null
        : result;
    }
    if (callable.name === null) return null;
    // `functools.reduce(getattr, names, module)`
    const [object, key] = given;
    const property = textOf(key?.constant ?? null);
    if (callable.name === 'getattr' && object !== undefined && property !== null)
      return memberOf(walk, object, property);
    const api = walk.apis.lookup(callable.name)[0];
    if (api !== undefined) return null;
    const constants = given.map((value) => value.constant);
    // JavaScript hands the place along, which `parseInt` would take for a base.
    const folded = foldFunction(
      callable.name,
      walk.language === 'javascript' ? constants.slice(0, 1) : constants,
      null,
    );
    return folded === null ? null : constantValue(folded);
  };
}

/** A regular expression that matches one text only, as that text. */
function plainPattern(walk: Walk, expression: Expression | undefined): string | null {
  if (walk.language !== 'javascript' || expression?.kind !== 'other' || expression.children.length > 0)
    return null;
  return /^\/([\w \-:,;#@!~%&='"]+)\/g?i?$/.exec(walk.textOf(expression.span))?.[1] ?? null;
}

/** `0x6964.to_bytes(2, 'big')`: the number as written, which may be larger than a number here can be. */
function numberAsBytes(walk: Walk, callee: Expression, args: BoundArguments): Value | null {
  const literal = callee.kind === 'member' ? callee.object : null;
  const size = firstArgument(args, [0, 'length'])?.constant?.value;
  const order = firstArgument(args, [1, 'byteorder'])?.constant?.value;
  if (literal?.kind !== 'literal' || typeof size !== 'number' || size < 1 || size > 4_096) return null;
  const digits = walk.layer.source.text.slice(literal.span.start, literal.span.end).replaceAll('_', '');
  if (!/^(?:0[xX][0-9a-fA-F]+|\d+)$/.test(digits) || digits.length > 8_192) return null;
  const bytes = bytesOfNumber(BigInt(digits), size, order === 'little');
  return constantValue({ value: bytes, isBytes: true, origin: 'decoded' });
}

function split(walk: Walk, text: string, by: string | null): Value {
  const parts =
    by === null || by === ''
      ? walk.language === 'javascript'
        ? [...text]
        : text.trim().split(/\s+/)
      : text.split(by);
  return listValue(parts.slice(0, 4_096).map((part) => constantValue(plain(part))));
}

function foldOfMethod(
  walk: Walk,
  receiver: Value,
  method: string,
  args: BoundArguments,
  callee: Expression,
  written: readonly { readonly value: Expression }[],
): Value | null {
  const constants = args.positional.map((value) => value.constant);
  const [first] = args.positional;
  if (method === 'join') {
    // The texts that the tag of a template is given are one.
    if (walk.language === 'javascript' && receiver.elements === null && knownText(receiver) !== null)
      return receiver;
    const separator = receiver.elements === null ? receiver.constant : (constants[0] ?? plain(','));
    const list = receiver.elements ?? (first === undefined ? null : knownElements(first));
    const text = textOf(separator);
    if (text === null || list === null) return null;
    const elements = list.map((element) => element.constant);
    return constantValue(foldJoin(text, elements));
  }
  if (method === 'to_bytes') return numberAsBytes(walk, callee, args);
  const pattern = plainPattern(walk, written[0]?.value);
  if (method === 'split' && receiver.constant !== null) {
    const text = textOf(receiver.constant);
    if (text !== null && text.length < 100_000)
      return split(walk, text, pattern ?? textOf(constants[0] ?? null));
  }
  const folded = foldSequenceMethod(walk, receiver, method, args.positional, callerOf(walk));
  if (folded !== null) return folded;
  if (receiver.constant === null) return null;
  if (pattern !== null) constants[0] = plain(pattern);
  const text = foldMethod(receiver.constant, method, constants);
  return text === null ? null : constantValue(text);
}

/** What a call computes when all that it computes from is known; null when it is not. Lists that it makes are paid from the file's budget. */
export function foldOf(
  walk: Walk,
  name: string,
  called: Called,
  args: BoundArguments,
  expression: Extract<Expression, { kind: 'call' }>,
): Value | null {
  const folded = computed(walk, name, called, args, expression);
  if (folded?.elements) walk.gathering.refoldBudget -= folded.elements.length >> 2;
  return folded;
}

function computed(
  walk: Walk,
  name: string,
  { receiver, method }: Called,
  args: BoundArguments,
  { callee, args: written }: Extract<Expression, { kind: 'call' }>,
): Value | null {
  const path = foldPath(name, args);
  if (path !== null || walk.gathering.refoldBudget <= 0) return path;
  const { fold } = walk.customs;
  if (fold !== null) return fold(walk, name, method, args, written, callerOf(walk));
  const isKnown =
    receiver !== null &&
    (receiver.constant !== null ||
      receiver.pieces !== null ||
      receiver.elements !== null ||
      receiver.entries !== null);
  if (receiver !== null && method !== null && (isKnown || method === 'to_bytes')) {
    const folded = foldOfMethod(walk, receiver, method, args, callee, written);
    if (folded !== null) return folded;
  }
  const sequence = foldSequenceFunction(name, args.positional, callerOf(walk));
  if (sequence !== null) return sequence;
  if (args.positional.length === 0 || !FOLDED_FUNCTIONS.has(name)) return null;
  const [first] = args.positional;
  const list = first?.elements?.map((element) => element.constant) ?? null;
  const known = list?.every((constant) => constant !== null) === true ? list : null;
  const folded = foldFunction(
    name,
    args.positional.map((value) => value.constant),
    known,
  );
  return folded === null ? null : constantValue(folded);
}
