import type ts from 'typescript';
import type { Expression, Span, Statement } from '../../../model/program.ts';
import type { Scopes } from './scopes.ts';
import type { TypeScript } from './typescript-parts.ts';

/**
 * How deep a lowered tree may nest. What lies deeper is lowered all the same, as statements of its own at the end of the program:
 * no call is lost, and whoever walks the program afterwards can rely on the limit.
 */
export const MAXIMUM_DEPTH = 400;

/** What the parts of the lowering share while one file is lowered. */
export interface Lowering {
  readonly ts: TypeScript;
  readonly file: ts.SourceFile;
  /** What the variables are called where the lowering is. */
  readonly scopes: Scopes;
  /** Where strings, templates, regular expressions and JSX text stand; no comment begins inside one. In no order. */
  readonly literals: Span[];
  /** Long sums that are known to hold no string near their start. */
  readonly plainSums: Set<ts.Node>;
  span(node: ts.Node): Span;
  expression(node: ts.Node): Expression;
  /** A statement becomes any number of them: a declaration of three variables is three assignments. */
  statement(node: ts.Node): readonly Statement[];
  statements(nodes: readonly ts.Node[]): Statement[];
  /** Runs `lower`, which lowers `node`, one level of depth further down. */
  nested(node: ts.Node, lower: () => readonly Statement[]): readonly Statement[];
  /** Puts a statement before the one being lowered: a class expression becomes a class with a name of its own. */
  hoist(statement: Statement): void;
  /** Runs `lower` with hoisted statements collected separately; they come first in the result. */
  body(lower: () => readonly Statement[]): readonly Statement[];
}

/** How nodes of each kind lower; kinds without an entry lower by their children. */
export type Handlers<Result> = ReadonlyMap<ts.SyntaxKind, (node: ts.Node) => Result>;

/** One entry of {@link Handlers}: ties the kind to the node type, so that `lower` needs no cast. */
export function on<Node extends ts.Node, Result>(
  kind: Node['kind'],
  lower: (node: Node) => Result,
): [ts.SyntaxKind, (node: ts.Node) => Result] {
  return [kind, lower as (node: ts.Node) => Result];
}

/** The child nodes in order of the text. */
export function childrenOf(ts: TypeScript, node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
}

/** An expression that stands for nothing but its parts. */
export function other(children: readonly Expression[], span: Span): Expression {
  return { kind: 'other', children, span };
}

/** A string constant. */
export function text(value: string, span: Span): Expression {
  return { kind: 'literal', value, span };
}

/** A name. */
export function name(value: string, span: Span): Expression {
  return { kind: 'name', name: value, span };
}
