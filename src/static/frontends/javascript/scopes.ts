import type ts from 'typescript';
import { name } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import type { TypeScript } from './typescript-parts.ts';
import { namesIn } from './patterns.ts';

/** How many names an `eval` that sees them is told at most, in one place and in a file. */
const MAX_TOLD = 200;
const MAX_TOLD_IN_FILE = 5_000;

/**
 * What the variables of a text are called once lowered. The common syntax has variables of functions alone: what a block declares, or a
 * function under a name that is taken further out, gets a name of its own (`name@` and where it stands), as no identifier is called.
 */
export class Scopes {
  readonly #ts: TypeScript;
  /** Functions in blocks are seen in their block alone. */
  #isStrict: boolean;
  /**
   * By name as written; undefined where it is not declared in what is being lowered. Nothing is ever deleted: of a map of 100,000 names
   * V8 makes a new one for every few that are put in and taken out.
   */
  readonly #called = new Map<string, string | undefined>();
  #left = MAX_TOLD_IN_FILE;

  constructor(typescript: TypeScript, file: ts.SourceFile) {
    this.#ts = typescript;
    this.#isStrict = typescript.isExternalModule(file) || this.#saysStrict(file.statements);
    for (const { text } of this.#ofFunction(file.statements)) this.#called.set(text, text);
  }

  /** What a name that is written here is called. */
  called(name: string): string {
    return this.#called.get(name) ?? name;
  }

  /** True when something in the text, as far as it is seen from here, is declared by a name. */
  declares(name: string): boolean {
    return this.#called.get(name) !== undefined;
  }

  /** Names that are called otherwise here, as many as may be told. */
  renamed(): (readonly [string, string])[] {
    if (this.#left <= 0) return [];
    const told = [...this.#called]
      .flatMap(([name, called]) => (called === undefined || name === called ? [] : [[name, called] as const]))
      .slice(-MAX_TOLD);
    // Looking costs too.
    this.#left -= told.length + (this.#called.size >> 5);
    return told;
  }

  /** Lowers what sees the variables that statements in braces declare. */
  block<Result>(statements: readonly ts.Statement[], lower: () => Result): Result {
    const names = statements.flatMap((each) => this.#inBlock(each));
    return names.length === 0 ? lower() : this.own(names, lower);
  }

  /** Lowers what sees variables of its own: of the head of a loop, of a `catch`, a class by the name that it gives itself. */
  own<Result>(names: readonly ts.Identifier[], lower: () => Result): Result {
    return this.#within(
      names.map((each) => [each.text, `${each.text}@${String(each.pos)}`]),
      lower,
    );
  }

  /** Lowers what sees a function's parameters. */
  parameters<Result>(parameters: readonly ts.ParameterDeclaration[], lower: () => Result): Result {
    const names = parameters.flatMap(({ name }) => {
      if (this.#ts.isIdentifier(name)) return [[name.text, name.text] as const];
      return namesIn(this.#ts, name).map((each) => [each.text, this.#free(each)] as const);
    });
    return names.length === 0 ? lower() : this.#within(names, lower);
  }

  /** Lowers the body of a function. */
  body<Result>(
    statements: readonly ts.Statement[],
    parameters: readonly ts.ParameterDeclaration[],
    lower: () => Result,
  ): Result {
    if (!this.#isStrict && this.#saysStrict(statements))
      return this.strictly(() => this.body(statements, parameters, lower));
    const given = new Set(parameters.flatMap(({ name }) => namesIn(this.#ts, name).map(({ text }) => text)));
    const names = this.#ofFunction(statements).filter(({ text }) => !given.has(text));
    return names.length === 0
      ? lower()
      : this.#within(
          names.map((each) => [each.text, this.#free(each)]),
          lower,
        );
  }

  /** Lowers what is strict code, as classes are. */
  strictly<Result>(lower: () => Result): Result {
    const before = this.#isStrict;
    this.#isStrict = true;
    const lowered = lower();
    this.#isStrict = before;
    return lowered;
  }

  /** The names that a declaration of variables in a block or the head of a loop keeps to it. */
  ofList(list: ts.VariableDeclarationList): ts.Identifier[] {
    return (list.flags & this.#ts.NodeFlags.BlockScoped) === 0
      ? []
      : list.declarations.flatMap(({ name }) => namesIn(this.#ts, name));
  }

  /** A function's variable has a frame of its own: only one of the same name further out could be taken for it. */
  #free({ text, pos }: ts.Identifier): string {
    return this.#called.get(text) !== undefined ? `${text}@${String(pos)}` : text;
  }

  #within<Result>(names: readonly (readonly [string, string])[], lower: () => Result): Result {
    const called = new Map(names);
    const before: (readonly [string, string | undefined])[] = [];
    called.forEach((name, text) => {
      before.push([text, this.#called.get(text)]);
      this.#called.set(text, name);
    });
    const lowered = lower();
    for (const [text, name] of before) this.#called.set(text, name);
    return lowered;
  }

  #saysStrict([first]: readonly ts.Statement[]): boolean {
    const ts = this.#ts;
    return (
      first !== undefined &&
      ts.isExpressionStatement(first) &&
      ts.isStringLiteral(first.expression) &&
      first.expression.text === 'use strict'
    );
  }

  #inBlock(node: ts.Statement): ts.Identifier[] {
    const ts = this.#ts;
    if (ts.isVariableStatement(node)) return this.ofList(node.declarationList);
    const isOwn =
      ts.isClassDeclaration(node) ||
      ts.isEnumDeclaration(node) ||
      (this.#isStrict && ts.isFunctionDeclaration(node));
    return isOwn && node.name !== undefined ? [node.name] : [];
  }

  /** What the body of a function or a module declares: at its top, and by `var` anywhere but in functions inside. */
  #ofFunction(statements: readonly ts.Statement[]): ts.Identifier[] {
    const ts = this.#ts;
    const names: ts.Identifier[] = [];
    const pending: { readonly node: ts.Node; readonly isTop: boolean }[] = [];
    for (const node of statements) pending.push({ node, isTop: true });
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { node, isTop } = next;
      if (ts.isVariableStatement(node) || ts.isVariableDeclarationList(node)) {
        const list = ts.isVariableStatement(node) ? node.declarationList : node;
        if (isTop || this.ofList(list).length === 0)
          for (const { name } of list.declarations) names.push(...namesIn(ts, name));
      } else if (ts.isFunctionDeclaration(node)) {
        if ((isTop || !this.#isStrict) && node.name !== undefined) names.push(node.name);
      } else if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
        if (isTop && node.name !== undefined) names.push(node.name);
      } else if (ts.isImportDeclaration(node)) {
        names.push(...namesOfImport(ts, node));
      } else if (ts.isImportEqualsDeclaration(node)) {
        names.push(node.name);
      } else if (holdsStatements(ts, node)) {
        ts.forEachChild(node, (child) => {
          pending.push({ node: child, isTop: false });
        });
      }
    }
    return names;
  }
}

function namesOfImport(ts: TypeScript, { importClause }: ts.ImportDeclaration): ts.Identifier[] {
  const named = importClause?.namedBindings;
  const names =
    named === undefined
      ? []
      : ts.isNamespaceImport(named)
        ? [named.name]
        : named.elements.map(({ name }) => name);
  return importClause?.name === undefined ? names : [importClause.name, ...names];
}

/** Statements in which others may stand that declare variables of the function. */
function holdsStatements(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isIfStatement(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isTryStatement(node) ||
    ts.isCatchClause(node) ||
    ts.isSwitchStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCaseOrDefaultClause(node) ||
    ts.isLabeledStatement(node) ||
    ts.isWithStatement(node)
  );
}

/** Code that `eval` is given sees the variables around it by the names that are written. */
export function tellNames(to: Lowering, node: ts.Node): void {
  const span = to.span(node);
  for (const [written, called] of to.scopes.renamed())
    to.hoist({
      kind: 'assign',
      target: name(written, span),
      value: name(called, span),
      operator: '=',
      span,
    });
}
