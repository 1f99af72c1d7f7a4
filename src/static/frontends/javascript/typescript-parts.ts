import type ts from 'typescript';

/** What is taken of the `typescript` package as it declares it. */
const DECLARED = [
  'JSDocParsingMode',
  'NodeFlags',
  'ScriptKind',
  'ScriptTarget',
  'SyntaxKind',
  'canHaveDecorators',
  'canHaveModifiers',
  'createSourceFile',
  'flattenDiagnosticMessageText',
  'forEachChild',
  'getDecorators',
  'getModifiers',
  'isAccessor',
  'isBinaryExpression',
  'isBlock',
  'isCaseBlock',
  'isCaseClause',
  'isCaseOrDefaultClause',
  'isCatchClause',
  'isClassDeclaration',
  'isClassStaticBlockDeclaration',
  'isComputedPropertyName',
  'isConditionalExpression',
  'isConstructorDeclaration',
  'isEnumDeclaration',
  'isExpressionStatement',
  'isExpressionWithTypeArguments',
  'isExternalModule',
  'isExternalModuleReference',
  'isFunctionDeclaration',
  'isIdentifier',
  'isIfStatement',
  'isImportDeclaration',
  'isImportEqualsDeclaration',
  'isIntersectionTypeNode',
  'isIterationStatement',
  'isLabeledStatement',
  'isLeftHandSideExpression',
  'isMethodDeclaration',
  'isModuleBlock',
  'isModuleDeclaration',
  'isNamedExports',
  'isNamespaceExport',
  'isNamespaceImport',
  'isNoSubstitutionTemplateLiteral',
  'isNumericLiteral',
  'isOmittedExpression',
  'isParenthesizedExpression',
  'isParenthesizedTypeNode',
  'isPrivateIdentifier',
  'isPropertyAssignment',
  'isPropertyDeclaration',
  'isRegularExpressionLiteral',
  'isSetAccessor',
  'isShorthandPropertyAssignment',
  'isSpreadAssignment',
  'isSpreadElement',
  'isStringLiteral',
  'isStringLiteralLike',
  'isSwitchStatement',
  'isTemplateExpression',
  'isTryStatement',
  'isTypeNode',
  'isTypeQueryNode',
  'isTypeReferenceNode',
  'isUnionTypeNode',
  'isVariableDeclarationList',
  'isVariableStatement',
  'isWithStatement',
  'tokenToString',
] as const;

/** All that is taken of the package: the build leaves everything else out of the bundle (`scripts/typescript-parser.mjs`). */
export const TYPESCRIPT_PARTS: readonly string[] = [...DECLARED, 'getTokenPosOfNode'];

/** A function that the package exports without declaring it. */
interface Undeclared {
  /** Where a node begins, after blanks and comments. */
  getTokenPosOfNode(node: ts.Node, file: ts.SourceFile): number;
}

/** The `typescript` package as far as it is used, handed around because it is loaded with the first file only. */
export type TypeScript = Pick<typeof ts, (typeof DECLARED)[number]> & Undeclared;
