import type { Expression } from '../../../model/program.ts';
import type { FunctionFact } from '../facts.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import type { Callee } from '../calls/callee.ts';

/** What a call is made of. */
interface Called {
  readonly callee: Callee;
  readonly args: BoundArguments;
}

/** What calls of one language mean beside what they mean in all. */
export interface CallCustoms {
  /** The arguments in the places where models have them. */
  placed(name: string | null, args: BoundArguments): BoundArguments;
  /** What is read where a call is written that is none; null when something is called. */
  readInstead(walk: Walk, expression: Expression, called: Called): Value | null;
  /** The call that another one is a way to write; null when it is itself. */
  standsFor(called: Called): Called | null;
  /** What a call gives that means something in this language alone; null for any other. */
  special(walk: Walk, name: string, called: Called): Value | null;
  /** What is given to a function of the target, in the places where it has its parameters. */
  inParameters(callee: FunctionFact, given: readonly Value[]): readonly Value[];
  /** What a call gives, and hands to its block, by what it has made. */
  given(walk: Walk, called: Called, result: Value): Value;
}
