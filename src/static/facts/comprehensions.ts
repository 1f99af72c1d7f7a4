import type { Expression } from '../../model/program.ts';
import { textOf } from '../fold/constant.ts';
import { plain } from '../fold/constant.ts';
import { assign } from './assignment.ts';
import { evaluate } from './expressions.ts';
import { constantValue, UNKNOWN, type Value } from './value.ts';
import type { Walk } from './walk.ts';

const MAX_ELEMENTS = 4_096;

/** The elements of a list, text, byte string or `range(n)` whose every element is known; else null. */
export function knownElements(value: Value): readonly Value[] | null {
  if (value.elements !== null) return value.elements.length <= MAX_ELEMENTS ? value.elements : null;
  const text = textOf(value.constant);
  if (text === null || text.length > MAX_ELEMENTS) return null;
  const isBytes = value.constant?.isBytes === true;
  return [...text].map((character) => constantValue(plain(isBytes ? character.charCodeAt(0) : character)));
}

/**
 * Evaluates a comprehension; when all that it goes over is known, element by element, so that `''.join(chr(c ^ 7) for c in [...])`
 * comes out as text. How often that is done is bounded for the whole file.
 */
export function foldComprehension(
  walk: Walk,
  expression: Extract<Expression, { kind: 'comprehension' }>,
): Value {
  const iterable = evaluate(walk, expression.iterable);
  const items = knownElements(iterable);
  walk.uncertainty++;
  assign(
    walk,
    expression.binding,
    items?.[0] ?? (iterable.node === 0 ? UNKNOWN : { ...UNKNOWN, node: iterable.node }),
  );
  for (const condition of expression.conditions) evaluate(walk, condition);
  const first = evaluate(walk, expression.element);
  walk.uncertainty--;
  const node = walk.graph.join([first.node, iterable.node]);
  const { gathering } = walk;
  if (
    items === null ||
    items.length === 0 ||
    expression.conditions.length > 0 ||
    first.constant === null ||
    items.length > gathering.refoldBudget
  ) {
    return { ...UNKNOWN, node };
  }
  gathering.refoldBudget -= items.length;
  const elements: Value[] = [];
  const { uncertainty } = walk;
  walk.quiet++;
  walk.uncertainty = 0;
  for (const item of items) {
    assign(walk, expression.binding, item);
    elements.push(evaluate(walk, expression.element));
  }
  walk.quiet--;
  walk.uncertainty = uncertainty;
  return { ...UNKNOWN, elements, node };
}
