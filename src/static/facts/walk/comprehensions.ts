import type { Expression } from '../../../model/program.ts';
import { assign } from './assignment.ts';
import { evaluate } from './expressions.ts';
import { Frame } from './frame.ts';
import { elementOf } from './loop-elements.ts';
import { takeElements } from './turns.ts';
import { knownElements } from '../values/sequences.ts';
import { isKnown, truthOf } from '../values/truth.ts';
import { changed, flowingValue, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

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
  // A text or a table has its first part, a list the one that matters most.
  const part = iterable.elements === null ? items?.[0] : undefined;
  const walkedWith = part ?? elementOf(walk, iterable, expression.span);
  assign(walk, expression.binding, walkedWith);
  for (const condition of expression.conditions) evaluate(walk, condition);
  const first = evaluate(walk, expression.element);
  takeElements(walk, iterable, walkedWith, expression.binding, expression.span, () => {
    evaluate(walk, expression.element);
  });
  walk.uncertainty--;
  const node = walk.graph.join([first.node, iterable.node]);
  if (items === null || items.length === 0 || !isKnown(first) || walk.gathering.refoldBudget <= 0) {
    return node === 0 ? UNKNOWN : flowingValue(node);
  }
  return walk.quietly(new Frame(walk.frame.kind, walk.frame), () => {
    const elements: Value[] = [];
    for (const item of items) {
      assign(walk, expression.binding, item);
      const truths = expression.conditions.map((condition) => truthOf(evaluate(walk, condition), walk));
      if (truths.includes(null)) return flowingValue(node);
      if (!truths.includes(false)) elements.push(evaluate(walk, expression.element));
    }
    // `for a in A for b in B`: the inner part begins with its own `for`.
    const isFlat =
      expression.element.kind === 'comprehension' &&
      walk.layer.source.text.startsWith('for', expression.element.span.start);
    return changed(UNKNOWN, {
      elements: isFlat ? elements.flatMap((each) => each.elements ?? [each]) : elements,
      node,
    });
  });
}
