import type { Statement } from '../../model/program.ts';
import { assign } from './assignment.ts';
import type { BoundArguments } from './arguments.ts';
import { evaluate } from './expressions.ts';
import type { FunctionFact } from './facts.ts';
import { Frame } from './frame.ts';
import type { Value } from './value.ts';
import type { Walk } from './walk.ts';

const MAX_INLINE_DEPTH = 3;

function isStraight(statements: readonly Statement[]): boolean {
  return (
    statements.length <= 8 &&
    statements.every(
      ({ kind }) => kind === 'assign' || kind === 'expression' || kind === 'return' || kind === 'import',
    )
  );
}

/**
 * The result of a short function without branches, called with known arguments: a decoder that the target brings along. Null when it
 * is not that simple or its result is not known.
 */
export function foldInline(walk: Walk, callee: FunctionFact, args: BoundArguments): Value | null {
  const { gathering } = walk;
  const given = args.positional;
  const isKnown =
    given.length > 0 && given.every((value) => value.constant !== null || value.elements !== null);
  if (!isKnown || args.named.size > 0 || callee.owner !== null || callee.layer !== walk.layer) return null;
  if (walk.quiet >= MAX_INLINE_DEPTH || gathering.refoldBudget <= 0 || !isStraight(callee.definition.body))
    return null;
  gathering.refoldBudget -= 10;
  const { frame, uncertainty, function: current } = walk;
  walk.quiet++;
  walk.uncertainty = 0;
  walk.frame = new Frame('function', callee.outer);
  callee.definition.parameters.forEach((parameter, index) => {
    const value = given[index];
    if (value !== undefined) walk.frame.assign(parameter.name, value, walk.graph, true);
  });
  let result: Value | null = null;
  for (const statement of callee.definition.body) {
    if (statement.kind === 'assign' && statement.operator === '=')
      assign(walk, statement.target, evaluate(walk, statement.value));
    else if (statement.kind === 'return') {
      result = statement.value === null ? null : evaluate(walk, statement.value);
      break;
    }
  }
  walk.quiet--;
  walk.frame = frame;
  walk.uncertainty = uncertainty;
  walk.function = current;
  return result?.constant === null || result === null ? null : result;
}
