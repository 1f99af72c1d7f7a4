import type ts from 'typescript';
import type { Expression, Span, Statement } from '../../../model/program.ts';
import { expressionHandlers } from './expressions.ts';
import { functionHandlers } from './functions.ts';
import { childrenOf, MAXIMUM_DEPTH, other } from './lowering.ts';
import type { Handlers, Lowering } from './lowering.ts';
import type { TypeScript } from './typescript-parts.ts';
import { exportsOfDeclaration, moduleHandlers } from './modules.ts';
import { Scopes } from './scopes.ts';
import { statementHandlers } from './statements.ts';

/** A lowered file. */
export interface Lowered {
  readonly body: readonly Statement[];
  readonly literals: readonly Span[];
  /** Offset of the first code that was lowered without its surroundings because it nests too deep; null: none. */
  readonly tooDeepAt: number | null;
}

/**
 * Lowers TypeScript's tree, which also holds all of JavaScript and JSX, to the common syntax.
 * Linear in the number of nodes; recursion ends at {@link MAXIMUM_DEPTH}.
 */
export function lower(typescript: TypeScript, file: ts.SourceFile): Lowered {
  const literals: Span[] = [];
  const postponed: (() => readonly Statement[])[] = [];
  let tooDeepAt: number | null = null;
  let depth = 0;
  let hoisted: Statement[] = [];

  /** True when nothing may nest any deeper; `later` then lowers the node at the end. */
  const isTooDeep = (node: ts.Node, later: () => readonly Statement[]): boolean => {
    if (depth < MAXIMUM_DEPTH) return false;
    tooDeepAt ??= node.pos;
    postponed.push(later);
    return true;
  };

  const postponedExpression = (node: ts.Node): readonly Statement[] => [
    { kind: 'expression', expression: lowering.expression(node), span: lowering.span(node) },
  ];

  const lowering: Lowering = {
    ts: typescript,
    file,
    scopes: new Scopes(typescript, file),
    literals,
    plainSums: new Set(),
    span: (node) => ({ start: typescript.getTokenPosOfNode(node, file), end: node.end }),
    expression: (node) => {
      if (depth >= MAXIMUM_DEPTH && isTooDeep(node, () => postponedExpression(node))) {
        return other([], lowering.span(node));
      }
      depth++;
      const handler = expressions.get(node.kind);
      const lowered = handler === undefined ? other(expressionsIn(node), lowering.span(node)) : handler(node);
      depth--;
      return lowered;
    },
    statement: (node) => {
      if (depth >= MAXIMUM_DEPTH && isTooDeep(node, () => lowering.statement(node))) return [];
      depth++;
      const lowered = statements.get(node.kind)?.(node) ?? [];
      const exported = exportsOfDeclaration(lowering, node);
      depth--;
      return exported.length === 0 ? lowered : [...lowered, ...exported];
    },
    statements: (nodes) => {
      const all: Statement[] = [];
      for (const node of nodes) {
        for (const statement of lowering.body(() => lowering.statement(node))) all.push(statement);
      }
      return all;
    },
    nested: (node, lowerNested) => {
      if (isTooDeep(node, lowerNested)) return [];
      depth++;
      const lowered = lowerNested();
      depth--;
      return lowered;
    },
    hoist: (statement) => {
      hoisted.push(statement);
    },
    body: (lowerBody) => {
      const outer = hoisted;
      hoisted = [];
      const lowered = lowerBody();
      const all = hoisted.length === 0 ? lowered : [...hoisted, ...lowered];
      hoisted = outer;
      return all;
    },
  };

  const expressionsIn = (node: ts.Node): Expression[] =>
    childrenOf(typescript, node)
      .filter((child) => !typescript.isTypeNode(child) || typescript.isExpressionWithTypeArguments(child))
      .map((child) => lowering.expression(child));

  const expressions: Handlers<Expression> = new Map(expressionHandlers(lowering));
  const statements: Handlers<readonly Statement[]> = new Map([
    ...statementHandlers(lowering),
    ...functionHandlers(lowering),
    ...moduleHandlers(lowering),
  ]);

  const body = lowering.statements(file.statements);
  for (let later = postponed.pop(); later !== undefined; later = postponed.pop()) {
    depth = 0;
    for (const statement of lowering.body(later)) body.push(statement);
  }
  return { body, literals, tooDeepAt };
}
