import type ts from 'typescript';
import type { Expression, Statement } from '../../../model/program.ts';
import type { Lowering } from './lowering.ts';

/** A type in a type: no honest one lies deeper. */
const MAX_DEPTH = 6;
/** Of a union so many are looked at. */
const MAX_UNION = 16;

function entityOf(to: Lowering, node: ts.EntityName, depth: number): Expression | null {
  const span = to.span(node);
  if (to.ts.isIdentifier(node)) return { kind: 'name', name: to.scopes.called(node.text), span };
  const object = depth > MAX_DEPTH ? null : entityOf(to, node.left, depth + 1);
  return object === null ? null : { kind: 'member', object, property: node.right.text, span };
}

/**
 * A type that is written to a value, as far as it names a class or an interface: a name (`net.Socket`), a name of a type (`index`, for
 * `Promise<Socket>`), or several (`list`, for `Socket | null`).
 * @returns null for any other, and for none
 */
export function typeOf(to: Lowering, node: ts.TypeNode | undefined, depth = 0): Expression | null {
  if (node === undefined || depth > MAX_DEPTH) return null;
  const { ts } = to;
  const span = to.span(node);
  if (ts.isTypeReferenceNode(node)) {
    const object = entityOf(to, node.typeName, 0);
    const [first] = node.typeArguments ?? [];
    const index = object?.kind === 'name' ? typeOf(to, first, depth + 1) : null;
    return object === null || index === null ? object : { kind: 'index', object, index, span };
  }
  if (ts.isTypeQueryNode(node)) return entityOf(to, node.exprName, 0);
  if (ts.isParenthesizedTypeNode(node)) return typeOf(to, node.type, depth + 1);
  if (!ts.isUnionTypeNode(node) && !ts.isIntersectionTypeNode(node)) return null;
  const elements = node.types.slice(0, MAX_UNION).flatMap((each) => typeOf(to, each, depth + 1) ?? []);
  return elements.length === 0 ? null : { kind: 'list', elements, span };
}

/** The entry of a node for its type, where it has one that names something. */
export function annotationOf(
  to: Lowering,
  node: ts.TypeNode | undefined,
): { readonly annotation?: Expression } {
  const annotation = typeOf(to, node);
  return annotation === null ? {} : { annotation };
}

/** `target: type`, which is given its value elsewhere. */
export function typedOf(
  to: Lowering,
  target: Expression,
  node: ts.TypeNode | undefined,
): readonly Statement[] {
  const annotation = typeOf(to, node);
  return annotation === null ? [] : [{ kind: 'declare', target, annotation, span: annotation.span }];
}
