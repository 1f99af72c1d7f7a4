import type { Expression, Span } from '../../../model/program.ts';
import { evaluate } from './expressions.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** Runs what it is given: no honest program decorates with it. */
function isRunner(walk: Walk, { name }: Value): boolean {
  return (
    name !== null &&
    walk.apis
      .lookup(name)
      .some(
        ({ capabilities = [] }) =>
          capabilities.includes('proc.exec') || capabilities.includes('code.dynamic'),
      )
  );
}

/**
 * What the decorators of a function or class are, in their order. Each is called with what the one below it gives: `@os.system` above
 * `@(lambda _: 'id')` runs a command.
 */
export function evaluateDecorators(
  walk: Walk,
  decorators: readonly Expression[],
  span: Span,
): readonly Value[] {
  const values = decorators.map((decorator) => evaluate(walk, decorator));
  if (decorators.length > 1 && values.some((value) => isRunner(walk, value))) {
    const decorated: Expression = { kind: 'literal', value: null, span };
    evaluate(
      walk,
      decorators.reduceRight<Expression>(
        (value, callee) => ({ kind: 'call', callee, args: [{ name: null, value }], span: callee.span }),
        decorated,
      ),
    );
  }
  return values;
}
