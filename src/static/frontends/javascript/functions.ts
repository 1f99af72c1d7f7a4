import type ts from 'typescript';
import type { Expression, FunctionNode, ParameterNode, Span, Statement } from '../../../model/program.ts';
import { name, on } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { keyOf } from './patterns.ts';
import { annotationOf, typedOf, typeOf } from './types.ts';

/** How declarations of functions and classes lower. */
export function functionHandlers(to: Lowering): [ts.SyntaxKind, (node: ts.Node) => readonly Statement[]][] {
  const { SyntaxKind } = to.ts;
  return [
    on<ts.FunctionDeclaration, readonly Statement[]>(SyntaxKind.FunctionDeclaration, (node) => {
      // An overload or a `declare` has no body and does nothing.
      if (node.body === undefined) return [];
      const definition = functionOf(to, node, node.name?.text ?? 'default');
      return [{ kind: 'function', definition, span: definition.span, ...calledOtherwise(to, node.name) }];
    }),
    on<ts.ClassDeclaration, readonly Statement[]>(SyntaxKind.ClassDeclaration, (node) =>
      isDeclared(to, node)
        ? []
        : [classOf(to, node, node.name?.text ?? 'default', to.scopes.called(node.name?.text ?? 'default'))],
    ),
  ];
}

/** True for `declare`: a promise to the type checker that leaves no code. */
export function isDeclared(to: Lowering, node: ts.Node): boolean {
  return hasModifier(to, node, to.ts.SyntaxKind.DeclareKeyword);
}

/** True when `export`, `default`, `static` … stands before the node. */
export function hasModifier(to: Lowering, node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { ts } = to;
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((each) => each.kind === kind) ?? false);
}

function decoratorsOf(to: Lowering, node: ts.Node): Expression[] {
  const { ts } = to;
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return decorators.map((decorator) => to.expression(decorator));
}

/** A parameter of a constructor that is a field too. */
function isField(to: Lowering, parameter: ts.ParameterDeclaration): boolean {
  const { PublicKeyword, PrivateKeyword, ProtectedKeyword, ReadonlyKeyword } = to.ts.SyntaxKind;
  const keywords = [PublicKeyword, PrivateKeyword, ProtectedKeyword, ReadonlyKeyword];
  return parameter.modifiers !== undefined && keywords.some((kind) => hasModifier(to, parameter, kind));
}

/** A function, method, accessor or arrow. A parameter that is a pattern gets a name of its own and is taken apart in the body. */
export function functionOf(
  to: Lowering,
  node: ts.FunctionLikeDeclaration,
  functionName: string | null,
): FunctionNode {
  const { ts } = to;
  const parameters: ParameterNode[] = [];
  const decorators = decoratorsOf(to, node);
  const lowerAll = (): readonly Statement[] => {
    const opening: Statement[] = [];
    for (const [index, parameter] of node.parameters.entries()) {
      decorators.push(...decoratorsOf(to, parameter));
      const span = to.span(parameter);
      const isPattern = !ts.isIdentifier(parameter.name);
      const parameterName = isPattern ? `parameter@${String(index)}` : parameter.name.text;
      parameters.push({
        name: parameterName,
        default: parameter.initializer === undefined ? null : to.expression(parameter.initializer),
        rest: parameter.dotDotDotToken === undefined ? null : '*',
        ...annotationOf(to, parameter.type),
      });
      // `constructor(private readonly line: string)`
      if (!isPattern && isField(to, parameter)) {
        const object: Expression = { kind: 'name', name: 'this', span };
        const target: Expression = { kind: 'member', object, property: parameterName, span };
        opening.push({ kind: 'assign', target, value: name(parameterName, span), operator: '=', span });
      }
      if (isPattern) {
        const target = to.expression(parameter.name);
        opening.push({ kind: 'assign', target, value: name(parameterName, span), operator: '=', span });
      }
    }
    if (node.body === undefined) return opening;
    if (ts.isBlock(node.body)) {
      const { statements } = node.body;
      return [...opening, ...to.scopes.body(statements, node.parameters, () => to.statements(statements))];
    }
    return [...opening, { kind: 'return', value: to.expression(node.body), span: to.span(node.body) }];
  };
  const body = to.body(() => to.scopes.parameters(node.parameters, lowerAll));
  const gives = typeOf(to, node.type);
  const results = gives === null ? {} : { results: [gives] };
  return {
    name: functionName,
    parameters,
    decorators,
    body,
    documentation: null,
    ...results,
    span: to.span(node),
  };
}

/** What a declaration is called where it stands, when not by its name. */
function calledOtherwise(to: Lowering, identifier: ts.Identifier | undefined): { local?: string } {
  if (identifier === undefined) return {};
  const called = to.scopes.called(identifier.text);
  return called === identifier.text ? {} : { local: called };
}

/**
 * A class under the given name: methods and accessors are functions, fields assignments, static blocks functions that are called at once.
 * @param local what the class is called where it stands
 */
export function classOf(
  to: Lowering,
  node: ts.ClassLikeDeclaration,
  className: string,
  local: string,
): Statement {
  const { ts } = to;
  const heritage = node.heritageClauses ?? [];
  const bases = heritage
    .filter((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap((clause) => clause.types.map((base) => to.expression(base.expression)));
  return {
    kind: 'class',
    name: className,
    ...(local === className ? {} : { local }),
    bases,
    decorators: decoratorsOf(to, node),
    body: to.scopes.strictly(() => node.members.flatMap((each) => to.body(() => memberOf(to, each)))),
    documentation: null,
    span: to.span(node),
  };
}

function memberOf(to: Lowering, node: ts.ClassElement): readonly Statement[] {
  const { ts } = to;
  const span = to.span(node);
  if (ts.isClassStaticBlockDeclaration(node)) {
    const { statements } = node.body;
    const body = to.body(() => to.scopes.body(statements, [], () => to.statements(statements)));
    return [asStatement({ kind: 'call', callee: unnamed(body, span), args: [], span })];
  }
  if (ts.isConstructorDeclaration(node)) {
    return node.body === undefined
      ? []
      : [{ kind: 'function', definition: functionOf(to, node, 'constructor'), span }];
  }
  if (ts.isPropertyDeclaration(node)) {
    const decorators = decoratorsOf(to, node).map((expression) => asStatement(expression));
    if (isDeclared(to, node)) return [];
    const { known, before } = memberName(to, node.name);
    const target = name(known, to.span(node.name));
    if (node.initializer === undefined) return [...decorators, ...before, ...typedOf(to, target, node.type)];
    const value = to.expression(node.initializer);
    const typed = annotationOf(to, node.type);
    return [...decorators, ...before, { kind: 'assign', target, value, operator: '=', ...typed, span }];
  }
  if (ts.isMethodDeclaration(node) || ts.isAccessor(node)) {
    if (node.body === undefined) return [];
    const { known, before } = memberName(to, node.name);
    const called = ts.isSetAccessor(node) ? `set ${known}` : known;
    return [...before, { kind: 'function', definition: functionOf(to, node, called), span }];
  }
  return [];
}

/** A member's name; when it is computed, `computed` and the computation, which runs with the class. */
function memberName(to: Lowering, key: ts.PropertyName): { known: string; before: readonly Statement[] } {
  const lowered = keyOf(to, key);
  if (lowered.kind === 'literal') return { known: String(lowered.value), before: [] };
  const known = symbolOf(lowered) ?? 'computed';
  return { known, before: [asStatement(lowered)] };
}

/** `Symbol.iterator` and the like, which the language itself looks methods up by; null for any other key. */
function symbolOf(key: Expression): string | null {
  return key.kind === 'member' && key.object.kind === 'name' && key.object.name === 'Symbol'
    ? `Symbol.${key.property}`
    : null;
}

/** A function that nobody declared. */
function unnamed(body: readonly Statement[], span: Span): Expression {
  const definition = { name: null, parameters: [], decorators: [], body, documentation: null, span };
  return { kind: 'function', definition, span };
}

function asStatement(expression: Expression): Statement {
  return { kind: 'expression', expression, span: expression.span };
}
