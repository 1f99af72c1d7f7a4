import type { Expression } from './program.ts';

/** The expressions that an expression is directly made of, in the order of the text; the body of a function is none of them. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.object];
    case 'index':
      return [expression.object, expression.index];
    case 'slice':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case 'binary':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'template':
      return expression.parts;
    case 'list':
      return expression.elements;
    case 'record':
      return expression.entries.flatMap(({ key, value }) => (key === null ? [value] : [key, value]));
    case 'conditional':
      return [expression.test, expression.whenTrue, expression.whenFalse];
    case 'comprehension':
      return [expression.element, expression.iterable, ...expression.conditions];
    case 'assignment':
      return [expression.value];
    case 'other':
      return expression.children;
    default:
      return [];
  }
}
