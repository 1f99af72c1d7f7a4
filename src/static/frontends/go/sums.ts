import type { Expression } from '../../../model/program.ts';
import type { Reader } from './reader.ts';

/** Shorter sums stay `binary`, which says more about numbers. */
const SHORTEST_CHAIN = 16;
/** From how far on the first text of a sum is looked for. */
const TEXT_WITHIN = 64;

function isText(operand: Expression): boolean {
  return operand.kind === 'literal' && typeof operand.value === 'string';
}

/**
 * A row of additions. A long one with a text in it is one flat template: nothing but texts can be added to a text. A long one without
 * is a list of numbers that matter to nobody.
 * @param operand reads the next one
 */
export function sum(reader: Reader, first: Expression, start: number, operand: () => Expression): Expression {
  const operands = [first];
  const ends: number[] = [];
  while (reader.take('+')) {
    operands.push(operand());
    ends.push(reader.spanFrom(start).end);
  }
  const span = reader.spanFrom(start);
  if (operands.length >= SHORTEST_CHAIN) {
    if (operands.slice(0, TEXT_WITHIN).some(isText)) return { kind: 'template', parts: operands, span };
    if (operands.length > TEXT_WITHIN * 4) return { kind: 'other', children: operands, span };
  }
  return operands.slice(1).reduce<Expression>(
    (left, right, index) => ({
      kind: 'binary',
      operator: '+',
      left,
      right,
      span: { start, end: ends[index] ?? span.end },
    }),
    first,
  );
}
