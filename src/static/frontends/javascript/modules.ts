import type ts from 'typescript';
import type { ImportBinding, Span, Statement } from '../../../model/program.ts';
import { hasModifier, isDeclared } from './functions.ts';
import { name, on } from './lowering.ts';
import type { Lowering } from './lowering.ts';
import { namesIn } from './patterns.ts';

type Lower = readonly Statement[];

/** How imports and exports lower. What is imported or exported as a type leaves no code and is dropped. */
export function moduleHandlers(to: Lowering): [ts.SyntaxKind, (node: ts.Node) => Lower][] {
  const { SyntaxKind } = to.ts;
  return [
    on<ts.ImportDeclaration, Lower>(SyntaxKind.ImportDeclaration, (node) => importOf(to, node)),
    on<ts.ImportEqualsDeclaration, Lower>(SyntaxKind.ImportEqualsDeclaration, (node) => aliasOf(to, node)),
    on<ts.ExportDeclaration, Lower>(SyntaxKind.ExportDeclaration, (node) => exportOf(to, node)),
    on<ts.ExportAssignment, Lower>(SyntaxKind.ExportAssignment, (node) => [
      { kind: 'export', name: 'default', value: to.expression(node.expression), span: to.span(node) },
    ]),
  ];
}

/** The exports that the word `export` before a declaration makes; nothing for any other statement. */
export function exportsOfDeclaration(to: Lowering, node: ts.Node): Statement[] {
  const { ts } = to;
  if (isDeclared(to, node) || !hasModifier(to, node, ts.SyntaxKind.ExportKeyword)) return [];
  const exported = (identifier: ts.Identifier, as: string): Statement => {
    const span = to.span(identifier);
    return { kind: 'export', name: as, value: name(to.scopes.called(identifier.text), span), span };
  };
  if (ts.isVariableStatement(node)) {
    const names = node.declarationList.declarations.flatMap((each) => namesIn(ts, each.name));
    return names.map((each) => exported(each, each.text));
  }
  if (ts.isEnumDeclaration(node)) return [exported(node.name, node.name.text)];
  if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node)) return [];
  const isDefault = hasModifier(to, node, ts.SyntaxKind.DefaultKeyword);
  if (node.name !== undefined) return [exported(node.name, isDefault ? 'default' : node.name.text)];
  const span = to.span(node);
  return [{ kind: 'export', name: 'default', value: name('default', span), span }];
}

function moduleName(to: Lowering, specifier: ts.Expression): string {
  to.literals.push(to.span(specifier));
  return to.ts.isStringLiteralLike(specifier) ? specifier.text : '';
}

function importOf(to: Lowering, node: ts.ImportDeclaration): Lower {
  const { ts } = to;
  const module = moduleName(to, node.moduleSpecifier);
  const clause = node.importClause;
  const isTypes = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const bindings: ImportBinding[] = [];
  const types: ImportBinding[] = [];
  if (clause?.name !== undefined) bindings.push({ imported: 'default', local: clause.name.text });
  const named = clause?.namedBindings;
  if (named !== undefined && ts.isNamespaceImport(named)) {
    bindings.push({ imported: null, local: named.name.text });
  } else if (named !== undefined) {
    for (const element of named.elements) {
      const binding = { imported: (element.propertyName ?? element.name).text, local: element.name.text };
      (element.isTypeOnly ? types : bindings).push(binding);
    }
  }
  const span = to.span(node);
  if (isTypes) return [{ kind: 'import-types', module, bindings, span }];
  const ofTypes: Lower = types.length === 0 ? [] : [{ kind: 'import-types', module, bindings: types, span }];
  return [{ kind: 'import', module, level: 0, bindings, span }, ...ofTypes];
}

/** `import fs = require('fs')` imports the module; `import a = b.c` is an assignment. */
function aliasOf(to: Lowering, node: ts.ImportEqualsDeclaration): Lower {
  const { ts } = to;
  if (node.isTypeOnly) return [];
  const span = to.span(node);
  const local = node.name.text;
  if (ts.isExternalModuleReference(node.moduleReference)) {
    const module = moduleName(to, node.moduleReference.expression);
    return [{ kind: 'import', module, level: 0, bindings: [{ imported: null, local }], span }];
  }
  const value = to.expression(node.moduleReference);
  return [{ kind: 'assign', target: name(local, to.span(node.name)), value, operator: '=', span }];
}

/**
 * Re-exports are an import and an export. The local name in between contains `@`, which no identifier does, so that it cannot
 * hide another name of the file.
 */
function exportOf(to: Lowering, node: ts.ExportDeclaration): Lower {
  const { ts } = to;
  if (node.isTypeOnly) return [];
  const span = to.span(node);
  const clause = node.exportClause;
  const elements = clause !== undefined && ts.isNamedExports(clause) ? clause.elements : [];
  const values = elements.filter((element) => !element.isTypeOnly);
  if (node.moduleSpecifier === undefined) {
    return values.map((element) => {
      const local = element.propertyName ?? element.name;
      const at = to.span(element);
      return { kind: 'export', name: element.name.text, value: name(local.text, at), span: at };
    });
  }
  const module = moduleName(to, node.moduleSpecifier);
  if (clause === undefined || ts.isNamespaceExport(clause)) {
    return reexport(module, [{ imported: null, exported: clause?.name.text ?? '*' }], span);
  }
  const names = values.map((element) => ({
    imported: (element.propertyName ?? element.name).text,
    exported: element.name.text,
  }));
  return reexport(module, names, span);
}

function reexport(
  module: string,
  names: readonly { readonly imported: string | null; readonly exported: string }[],
  span: Span,
): Lower {
  const local = (exported: string): string => `${exported}@${String(span.start)}`;
  const bindings = names.map(({ imported, exported }) => ({ imported, local: local(exported) }));
  return [
    { kind: 'import', module, level: 0, bindings, span },
    ...names.map(({ exported }): Statement => ({
      kind: 'export',
      name: exported,
      value: name(local(exported), span),
      span,
    })),
  ];
}
