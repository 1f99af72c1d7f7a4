import type { Expression, Span } from '../../../model/program.ts';
import { decodeEscapes } from './escapes.ts';
import type { ExpressionHandler, Lowering } from './lowering.ts';

/** A piece of a string literal: text, or an expression between braces. */
type Piece = Expression;

interface Pieces {
  readonly pieces: Piece[];
  isBytes: boolean;
  hasExpressions: boolean;
}

const lowerString: ExpressionHandler = (lowering, row) => {
  const found: Pieces = { pieces: [], isBytes: false, hasExpressions: false };
  collectPieces(lowering, row, found);
  return joined(found, lowering.span(row));
};

/** `'a' f'{b}' 'c'`: one string. */
const lowerConcatenated: ExpressionHandler = (lowering, row) => {
  const found: Pieces = { pieces: [], isBytes: false, hasExpressions: false };
  const { table, kinds } = lowering;
  const end = table.next[row]!;
  for (let child = row + 1; child < end; child = table.next[child]!) {
    if (lowering.kind(child) === kinds.string) {
      collectPieces(lowering, child, found);
    } else {
      found.hasExpressions = true;
      found.pieces.push(lowering.expression(child));
    }
  }
  return joined(found, lowering.span(row));
};

function joined(found: Pieces, span: Span): Expression {
  if (found.hasExpressions) {
    return { kind: 'template', parts: found.pieces, span };
  }
  let value = '';
  for (const piece of found.pieces) {
    value += piece.kind === 'literal' ? String(piece.value) : '';
  }
  return found.isBytes ? { kind: 'literal', value, span, bytes: true } : { kind: 'literal', value, span };
}

function collectPieces(lowering: Lowering, row: number, found: Pieces): void {
  const { table, kinds } = lowering;
  const end = table.next[row]!;
  let options = { raw: false, bytes: false, format: false };
  for (let child = row + 1; child < end; child = table.next[child]!) {
    const kind = lowering.kind(child);
    if (kind === kinds.string_start) {
      options = prefixOf(lowering.text(child));
      found.isBytes ||= options.bytes;
    } else if (kind === kinds.string_content) {
      found.pieces.push({
        kind: 'literal',
        value: decodeEscapes(lowering.text(child), options),
        span: lowering.span(child),
      });
    } else if (kind === kinds.interpolation) {
      found.hasExpressions = true;
      found.pieces.push(lowering.expression(child));
    }
  }
}

/** @param opening the prefix and the opening quotes: `rb"""` */
function prefixOf(opening: string): { raw: boolean; bytes: boolean; format: boolean } {
  if (opening.length === 1) {
    return { raw: false, bytes: false, format: false };
  }
  const prefix = opening.toLowerCase();
  return {
    raw: prefix.includes('r'),
    bytes: prefix.includes('b'),
    format: prefix.includes('f') || prefix.includes('t'),
  };
}

/** `{value!r:>{width}}`: the value, and beside it what the format needs. */
const lowerInterpolation: ExpressionHandler = (lowering, row) => {
  const { kinds } = lowering;
  const found: Expression[] = [];
  const values: Expression[] = [];
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (kind === kinds.format_specifier) {
      found.push(...lowering.expressions(child));
    } else if (kind !== kinds.type_conversion && lowering.isExpression(child)) {
      values.push(lowering.expression(child));
    }
  }
  const span = lowering.span(row);
  if (values.length === 1 && found.length === 0) {
    return values[0]!;
  }
  return { kind: 'other', children: [...values, ...found], span };
};

const lowerInteger: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const digits = lowering.text(row).replace(/[_lL]/g, '');
  // Python 2 writes octal numbers with a leading zero only.
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  // What a number cannot hold exactly, and imaginary numbers, must not fold to something else.
  return Number.isSafeInteger(value)
    ? { kind: 'literal', value, span }
    : { kind: 'other', children: [], span };
};

const lowerFloat: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const value = Number(lowering.text(row).replaceAll('_', ''));
  return Number.isFinite(value) ? { kind: 'literal', value, span } : { kind: 'other', children: [], span };
};

/** Handlers by node type. */
export const LITERAL_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  string: lowerString,
  concatenated_string: lowerConcatenated,
  interpolation: lowerInterpolation,
  format_expression: lowerInterpolation,
  integer: lowerInteger,
  float: lowerFloat,
  true: (lowering, row) => ({ kind: 'literal', value: true, span: lowering.span(row) }),
  false: (lowering, row) => ({ kind: 'literal', value: false, span: lowering.span(row) }),
  none: (lowering, row) => ({ kind: 'literal', value: null, span: lowering.span(row) }),
  ellipsis: (lowering, row) => ({ kind: 'other', children: [], span: lowering.span(row) }),
};

/** The text of an expression statement that holds nothing but a string (a docstring); null otherwise. */
export function docstringOf(lowering: Lowering, statement: number): string | null {
  const only = lowering.first(statement);
  if (only < 0 || lowering.after(only, statement) >= 0) {
    return null;
  }
  const kind = lowering.kind(only);
  if (kind !== lowering.kinds.string && kind !== lowering.kinds.concatenated_string) {
    return null;
  }
  const value = lowering.expression(only);
  return value.kind === 'literal' && typeof value.value === 'string' && value.bytes !== true
    ? value.value
    : null;
}
