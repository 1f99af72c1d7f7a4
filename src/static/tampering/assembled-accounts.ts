import type { Expression } from '../../model/program.ts';
import { isIbanSum } from '../detectors/personal/checksums.ts';

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const WALLET =
  /^(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{20,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})$/;
/** A country and the number of an account; the two digits between them may be what a call works out. */
const COUNTRY_AND_NUMBER = /^[A-Z]{2}(?=(?:[A-Z]*\d){8})[A-Z0-9]{10,30}$/;
/** What an account is kept in. */
export const HOLDS_ACCOUNT =
  /iban|account|acct|konto|wallet|payee|payto|pay_to|beneficiar|creditor|receiver|recipient|compte|cuenta|conto\b|address/i;
/** So deep does an expression nest, so many pieces has it, that is put together. */
const MAX_DEPTH = 8;
const MAX_PIECES = 40;
/** No account is longer (UTF-16 units). */
const MAX_TEXT = 140;

/** The known pieces of a text in their order, and whether a call works out some of it. */
interface Pieces {
  readonly texts: readonly string[];
  readonly hasCall: boolean;
}

/** Whether a text is the number of an account, whoever holds it. */
export function isAccount(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  if (plain.length < 15 || plain.length > 100) return false;
  return WALLET.test(plain) || (IBAN.test(plain) && isIbanSum(plain));
}

/**
 * The account that an expression is put together to from constants alone: `"LT" + sum("LT", "3500…") + "3500…"`, `iban("LT", "3500…")`,
 * `"".join(["DE89", "3704…"])`, `atob("…")`; null when something of it is given from outside.
 * @param textOf what the file sets a name to
 * @param target the name of what it is put into; what a call works out counts as an account only where one is kept
 */
export function assembledAccount(
  value: Expression,
  textOf: (name: string) => string | null,
  target: string,
): string | null {
  const pieces = piecesOf(value, textOf, 0);
  if (pieces === null || pieces.texts.length > MAX_PIECES) return null;
  const joined = pieces.texts.join('').replace(/[\s-]/g, '');
  if (isAccount(joined)) return joined;
  if (!pieces.hasCall) return null;
  const [only = ''] = pieces.texts;
  if (pieces.texts.length === 1 && /^[A-Za-z0-9+/_-]{20,140}={0,2}$/.test(only)) {
    const decoded = Buffer.from(only, 'base64').toString('latin1');
    if (isAccount(decoded)) return decoded;
  }
  return HOLDS_ACCOUNT.test(target) && COUNTRY_AND_NUMBER.test(joined) ? joined : null;
}

/** What an expression is put together to from constants alone; null when something of it is given from outside, or it is no text. */
export function assembledText(value: Expression, textOf: (name: string) => string | null): string | null {
  const pieces = piecesOf(value, textOf, 0);
  if (pieces === null || pieces.texts.length > MAX_PIECES) return null;
  return pieces.texts.join('').replace(/[\s-]/g, '').slice(0, MAX_TEXT);
}

function piecesOf(value: Expression, textOf: (name: string) => string | null, depth: number): Pieces | null {
  if (depth > MAX_DEPTH) return null;
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' || typeof value.value === 'number'
        ? { texts: [String(value.value)], hasCall: false }
        : null;
    case 'name': {
      const text = textOf(value.name);
      return text === null ? null : { texts: [text], hasCall: false };
    }
    case 'binary':
      if (value.operator === '*') return repeated(value.left, value.right, textOf, depth);
      return value.operator === '+' ? together([value.left, value.right], textOf, depth) : null;
    case 'template':
      return together(value.parts, textOf, depth);
    case 'list':
      return together(value.elements, textOf, depth);
    case 'slice':
      return reversed(value, textOf, depth);
    case 'call':
      return ofCall(value, textOf, depth);
    default:
      return null;
  }
}

/** `"00ab" * 3`. */
function repeated(
  left: Expression,
  right: Expression,
  textOf: (name: string) => string | null,
  depth: number,
): Pieces | null {
  const times = right.kind === 'literal' && typeof right.value === 'number' ? right.value : null;
  const pieces = times === null ? null : piecesOf(left, textOf, depth + 1);
  if (pieces === null || times === null || times < 1 || times > MAX_TEXT) return null;
  return { texts: [pieces.texts.join('').repeat(times).slice(0, MAX_TEXT)], hasCall: pieces.hasCall };
}

/** What stands in a row; a call between other pieces is what it works out, not what it is given. */
function together(
  parts: readonly Expression[],
  textOf: (name: string) => string | null,
  depth: number,
): Pieces | null {
  if (parts.length > MAX_PIECES) return null;
  const texts: string[] = [];
  let hasCall = false;
  for (const part of parts) {
    const pieces = piecesOf(part, textOf, depth + 1);
    if (pieces === null) return null;
    hasCall ||= pieces.hasCall;
    if (part.kind !== 'call' || parts.length === 1) texts.push(...pieces.texts);
  }
  return { texts, hasCall };
}

function reversed(
  { object, start, stop, step }: Extract<Expression, { kind: 'slice' }>,
  textOf: (name: string) => string | null,
  depth: number,
): Pieces | null {
  const isBackwards = step?.kind === 'unary' && step.operator === '-' && start === null && stop === null;
  const pieces = isBackwards ? piecesOf(object, textOf, depth + 1) : null;
  return pieces === null
    ? null
    : { texts: [[...pieces.texts.join('')].reverse().join('')], hasCall: pieces.hasCall };
}

function ofCall(
  { callee, args }: Extract<Expression, { kind: 'call' }>,
  textOf: (name: string) => string | null,
  depth: number,
): Pieces | null {
  const method = callee.kind === 'member' ? callee.property : '';
  // `['DE89', '3704'].join('')` is put together from what it is called on, `''.join([…])` from what it is given.
  const isOfReceiver =
    callee.kind === 'member' &&
    (callee.object.kind === 'list' || method === 'toString' || method === 'decode');
  const given = isOfReceiver ? [callee.object] : args.map(({ value }) => value);
  if (given.length === 0) return null;
  const texts: string[] = [];
  for (const value of given) {
    const pieces = piecesOf(value, textOf, depth + 1);
    if (pieces === null) return null;
    texts.push(...pieces.texts);
  }
  // Which alphabet it is decoded from.
  const known = texts.filter((text) => !/^(?:base64|utf-?8|ascii|hex|latin1|binary)$/i.test(text));
  return { texts: known, hasCall: true };
}
