import type { ArgumentNode, Expression, Span, Statement } from '../../../model/program.ts';

export type CallNode = Extract<Expression, { kind: 'call' }>;

export function literal(value: string | number | boolean | null, span: Span): Expression {
  return { kind: 'literal', value, span };
}

export function nameOf(name: string, span: Span): Expression {
  return { kind: 'name', name, span };
}

export function member(object: Expression, property: string, span: Span): Expression {
  return { kind: 'member', object, property, span };
}

/** What is not followed, with what it is made of. */
export function other(children: readonly Expression[], span: Span): Expression {
  return { kind: 'other', children, span };
}

export function call(callee: Expression, args: readonly ArgumentNode[], span: Span): CallNode {
  return { kind: 'call', callee, args, span };
}

export function positional(values: readonly Expression[]): ArgumentNode[] {
  return values.map((value) => ({ name: null, value }));
}

/** The text that a literal is; null for anything else. */
export function textOf(value: Expression | undefined): string | null {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

export function numberOf(value: Expression | undefined): number | null {
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : null;
}

/** `Net::HTTP` as members of each other. */
export function constantPath(path: string, span: Span): Expression {
  const [first = '', ...rest] = path.split('::').filter((part) => part !== '');
  return rest.slice(0, 16).reduce((object, property) => member(object, property, span), nameOf(first, span));
}

/** What an assignment to an expression changes; null when nothing can be assigned to it. */
export function targetOf(value: Expression): Expression | null {
  switch (value.kind) {
    case 'name':
    case 'member':
    case 'index':
    case 'slice':
      return value.kind === 'slice' ? value.object : value;
    case 'list': {
      const elements = value.elements.map((element) => targetOf(element) ?? other([], element.span));
      return { ...value, elements };
    }
    case 'call':
      if (value.callee.kind === 'member' && value.callee.property === '[]')
        return {
          kind: 'index',
          object: value.callee.object,
          index: value.args[0]?.value ?? other([], value.span),
          span: value.span,
        };
      if (value.args.length > 0) return null;
      return value.callee.kind === 'name' || value.callee.kind === 'member' ? value.callee : null;
    default:
      return null;
  }
}

export function expressionStatement(expression: Expression): Statement {
  return { kind: 'expression', expression, span: expression.span };
}

export function assignment(target: Expression, value: Expression, span: Span): Statement {
  return { kind: 'assign', target, value, operator: '=', span };
}
