import type { Expression, Statement } from '../../../model/program.ts';
import { docstringOf } from './literals.ts';
import type { Lowering, StatementHandler } from './lowering.ts';
import { identifierText } from './names.ts';
import { lowerAnnotation, lowerParameters } from './parameters.ts';

const lowerFunction: StatementHandler = (lowering, row, out) => {
  functionDefinition(lowering, row, [], out);
};

function functionDefinition(
  lowering: Lowering,
  row: number,
  decorators: readonly Expression[],
  out: Statement[],
): void {
  const { kinds } = lowering;
  const name = lowering.child(row, kinds.identifier);
  const list = lowering.child(row, kinds.parameters);
  const { parameters, annotations } =
    list < 0 ? { parameters: [], annotations: [] } : lowerParameters(lowering, list);
  lowerAnnotation(lowering, lowering.child(row, kinds.type), annotations);
  lowerAnnotation(lowering, lowering.child(row, kinds.type_parameter), annotations);
  for (const annotation of annotations) {
    out.push({ kind: 'expression', expression: annotation, span: annotation.span });
  }
  const span = lowering.span(row);
  out.push({
    kind: 'function',
    definition: {
      name: name < 0 ? null : identifierText(lowering, name),
      parameters,
      decorators,
      ...lowerBody(lowering, row),
      span,
    },
    span,
  });
}

const lowerClass: StatementHandler = (lowering, row, out) => {
  classDefinition(lowering, row, [], out);
};

function classDefinition(
  lowering: Lowering,
  row: number,
  decorators: readonly Expression[],
  out: Statement[],
): void {
  const { kinds } = lowering;
  const name = lowering.child(row, kinds.identifier);
  const list = lowering.child(row, kinds.argument_list);
  out.push({
    kind: 'class',
    name: name < 0 ? '' : identifierText(lowering, name),
    bases: list < 0 ? [] : lowering.children(list).map((base) => lowerBase(lowering, base)),
    decorators,
    ...lowerBody(lowering, row),
    span: lowering.span(row),
  });
}

/** `metaclass=M` is not a base: its value stands inside an `other`. */
function lowerBase(lowering: Lowering, row: number): Expression {
  const value = lowering.expression(row);
  return lowering.kind(row) === lowering.kinds.keyword_argument
    ? { kind: 'other', children: [value], span: lowering.span(row) }
    : value;
}

/** The docstring is taken out of the body. */
function lowerBody(
  lowering: Lowering,
  row: number,
): { body: readonly Statement[]; documentation: string | null } {
  const { kinds } = lowering;
  const block = lowering.child(row, kinds.block);
  const body: Statement[] = [];
  let documentation: string | null = null;
  // What the parser could not place stands beside the block, or instead of it.
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) === kinds.ERROR) {
      lowering.statement(child, body);
    }
  }
  const statements = block < 0 ? [] : lowering.children(block);
  const first = statements[0];
  if (first !== undefined && lowering.kind(first) === kinds.expression_statement) {
    documentation = docstringOf(lowering, first);
  }
  for (const statement of documentation === null ? statements : statements.slice(1)) {
    lowering.statement(statement, body);
  }
  return { body, documentation };
}

const lowerDecorated: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const decorators: Expression[] = [];
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) === kinds.decorator) {
      const inner = lowering.last(child);
      if (inner >= 0) {
        decorators.push(lowering.expression(inner));
      }
    } else if (lowering.kind(child) === kinds.function_definition) {
      functionDefinition(lowering, child, decorators, out);
    } else if (lowering.kind(child) === kinds.class_definition) {
      classDefinition(lowering, child, decorators, out);
    } else {
      lowering.statement(child, out);
    }
  }
};

/** Handlers by node type. */
export const DEFINITION_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  function_definition: lowerFunction,
  class_definition: lowerClass,
  decorated_definition: lowerDecorated,
};
