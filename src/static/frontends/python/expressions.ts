import type { ArgumentNode, Expression } from '../../../model/program.ts';
import { lowerOther, type ExpressionHandler, type Lowering } from './lowering.ts';
import { dottedName, identifierText } from './names.ts';
import { lowerParameters } from './parameters.ts';

const lowerIdentifier: ExpressionHandler = (lowering, row) => ({
  kind: 'name',
  name: identifierText(lowering, row),
  span: lowering.span(row),
});

/** `a.b.c` where only a name can stand: in imports and patterns. */
const lowerDottedName: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const [first = '', ...rest] = dottedName(lowering, row).split('.');
  let result: Expression = { kind: 'name', name: first, span };
  for (const property of rest.slice(0, 32)) {
    result = { kind: 'member', object: result, property, span };
  }
  return result;
};

const lowerAttribute: ExpressionHandler = (lowering, row) => {
  const object = lowering.first(row);
  const property = lowering.last(row);
  if (object < 0 || property === object) {
    return lowerOther(lowering, row);
  }
  return {
    kind: 'member',
    object: lowering.expression(object),
    property: identifierText(lowering, property),
    span: lowering.span(row),
  };
};

const lowerCall: ExpressionHandler = (lowering, row) => {
  lowering.seenCalls[row] = 1;
  const callee = lowering.first(row);
  const list = callee < 0 ? -1 : lowering.last(row);
  if (list < 0 || list === callee) {
    return lowerOther(lowering, row);
  }
  return {
    kind: 'call',
    callee: lowering.expression(callee),
    args: lowerArguments(lowering, list),
    span: lowering.span(row),
  };
};

/** @param list an argument list, or the generator expression that stands for one */
function lowerArguments(lowering: Lowering, list: number): ArgumentNode[] {
  const { table, kinds } = lowering;
  if (lowering.kind(list) !== kinds.argument_list) {
    return [{ name: null, value: lowering.expression(list) }];
  }
  const args: ArgumentNode[] = [];
  const end = table.next[list]!;
  for (let child = list + 1; child < end; child = table.next[child]!) {
    args.push(lowerArgument(lowering, child));
  }
  return args;
}

function lowerArgument(lowering: Lowering, row: number): ArgumentNode {
  const { kinds } = lowering;
  const kind = lowering.kind(row);
  if (kind === kinds.keyword_argument) {
    const name = lowering.first(row);
    const value = lowering.last(row);
    return name < 0 || value === name
      ? { name: null, value: lowerOther(lowering, row) }
      : { name: identifierText(lowering, name), value: lowering.expression(value) };
  }
  if (kind === kinds.list_splat || kind === kinds.list_splat_pattern) {
    return { name: '*', value: lowering.expression(row) };
  }
  if (kind === kinds.dictionary_splat || kind === kinds.dictionary_splat_pattern) {
    return { name: '**', value: lowering.expression(row) };
  }
  return { name: null, value: lowering.expression(row) };
}

/** Parentheses, `await`, annotations, splats: what they wrap. */
const lowerWrapper: ExpressionHandler = (lowering, row) => {
  const inner = lowering.first(row);
  return inner >= 0 && lowering.after(inner, row) < 0
    ? lowering.expression(inner)
    : lowerOther(lowering, row);
};

const lowerList: ExpressionHandler = (lowering, row) => ({
  kind: 'list',
  elements: lowering.expressions(row),
  span: lowering.span(row),
});

const lowerDictionary: ExpressionHandler = (lowering, row) => {
  const entries: { key: Expression | null; value: Expression }[] = [];
  const { table, kinds } = lowering;
  const end = table.next[row]!;
  for (let child = row + 1; child < end; child = table.next[child]!) {
    entries.push(
      lowering.kind(child) === kinds.pair
        ? lowerPair(lowering, child)
        : { key: null, value: lowering.expression(child) },
    );
  }
  return { kind: 'record', entries, span: lowering.span(row) };
};

function lowerPair(lowering: Lowering, row: number): { key: Expression | null; value: Expression } {
  const key = lowering.first(row);
  const value = lowering.last(row);
  return key < 0 || key === value
    ? { key: null, value: lowerOther(lowering, row) }
    : { key: lowering.expression(key), value: lowering.expression(value) };
}

/** A pair on its own: the element of a dictionary comprehension. */
const lowerLonePair: ExpressionHandler = (lowering, row) => ({
  kind: 'record',
  entries: [lowerPair(lowering, row)],
  span: lowering.span(row),
});

const lowerSubscript: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const [value, ...indexes] = lowering.children(row);
  if (value === undefined || indexes.length === 0) {
    return lowerOther(lowering, row);
  }
  const object = lowering.expression(value);
  const only = indexes[0]!;
  if (indexes.length > 1) {
    const elements = indexes.map((index) => lowering.expression(index));
    return { kind: 'index', object, index: { kind: 'list', elements, span }, span };
  }
  if (lowering.kind(only) !== lowering.kinds.slice) {
    return { kind: 'index', object, index: lowering.expression(only), span };
  }
  const [start, stop, step] = sliceParts(lowering, only);
  return { kind: 'slice', object, start: start ?? null, stop: stop ?? null, step: step ?? null, span };
};

/** The parts between the colons; undefined where left out. */
function sliceParts(lowering: Lowering, row: number): (Expression | undefined)[] {
  const parts: (Expression | undefined)[] = [];
  let at = 0;
  for (const child of lowering.children(row)) {
    if (lowering.isExpression(child)) {
      parts[at] = lowering.expression(child);
    } else if (lowering.nodeType(child) === ':') {
      at += 1;
    }
  }
  return parts;
}

/** A slice among several indexes: `x[1:2, ::3]`. */
const lowerLoneSlice: ExpressionHandler = (lowering, row) => ({
  kind: 'other',
  children: sliceParts(lowering, row).filter((part) => part !== undefined),
  span: lowering.span(row),
});

const lowerConditional: ExpressionHandler = (lowering, row) => {
  const [whenTrue, test, whenFalse] = lowering.children(row);
  if (whenTrue === undefined || test === undefined || whenFalse === undefined) {
    return lowerOther(lowering, row);
  }
  return {
    kind: 'conditional',
    test: lowering.expression(test),
    whenTrue: lowering.expression(whenTrue),
    whenFalse: lowering.expression(whenFalse),
    span: lowering.span(row),
  };
};

/** `target := value`, and the inner assignment of `a = b = value`. */
const lowerAssignment: ExpressionHandler = (lowering, row) => {
  const target = lowering.first(row);
  const value = lowering.last(row);
  if (target < 0 || value === target) {
    return lowerOther(lowering, row);
  }
  return {
    kind: 'assignment',
    target: lowering.expression(target),
    value: lowering.expression(value),
    span: lowering.span(row),
  };
};

const lowerLambda: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const parameters = lowering.child(row, lowering.kinds.lambda_parameters);
  const body = lowering.last(row);
  const value = body < 0 || body === parameters ? null : lowering.expression(body);
  return {
    kind: 'function',
    definition: {
      name: null,
      parameters: parameters < 0 ? [] : lowerParameters(lowering, parameters).parameters,
      decorators: [],
      body: value === null ? [] : [{ kind: 'return', value, span: value.span }],
      documentation: null,
      span,
    },
    span,
  };
};

const lowerYield: ExpressionHandler = (lowering, row) => {
  const span = lowering.span(row);
  const isFrom = lowering.children(row).some((child) => lowering.nodeType(child) === 'from');
  const value = lowering.last(row);
  return value < 0 || !lowering.isExpression(value)
    ? { kind: 'other', children: [], span }
    : {
        kind: 'unary',
        operator: isFrom ? 'yield from' : 'yield',
        operand: lowering.expression(value),
        span,
      };
};

/** `value as target` where neither `with` nor `except` deals with it. */
const lowerAs: ExpressionHandler = (lowering, row) => {
  const value = lowering.first(row);
  const target = lowering.child(row, lowering.kinds.as_pattern_target);
  if (value < 0 || target < 0) {
    return lowerOther(lowering, row);
  }
  return {
    kind: 'assignment',
    target: lowering.expression(target),
    value: lowering.expression(value),
    span: lowering.span(row),
  };
};

/** `name=value` where no argument can stand: the value. */
const lowerLastOnly: ExpressionHandler = (lowering, row) => {
  const value = lowering.last(row);
  return value < 0 ? lowerOther(lowering, row) : lowering.expression(value);
};

/** Handlers by node type. */
export const EXPRESSION_HANDLERS: Readonly<Record<string, ExpressionHandler>> = {
  identifier: lowerIdentifier,
  dotted_name: lowerDottedName,
  attribute: lowerAttribute,
  call: lowerCall,
  argument_list: lowerOther,
  keyword_argument: lowerLastOnly,
  parenthesized_expression: lowerWrapper,
  parenthesized_list_splat: lowerWrapper,
  await: lowerWrapper,
  list_splat: lowerWrapper,
  dictionary_splat: lowerWrapper,
  list_splat_pattern: lowerWrapper,
  dictionary_splat_pattern: lowerWrapper,
  as_pattern_target: lowerWrapper,
  type: lowerWrapper,
  splat_type: lowerOther,
  generic_type: lowerOther,
  union_type: lowerOther,
  constrained_type: lowerOther,
  member_type: lowerAttribute,
  type_parameter: lowerOther,
  tuple: lowerList,
  list: lowerList,
  set: lowerList,
  expression_list: lowerList,
  pattern_list: lowerList,
  tuple_pattern: lowerList,
  list_pattern: lowerList,
  dictionary: lowerDictionary,
  pair: lowerLonePair,
  subscript: lowerSubscript,
  slice: lowerLoneSlice,
  conditional_expression: lowerConditional,
  named_expression: lowerAssignment,
  assignment: lowerAssignment,
  augmented_assignment: lowerAssignment,
  lambda: lowerLambda,
  yield: lowerYield,
  as_pattern: lowerAs,
  chevron: lowerWrapper,
  ERROR: lowerOther,
};
