import type ts from 'typescript';
import type { Expression, Span, Statement } from '../../../model/program.ts';
import { expressionHandlers } from './expressions.ts';
import { functionHandlers } from './functions.ts';
import { childrenOf, MAXIMUM_DEPTH, other } from './lowering.ts';
import type { Handlers, Lowering, TypeScript } from './lowering.ts';
import { exportsOfDeclaration, moduleHandlers } from './modules.ts';
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

  const deeper = <Result>(
    node: ts.Node,
    lowerNode: () => Result,
    later: () => readonly Statement[],
    instead: Result,
  ): Result => {
    if (depth >= MAXIMUM_DEPTH) {
      tooDeepAt ??= node.pos;
      postponed.push(later);
      return instead;
    }
    depth++;
    const result = lowerNode();
    depth--;
    return result;
  };

  const lowering: Lowering = {
    ts: typescript,
    file,
    literals,
    plainSums: new Set(),
    span: (node) => ({ start: node.getStart(file), end: node.end }),
    expression: (node) => {
      const lowerNode = (): Expression =>
        expressions.get(node.kind)?.(node) ?? other(expressionsIn(node), lowering.span(node));
      const later = (): readonly Statement[] => [
        { kind: 'expression', expression: lowering.expression(node), span: lowering.span(node) },
      ];
      return deeper(node, lowerNode, later, other([], lowering.span(node)));
    },
    statement: (node) =>
      lowering.nested(node, () => [
        ...(statements.get(node.kind)?.(node) ?? []),
        ...exportsOfDeclaration(lowering, node),
      ]),
    nested: (node, lowerNested) => deeper(node, lowerNested, lowerNested, []),
    statements: (nodes) => nodes.flatMap((node) => lowering.body(() => lowering.statement(node))),
    hoist: (statement) => {
      hoisted.push(statement);
    },
    body: (lowerBody) => {
      const outer = hoisted;
      hoisted = [];
      const lowered = lowerBody();
      const all = [...hoisted, ...lowered];
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
