import type ts from 'typescript';
import type { ArgumentNode, Expression, Span } from '../../../model/program.ts';
import { concatenation } from './concatenation.ts';
import { classOf, functionOf } from './functions.ts';
import { name, on, other, text } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { keyOf, patternHandlers } from './patterns.ts';
import { tellNames } from './scopes.ts';

/** How each kind of expression lowers. */
export function expressionHandlers(to: Lowering): [ts.SyntaxKind, (node: ts.Node) => Expression][] {
  const { ts } = to;
  const { SyntaxKind } = ts;

  /** Casts, parentheses, `await`, spreads: what they wrap. */
  const unwrap = (node: ts.Node & { readonly expression?: ts.Expression | undefined }): Expression =>
    node.expression === undefined ? other([], to.span(node)) : to.expression(node.expression);

  const literal = (node: ts.Node, value: string): Expression => {
    const span = to.span(node);
    to.literals.push(span);
    return text(value, span);
  };

  const keyword = (node: ts.Node, value: boolean | null): Expression => ({
    kind: 'literal',
    value,
    span: to.span(node),
  });

  const unary = (operator: string, operand: ts.Node, node: ts.Node): Expression => ({
    kind: 'unary',
    operator,
    operand: to.expression(operand),
    span: to.span(node),
  });

  const argument = (node: ts.Expression): ArgumentNode =>
    ts.isSpreadElement(node)
      ? { name: '*', value: to.expression(node.expression) }
      : { name: null, value: to.expression(node) };

  const call = (
    node: ts.Node,
    callee: ts.Expression,
    args: readonly ts.Expression[] | undefined,
  ): Expression => {
    if (ts.isIdentifier(callee) && callee.text === 'eval' && !to.scopes.declares('eval'))
      tellNames(to, callee);
    return {
      kind: 'call',
      callee: to.expression(callee),
      args: (args ?? []).map(argument),
      span: to.span(node),
    };
  };

  const template = (node: ts.TemplateExpression): Expression => {
    const parts: Expression[] = [];
    const fixed = (piece: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail): void => {
      const part = literal(piece, piece.text);
      if (piece.text !== '') parts.push(part);
    };
    fixed(node.head);
    for (const { expression, literal: after } of node.templateSpans) {
      parts.push(to.expression(expression));
      fixed(after);
    }
    return { kind: 'template', parts, span: to.span(node) };
  };

  /** `` String.raw`\x41` `` is the text as written. What is put in is given by itself, too. */
  const taggedTemplate = (node: ts.TaggedTemplateExpression): Expression => {
    const tag = to.expression(node.tag);
    const isRaw = tag.kind === 'member' && tag.property === 'raw';
    const value =
      ts.isNoSubstitutionTemplateLiteral(node.template) && isRaw
        ? literal(node.template, node.template.rawText ?? node.template.text)
        : to.expression(node.template);
    const given = ts.isTemplateExpression(node.template)
      ? node.template.templateSpans.map((each) => ({ name: null, value: to.expression(each.expression) }))
      : [];
    return { kind: 'call', callee: tag, args: [{ name: null, value }, ...given], span: to.span(node) };
  };

  const methodOf = (node: ts.MethodDeclaration | ts.AccessorDeclaration): Expression => ({
    kind: 'function',
    definition: functionOf(to, node, null),
    span: to.span(node),
  });

  const record = (node: ts.ObjectLiteralExpression): Expression => ({
    kind: 'record',
    entries: node.properties.map((property) => {
      if (ts.isSpreadAssignment(property)) return { key: null, value: to.expression(property.expression) };
      const key = keyOf(to, property.name);
      if (ts.isPropertyAssignment(property)) return { key, value: to.expression(property.initializer) };
      if (ts.isShorthandPropertyAssignment(property)) {
        const local = name(to.scopes.called(property.name.text), to.span(property.name));
        const initial = property.objectAssignmentInitializer;
        return initial === undefined
          ? { key, value: local }
          : {
              key,
              value: {
                kind: 'assignment',
                target: local,
                value: to.expression(initial),
                span: to.span(property),
              },
            };
      }
      if (ts.isSetAccessor(property) && key.kind === 'literal')
        return { key: text(`set ${String(key.value)}`, key.span), value: methodOf(property) };
      return { key, value: methodOf(property) };
    }),
    span: to.span(node),
  });

  const member = (node: ts.PropertyAccessExpression): Expression => {
    const property = node.name.text;
    // `/child_process/.source` is a string in disguise.
    if (property === 'source' && ts.isRegularExpressionLiteral(node.expression)) {
      to.literals.push(to.span(node.expression));
      return text(/^\/(.*)\/[a-z]*$/su.exec(node.expression.text)?.[1] ?? '', to.span(node));
    }
    return { kind: 'member', object: to.expression(node.expression), property, span: to.span(node) };
  };

  const jsxText = (node: ts.JsxText): Expression => {
    to.literals.push({ start: node.pos, end: node.end });
    return other([], { start: node.pos, end: node.end });
  };

  const jsxAttribute = (node: ts.JsxAttribute): Expression =>
    node.initializer === undefined ? other([], to.span(node)) : to.expression(node.initializer);

  return [
    ...patternHandlers(to),
    on<ts.Identifier, Expression>(SyntaxKind.Identifier, (node) =>
      name(to.scopes.called(node.text), to.span(node)),
    ),
    on<ts.PrivateIdentifier, Expression>(SyntaxKind.PrivateIdentifier, (node) =>
      name(node.text, to.span(node)),
    ),
    on<ts.ThisExpression, Expression>(SyntaxKind.ThisKeyword, (node) => name('this', to.span(node))),
    on<ts.SuperExpression, Expression>(SyntaxKind.SuperKeyword, (node) => name('super', to.span(node))),
    on<ts.ImportExpression, Expression>(SyntaxKind.ImportKeyword, (node) => name('import', to.span(node))),
    on<ts.TrueLiteral, Expression>(SyntaxKind.TrueKeyword, (node) => keyword(node, true)),
    on<ts.FalseLiteral, Expression>(SyntaxKind.FalseKeyword, (node) => keyword(node, false)),
    on<ts.NullLiteral, Expression>(SyntaxKind.NullKeyword, (node) => keyword(node, null)),
    on<ts.OmittedExpression, Expression>(SyntaxKind.OmittedExpression, (node) => keyword(node, null)),
    on<ts.NumericLiteral, Expression>(SyntaxKind.NumericLiteral, (node) => number(node.text, to.span(node))),
    on<ts.BigIntLiteral, Expression>(SyntaxKind.BigIntLiteral, (node) =>
      number(node.text.slice(0, -1), to.span(node)),
    ),
    on<ts.StringLiteral, Expression>(SyntaxKind.StringLiteral, (node) => literal(node, node.text)),
    on<ts.NoSubstitutionTemplateLiteral, Expression>(SyntaxKind.NoSubstitutionTemplateLiteral, (node) =>
      literal(node, node.text),
    ),
    on<ts.RegularExpressionLiteral, Expression>(SyntaxKind.RegularExpressionLiteral, (node) => {
      to.literals.push(to.span(node));
      return other([], to.span(node));
    }),
    on<ts.TemplateExpression, Expression>(SyntaxKind.TemplateExpression, template),
    on<ts.TaggedTemplateExpression, Expression>(SyntaxKind.TaggedTemplateExpression, taggedTemplate),
    on<ts.ArrayLiteralExpression, Expression>(SyntaxKind.ArrayLiteralExpression, (node) => ({
      kind: 'list',
      elements: node.elements.map((element) => to.expression(element)),
      span: to.span(node),
    })),
    on<ts.ObjectLiteralExpression, Expression>(SyntaxKind.ObjectLiteralExpression, record),
    on<ts.PropertyAccessExpression, Expression>(SyntaxKind.PropertyAccessExpression, member),
    on<ts.QualifiedName, Expression>(SyntaxKind.QualifiedName, (node) => ({
      kind: 'member',
      object: to.expression(node.left),
      property: node.right.text,
      span: to.span(node),
    })),
    on<ts.ElementAccessExpression, Expression>(SyntaxKind.ElementAccessExpression, (node) => ({
      kind: 'index',
      object: to.expression(node.expression),
      index: to.expression(node.argumentExpression),
      span: to.span(node),
    })),
    on<ts.CallExpression, Expression>(SyntaxKind.CallExpression, (node) =>
      call(node, node.expression, node.arguments),
    ),
    on<ts.YieldExpression, Expression>(SyntaxKind.YieldExpression, (node) => ({
      kind: 'unary',
      operator: node.asteriskToken === undefined ? 'yield' : 'yield from',
      operand: node.expression === undefined ? other([], to.span(node)) : to.expression(node.expression),
      span: to.span(node),
    })),
    on<ts.NewExpression, Expression>(SyntaxKind.NewExpression, (node) =>
      call(node, node.expression, node.arguments),
    ),
    on<ts.MetaProperty, Expression>(SyntaxKind.MetaProperty, (node) => ({
      kind: 'member',
      object: name(node.keywordToken === SyntaxKind.ImportKeyword ? 'import' : 'new', to.span(node)),
      property: node.name.text,
      span: to.span(node),
    })),
    on<ts.ParenthesizedExpression, Expression>(SyntaxKind.ParenthesizedExpression, unwrap),
    on<ts.AsExpression, Expression>(SyntaxKind.AsExpression, unwrap),
    on<ts.SatisfiesExpression, Expression>(SyntaxKind.SatisfiesExpression, unwrap),
    on<ts.TypeAssertion, Expression>(SyntaxKind.TypeAssertionExpression, unwrap),
    on<ts.NonNullExpression, Expression>(SyntaxKind.NonNullExpression, unwrap),
    on<ts.ExpressionWithTypeArguments, Expression>(SyntaxKind.ExpressionWithTypeArguments, unwrap),
    on<ts.AwaitExpression, Expression>(SyntaxKind.AwaitExpression, unwrap),
    on<ts.SpreadElement, Expression>(SyntaxKind.SpreadElement, unwrap),
    on<ts.Decorator, Expression>(SyntaxKind.Decorator, unwrap),
    on<ts.JsxExpression, Expression>(SyntaxKind.JsxExpression, unwrap),
    on<ts.JsxSpreadAttribute, Expression>(SyntaxKind.JsxSpreadAttribute, unwrap),
    on<ts.TypeOfExpression, Expression>(SyntaxKind.TypeOfExpression, (node) =>
      unary('typeof', node.expression, node),
    ),
    on<ts.VoidExpression, Expression>(SyntaxKind.VoidExpression, (node) =>
      unary('void', node.expression, node),
    ),
    on<ts.DeleteExpression, Expression>(SyntaxKind.DeleteExpression, (node) =>
      unary('delete', node.expression, node),
    ),
    on<ts.PrefixUnaryExpression, Expression>(SyntaxKind.PrefixUnaryExpression, (node) =>
      unary(ts.tokenToString(node.operator) ?? '', node.operand, node),
    ),
    on<ts.PostfixUnaryExpression, Expression>(SyntaxKind.PostfixUnaryExpression, (node) =>
      unary(ts.tokenToString(node.operator) ?? '', node.operand, node),
    ),
    on<ts.BinaryExpression, Expression>(SyntaxKind.BinaryExpression, (node) => binary(to, node)),
    on<ts.ConditionalExpression, Expression>(SyntaxKind.ConditionalExpression, (node) => ({
      kind: 'conditional',
      test: to.expression(node.condition),
      whenTrue: to.expression(node.whenTrue),
      whenFalse: to.expression(node.whenFalse),
      span: to.span(node),
    })),
    on<ts.ArrowFunction, Expression>(SyntaxKind.ArrowFunction, (node) => ({
      kind: 'function',
      definition: functionOf(to, node, null),
      span: to.span(node),
    })),
    on<ts.FunctionExpression, Expression>(SyntaxKind.FunctionExpression, (node) => ({
      kind: 'function',
      definition: functionOf(to, node, node.name?.text ?? null),
      span: to.span(node),
    })),
    on<ts.ClassExpression, Expression>(SyntaxKind.ClassExpression, (node) => {
      const span = to.span(node);
      const { name: own } = node;
      if (own === undefined) {
        const local = `class@${String(span.start)}`;
        to.hoist(classOf(to, node, local, local));
        return name(local, span);
      }
      return to.scopes.own([own], () => {
        const local = to.scopes.called(own.text);
        to.hoist(classOf(to, node, own.text, local));
        return name(local, span);
      });
    }),
    on<ts.JsxText, Expression>(SyntaxKind.JsxText, jsxText),
    on<ts.JsxAttribute, Expression>(SyntaxKind.JsxAttribute, jsxAttribute),
  ];
}

/** The scanner has already turned octal, hexadecimal and separated digits into a decimal. */
function number(digits: string, span: Span): Expression {
  return { kind: 'literal', value: Number(digits), span };
}

/** Operators that mean the same however a chain of them is put in brackets. */
const ASSOCIATIVE: ReadonlySet<string> = new Set([',', '||', '&&', '??', '|', '&', '^']);

/** Packed code writes tables as one sequence of hundreds of assignments: chains that long are told level instead of leaning. */
const LONG_CHAIN = 64;

/** The operands of a chain of one operator, from the first to the last; null when it is short. */
function longChain(to: Lowering, node: ts.BinaryExpression): readonly ts.Expression[] | null {
  const { kind } = node.operatorToken;
  const operands: ts.Expression[] = [];
  let part: ts.Expression = node;
  for (; to.ts.isBinaryExpression(part) && part.operatorToken.kind === kind; part = part.left)
    operands.push(part.right);
  operands.push(part);
  return operands.length < LONG_CHAIN ? null : operands.reverse();
}

/** A chain as a tree that is as low as can be. */
function levelled(operator: string, operands: readonly Expression[]): Expression {
  if (operands.length === 1) return operands[0]!;
  const middle = operands.length >> 1;
  const left = levelled(operator, operands.slice(0, middle));
  const right = levelled(operator, operands.slice(middle));
  return { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } };
}

/** Operators, assignments and sequences. */
function binary(to: Lowering, node: ts.BinaryExpression): Expression {
  const operator = to.ts.tokenToString(node.operatorToken.kind) ?? '';
  const span = to.span(node);
  if (operator === '+') {
    const joined = concatenation(to, node);
    if (joined !== null) return joined;
  }
  const chain = ASSOCIATIVE.has(operator) ? longChain(to, node) : null;
  if (chain !== null)
    return levelled(
      operator,
      chain.map((operand) => to.expression(operand)),
    );
  const left = to.expression(node.left);
  const right = to.expression(node.right);
  // `(0, eval)(code)`: the value of a sequence is its last, and a constant before it does nothing.
  if (operator === ',' && left.kind === 'literal') return right;
  if (operator === '=') return { kind: 'assignment', target: left, value: right, span };
  const { FirstCompoundAssignment, LastCompoundAssignment } = to.ts.SyntaxKind;
  const { kind } = node.operatorToken;
  if (kind >= FirstCompoundAssignment && kind <= LastCompoundAssignment) {
    const value: Expression = { kind: 'binary', operator: operator.slice(0, -1), left, right, span };
    return { kind: 'assignment', target: left, value, span };
  }
  return { kind: 'binary', operator, left, right, span };
}
