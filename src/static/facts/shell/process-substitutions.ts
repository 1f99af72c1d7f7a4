import type { ArgumentNode, Expression } from '../../../model/program.ts';
import { plain } from '../../fold/constant.ts';
import { WRITTEN } from '../../frontends/shell/written.ts';
import { constantValue, type Value } from '../values/value.ts';
import { evaluate } from '../walk/expressions.ts';
import type { Walk } from '../walk/walk.ts';

/** `>(…)`: commands that read what is written to it. */
type Substitution = Extract<Expression, { kind: 'assignment' }>;

/** What the command that writes gets for it: the name of a pipe. */
export const PIPE = constantValue(plain('/dev/fd/63'));

/** A process substitution among a command's arguments that the command writes to; null for any other argument. */
export function writtenTo({ value }: ArgumentNode): Substitution | null {
  return value.kind === 'assignment' && isWritten(value.target) ? value : null;
}

function isWritten(target: Expression): target is Extract<Expression, { kind: 'name' }> {
  return target.kind === 'name' && target.name.startsWith(WRITTEN);
}

/** Runs what reads from a substitution, on what its writer gives. */
export function runOn(walk: Walk, { target, value }: Substitution, written: Value): void {
  if (isWritten(target)) walk.moduleFrame.assign(target.name, written, walk.graph, true);
  evaluate(walk, value);
}
