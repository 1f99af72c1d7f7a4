import type ts from 'typescript';
import type { Expression } from '../../../model/program.ts';
import { on, other, text } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import type { TypeScript } from './typescript-parts.ts';

/** The key of a property: a constant when it is written as a name, number or string, else the expression in brackets. */
export function keyOf(to: Lowering, key: ts.PropertyName | ts.BindingName): Expression {
  const { ts } = to;
  const span = to.span(key);
  if (ts.isIdentifier(key) || ts.isPrivateIdentifier(key)) return text(key.text, span);
  if (ts.isComputedPropertyName(key)) return to.expression(key.expression);
  if (ts.isStringLiteralLike(key)) to.literals.push(span);
  if (ts.isStringLiteralLike(key) || ts.isNumericLiteral(key)) return text(key.text, span);
  return other([], span);
}

/**
 * What a declaration binds: a name, or a `record` or `list` of names for `{a, b: c} =` and `[a, b] =`. The rest of an object has the
 * key null; a default is an `assignment` in the name's place.
 */
export function patternHandlers(to: Lowering): [ts.SyntaxKind, (node: ts.Node) => Expression][] {
  const { SyntaxKind } = to.ts;
  return [
    on<ts.ObjectBindingPattern, Expression>(SyntaxKind.ObjectBindingPattern, (node) => ({
      kind: 'record',
      entries: node.elements.map((element) => ({
        key: element.dotDotDotToken === undefined ? keyOf(to, element.propertyName ?? element.name) : null,
        value: to.expression(element),
      })),
      span: to.span(node),
    })),
    on<ts.ArrayBindingPattern, Expression>(SyntaxKind.ArrayBindingPattern, (node) => ({
      kind: 'list',
      elements: node.elements.map((element) => to.expression(element)),
      span: to.span(node),
    })),
    on<ts.BindingElement, Expression>(SyntaxKind.BindingElement, (node) => {
      const target = to.expression(node.name);
      if (node.initializer === undefined) return target;
      return { kind: 'assignment', target, value: to.expression(node.initializer), span: to.span(node) };
    }),
  ];
}

/** The names that a binding introduces, in order of the text. */
export function namesIn(ts: TypeScript, binding: ts.BindingName): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const pending: ts.BindingName[] = [binding];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (ts.isIdentifier(next)) names.push(next);
    else {
      for (const element of next.elements) if (!ts.isOmittedExpression(element)) pending.push(element.name);
    }
  }
  return names.sort((one, two) => one.pos - two.pos);
}
