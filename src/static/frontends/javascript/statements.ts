import type ts from 'typescript';
import type { Expression, Statement } from '../../../model/program.ts';
import { isDeclared } from './functions.ts';
import { name, on, other, text } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { keyOf, namesIn } from './patterns.ts';
import { annotationOf, typedOf } from './types.ts';

type Lower = readonly Statement[];

/** How statements lower, other than declarations of functions and classes and what modules are made of. */
export function statementHandlers(to: Lowering): [ts.SyntaxKind, (node: ts.Node) => Lower][] {
  const { ts } = to;
  const { SyntaxKind } = ts;

  const inBlock = (nodes: readonly ts.Statement[]): Statement[] =>
    to.scopes.block(nodes, () => to.statements(nodes));

  /** The statement of a branch or loop, without the braces. */
  const inside = (node: ts.Statement | undefined): Statement[] => {
    if (node === undefined) return [];
    return ts.isBlock(node) ? inBlock(node.statements) : to.statements([node]);
  };

  /** `let x;`: whoever sets it later, sets this one. */
  const declared = (node: ts.BindingName, type: ts.TypeNode | undefined): Statement[] => {
    if (!ts.isIdentifier(node)) return [];
    const span = to.span(node);
    const operand = name(to.scopes.called(node.text), span);
    return [
      { kind: 'expression', expression: { kind: 'unary', operator: 'declare', operand, span }, span },
      ...typedOf(to, operand, type),
    ];
  };

  const declarations = (list: ts.VariableDeclarationList): Statement[] =>
    list.declarations.flatMap((declaration) =>
      declaration.initializer === undefined
        ? declared(declaration.name, declaration.type)
        : to.body(() => [
            {
              kind: 'assign',
              target: to.expression(declaration.name),
              value: to.expression(declaration.initializer!),
              operator: '=',
              ...annotationOf(to, declaration.type),
              span: to.span(declaration),
            },
          ]),
    );

  const initializer = (node: ts.ForInitializer | undefined): Statement[] => {
    if (node === undefined) return [];
    return ts.isVariableDeclarationList(node) ? declarations(node) : effects(to, node);
  };

  const bindingOf = (node: ts.ForInitializer): Expression =>
    ts.isVariableDeclarationList(node)
      ? to.expression(node.declarations[0]?.name ?? node)
      : to.expression(node);

  const branch = (node: ts.IfStatement): Lower => {
    const branches = [inside(node.thenStatement)];
    if (node.elseStatement !== undefined) branches.push(inside(node.elseStatement));
    return [{ kind: 'branch', test: to.expression(node.expression), branches, span: to.span(node) }];
  };

  /** One branch per case; what is compared with what is the test. */
  const choice = (node: ts.SwitchStatement): Lower => {
    const { clauses } = node.caseBlock;
    const labels = clauses.flatMap((clause) => (ts.isCaseClause(clause) ? [clause.expression] : []));
    const compared = [node.expression, ...labels].map((each) => to.expression(each));
    const all = clauses.flatMap((clause) => clause.statements);
    const branches = to.scopes.block(all, () => clauses.map((clause) => to.statements(clause.statements)));
    const test = other(compared, to.span(node.expression));
    return [{ kind: 'branch', test, branches, span: to.span(node) }];
  };

  /** Lowers what sees the variables of a loop's head. */
  const underHead = (head: ts.ForInitializer | undefined, lower: () => Lower): Lower =>
    head !== undefined && ts.isVariableDeclarationList(head)
      ? to.scopes.own(to.scopes.ofList(head), lower)
      : lower();

  const counting = (node: ts.ForStatement): Lower =>
    underHead(node.initializer, () => [
      ...initializer(node.initializer),
      {
        kind: 'loop',
        binding: null,
        iterable: node.condition === undefined ? null : to.expression(node.condition),
        body: [
          ...inside(node.statement),
          ...(node.incrementor === undefined ? [] : effects(to, node.incrementor)),
        ],
        span: to.span(node),
      },
    ]);

  const iterating = (node: ts.ForInOrOfStatement): Lower => {
    const iterable = to.expression(node.expression);
    return underHead(node.initializer, () => [
      {
        kind: 'loop',
        binding: bindingOf(node.initializer),
        iterable,
        body: inside(node.statement),
        span: to.span(node),
      },
    ]);
  };

  const repeating = (node: ts.WhileStatement | ts.DoStatement): Lower => [
    {
      kind: 'loop',
      binding: null,
      iterable: to.expression(node.expression),
      body: inside(node.statement),
      span: to.span(node),
    },
  ];

  /** `catch (error)`: the name is bound to what was thrown. */
  const caught = (node: ts.VariableDeclaration): readonly Statement[] => {
    const span = to.span(node);
    const value: Expression = { kind: 'unary', operator: 'caught', operand: other([], span), span };
    return to.body(() => [{ kind: 'assign', target: to.expression(node.name), value, operator: '=', span }]);
  };

  const attempt = (node: ts.TryStatement): Lower => {
    const bodies = [inside(node.tryBlock)];
    if (node.catchClause !== undefined) {
      const { variableDeclaration: declared, block } = node.catchClause;
      const own = declared === undefined ? [] : namesIn(ts, declared.name);
      bodies.push(
        to.scopes.own(own, () => [...(declared === undefined ? [] : caught(declared)), ...inside(block)]),
      );
    }
    if (node.finallyBlock !== undefined) bodies.push(inside(node.finallyBlock));
    return [{ kind: 'block', bodies, span: to.span(node) }];
  };

  /** An enumeration is an object; its members may be computed. */
  const enumeration = (node: ts.EnumDeclaration): Lower => {
    if (isDeclared(to, node)) return [];
    const span = to.span(node);
    const entries = node.members.map((member) => ({
      key: keyOf(to, member.name),
      value: member.initializer === undefined ? text('', to.span(member)) : to.expression(member.initializer),
    }));
    const target = name(to.scopes.called(node.name.text), to.span(node.name));
    return [{ kind: 'assign', target, value: { kind: 'record', entries, span }, operator: '=', span }];
  };

  /** A namespace runs like a block. */
  const namespace = (node: ts.ModuleDeclaration): Lower => {
    if (isDeclared(to, node) || node.body === undefined) return [];
    if (ts.isModuleDeclaration(node.body)) return to.statement(node.body);
    if (!ts.isModuleBlock(node.body)) return [];
    return [{ kind: 'block', bodies: [to.statements(node.body.statements)], span: to.span(node) }];
  };

  return [
    on<ts.VariableStatement, Lower>(SyntaxKind.VariableStatement, (node) =>
      isDeclared(to, node) ? [] : declarations(node.declarationList),
    ),
    on<ts.ExpressionStatement, Lower>(SyntaxKind.ExpressionStatement, (node) => effects(to, node.expression)),
    on<ts.ThrowStatement, Lower>(SyntaxKind.ThrowStatement, (node) => {
      const span = to.span(node);
      return to.body(() => {
        const operand = to.expression(node.expression);
        return [
          { kind: 'expression', expression: { kind: 'unary', operator: 'raise', operand, span }, span },
        ];
      });
    }),
    on<ts.ReturnStatement, Lower>(SyntaxKind.ReturnStatement, (node) => [
      {
        kind: 'return',
        value: node.expression === undefined ? null : to.expression(node.expression),
        span: to.span(node),
      },
    ]),
    on<ts.Block, Lower>(SyntaxKind.Block, (node) => [
      { kind: 'block', bodies: [inBlock(node.statements)], span: to.span(node) },
    ]),
    on<ts.IfStatement, Lower>(SyntaxKind.IfStatement, branch),
    on<ts.SwitchStatement, Lower>(SyntaxKind.SwitchStatement, choice),
    on<ts.ForStatement, Lower>(SyntaxKind.ForStatement, counting),
    on<ts.ForOfStatement, Lower>(SyntaxKind.ForOfStatement, iterating),
    on<ts.ForInStatement, Lower>(SyntaxKind.ForInStatement, iterating),
    on<ts.WhileStatement, Lower>(SyntaxKind.WhileStatement, repeating),
    on<ts.DoStatement, Lower>(SyntaxKind.DoStatement, repeating),
    on<ts.LabeledStatement, Lower>(SyntaxKind.LabeledStatement, (node) => inside(node.statement)),
    on<ts.TryStatement, Lower>(SyntaxKind.TryStatement, attempt),
    on<ts.WithStatement, Lower>(SyntaxKind.WithStatement, (node) => [
      {
        kind: 'with',
        value: to.expression(node.expression),
        binding: null,
        body: inside(node.statement),
        span: to.span(node),
      },
    ]),
    on<ts.EnumDeclaration, Lower>(SyntaxKind.EnumDeclaration, enumeration),
    on<ts.ModuleDeclaration, Lower>(SyntaxKind.ModuleDeclaration, namespace),
  ];
}

/**
 * An expression that stands for what it does, as packed code writes statements: `a(), b()` is two statements,
 * `test && act()` and `test ? act() : other()` are branches, `a = b` an assignment.
 */
function effects(to: Lowering, node: ts.Expression): Statement[] {
  const { ts } = to;
  const { SyntaxKind } = ts;
  const lowered: Statement[] = [];
  const pending: ts.Expression[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const inner = ts.isParenthesizedExpression(next) ? next.expression : next;
    const operator = ts.isBinaryExpression(inner) ? inner.operatorToken.kind : null;
    if (ts.isBinaryExpression(inner) && operator === SyntaxKind.CommaToken) {
      pending.push(inner.right, inner.left);
    } else {
      lowered.push(...to.body(() => [effect(to, inner)]));
    }
  }
  return lowered;
}

function effect(to: Lowering, node: ts.Expression): Statement {
  const { ts } = to;
  const { SyntaxKind } = ts;
  const span = to.span(node);
  if (ts.isConditionalExpression(node)) {
    const branches = [when(to, node.whenTrue), when(to, node.whenFalse)];
    return { kind: 'branch', test: to.expression(node.condition), branches, span };
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === SyntaxKind.AmpersandAmpersandToken) {
      return { kind: 'branch', test: to.expression(node.left), branches: [when(to, node.right)], span };
    }
    if (kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken) {
      const operand = to.expression(node.left);
      const test: Expression = { kind: 'unary', operator: '!', operand, span: operand.span };
      return { kind: 'branch', test, branches: [when(to, node.right)], span };
    }
    if (kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment) {
      const target = to.expression(node.left);
      const value = to.expression(node.right);
      return { kind: 'assign', target, value, operator: ts.tokenToString(kind) ?? '=', span };
    }
  }
  return { kind: 'expression', expression: to.expression(node), span };
}

/** A branch that an operator makes. */
function when(to: Lowering, node: ts.Expression): readonly Statement[] {
  return to.nested(node, () => effects(to, node));
}
