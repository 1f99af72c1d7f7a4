import type { ArgumentNode, Expression } from '../../../model/program.ts';
import type { ExpressionHandler, Lowering } from './lowering.ts';
import { identifierText } from './names.ts';

/** Dotted names are rebuilt up to this many parts. */
const MAX_PARTS = 16;

/**
 * Stands in for a subtree below the depth limit: every call in it, side by side, each with its dotted name and with the arguments that
 * are plain names or strings. Linear in the rows and free of recursion.
 */
export const lowerTooDeep: ExpressionHandler = (lowering, row) => {
  const children: Expression[] = [];
  const end = lowering.table.next[row]!;
  for (let inner = row; inner < end; inner++) {
    if (lowering.kind(inner) === lowering.kinds.call) {
      lowering.seenCalls[inner] = 1;
      children.push(shallowCall(lowering, inner));
    }
  }
  return { kind: 'other', children, span: lowering.span(row) };
};

function shallowCall(lowering: Lowering, row: number): Expression {
  const callee = lowering.first(row);
  const list = lowering.last(row);
  const args: ArgumentNode[] = [];
  if (list >= 0 && lowering.kind(list) === lowering.kinds.argument_list) {
    for (const argument of lowering.children(list)) {
      args.push({ name: null, value: shallow(lowering, argument) });
    }
  }
  return {
    kind: 'call',
    callee: callee < 0 ? unknown(lowering, row) : shallow(lowering, callee),
    args,
    span: lowering.span(row),
  };
}

function shallow(lowering: Lowering, row: number): Expression {
  const { kinds } = lowering;
  const properties: number[] = [];
  let object = row;
  while (object >= 0 && lowering.kind(object) === kinds.attribute && properties.length < MAX_PARTS) {
    properties.push(lowering.last(object));
    object = lowering.first(object);
  }
  if (object < 0) {
    return unknown(lowering, row);
  }
  let result: Expression = unknown(lowering, object);
  if (lowering.kind(object) === kinds.identifier) {
    result = { kind: 'name', name: identifierText(lowering, object), span: lowering.span(object) };
  } else if (lowering.kind(object) === kinds.string) {
    const content = lowering.child(object, kinds.string_content);
    const value = content < 0 ? '' : lowering.text(content);
    result = { kind: 'literal', value, span: lowering.span(object) };
  }
  for (const property of properties.reverse()) {
    result = {
      kind: 'member',
      object: result,
      property: identifierText(lowering, property),
      span: lowering.span(row),
    };
  }
  return result;
}

function unknown(lowering: Lowering, row: number): Expression {
  return { kind: 'other', children: [], span: lowering.span(row) };
}
