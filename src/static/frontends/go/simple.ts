import type { Expression, Statement } from '../../../model/program.ts';
import { effect, expression, expressionList } from './expressions.ts';
import type { Reader } from './reader.ts';
import { KIND } from './tokens.ts';

/** What may stand before a body, and as a statement of its own. */
export interface Simple {
  readonly statements: readonly Statement[];
  /** When it is an expression and nothing else; it is none of the statements. */
  readonly value: Expression | null;
  /** `… range x`: what the loop goes over, and its variables. */
  readonly range: { readonly binding: Expression | null; readonly over: Expression } | null;
}

const ASSIGNMENT = /^(?:[-+*/%&|^]|<<|>>|&\^)?=$/;

/** Functions of this name give, for a loop, the places of what they are given, or these and what stands there. */
const PLACES = 'range.keys';
const PAIRS = 'range.pairs';

/** Reads an assignment, a declaration with `:=`, a count, something sent, or an expression. */
export function simpleStatement(reader: Reader): Simple {
  if (reader.isSign('range')) return { statements: [], value: null, range: ranged(reader, []) };
  const { start } = reader;
  const left = expressionList(reader);
  const [first] = left;
  const word = reader.kind === KIND.operator ? reader.word : '';
  if (word === ':=' || word === '=') {
    reader.at++;
    if (reader.isSign('range')) {
      const over = ranged(reader, left);
      if (word === ':=') declareAll(reader, left);
      return { statements: [], value: null, range: word === ':=' ? bindDeclared(reader, over) : over };
    }
    const right = expressionList(reader);
    if (word === ':=') declareAll(reader, left);
    const targets = word === ':=' ? left.map((each) => renamed(reader, each)) : left;
    return { statements: assigned(reader, targets, right, word, start), value: null, range: null };
  }
  if (first === undefined) return { statements: [], value: null, range: null };
  if (ASSIGNMENT.test(word)) {
    reader.at++;
    const value = expression(reader);
    const span = reader.spanFrom(start);
    return plain([{ kind: 'assign', target: first, value, operator: word, span }]);
  }
  if (word === '++' || word === '--') {
    reader.at++;
    const span = reader.spanFrom(start);
    const value: Expression = { kind: 'literal', value: 1, span };
    return plain([{ kind: 'assign', target: first, value, operator: word === '++' ? '+=' : '-=', span }]);
  }
  if (word === '<-') {
    reader.at++;
    const value = expression(reader);
    const span = reader.spanFrom(start);
    const index: Expression = { kind: 'other', children: [], span };
    const target: Expression = { kind: 'index', object: first, index, span };
    return plain([{ kind: 'assign', target, value, operator: '=', span }]);
  }
  if (left.length === 1) return { statements: [], value: first, range: null };
  return plain(left.map(effect));
}

function plain(statements: readonly Statement[]): Simple {
  return { statements, value: null, range: null };
}

/** The statements of what was read. */
export function statementsOf({ statements, value }: Simple): readonly Statement[] {
  return value === null ? statements : [effect(value)];
}

/** Where a name stands in the program, its variable may have another name. */
function written(reader: Reader, { span }: Expression): string {
  return reader.text.slice(span.start, span.end);
}

function declareAll(reader: Reader, targets: readonly Expression[]): void {
  for (const each of targets)
    if (each.kind === 'name') reader.declare(written(reader, each), each.span.start);
}

function renamed(reader: Reader, target: Expression): Expression {
  return target.kind === 'name' ? { ...target, name: reader.resolve(written(reader, target)) } : target;
}

/** `a, b = b, a` and the like, one assignment each where there is a value for each; else one of what a call gives. */
export function assigned(
  reader: Reader,
  targets: readonly Expression[],
  values: readonly Expression[],
  operator: string,
  start: number,
): Statement[] {
  const span = reader.spanFrom(start);
  const [value] = values;
  const [only] = targets;
  if (value === undefined || only === undefined) return [];
  if (targets.length === 1 && values.length === 1)
    return [isBlank(only) ? effect(value) : { kind: 'assign', target: only, value, operator, span }];
  if (values.length === 1) {
    const target: Expression = { kind: 'list', elements: targets, span };
    return [{ kind: 'assign', target, value, operator, span }];
  }
  if (operator === ':=' || !isSwap(targets, values))
    return values.flatMap((each, index) =>
      assigned(reader, [targets[index] ?? only], [each], operator, start),
    );
  const elements = values;
  return [
    {
      kind: 'assign',
      target: { kind: 'list', elements: targets, span },
      value: { kind: 'list', elements, span },
      operator,
      span,
    },
  ];
}

/** A value is read that another of the assignments changes. */
function isSwap(targets: readonly Expression[], values: readonly Expression[]): boolean {
  return values.some((value) => value.kind !== 'literal') && targets.length <= 8;
}

function isBlank(target: Expression): boolean {
  return target.kind === 'name' && target.name === '_';
}

/** Reads `range x`. A loop over places alone, or over both, goes over what a function gives that the walk knows. */
function ranged(
  reader: Reader,
  targets: readonly Expression[],
): { readonly binding: Expression | null; readonly over: Expression } {
  reader.expect('range');
  const over = expression(reader);
  const [first, second] = targets;
  const isSecond = second !== undefined && !isBlank(second);
  if (first === undefined || (isBlank(first) && !isSecond)) return { binding: null, over };
  if (isSecond && isBlank(first)) return { binding: second, over };
  const { span } = over;
  const callee: Expression = { kind: 'name', name: isSecond ? PAIRS : PLACES, span };
  const call: Expression = { kind: 'call', callee, args: [{ name: null, value: over }], span };
  if (!isSecond) return { binding: first, over: call };
  const pair: Expression = {
    kind: 'list',
    elements: [first, second],
    span: { start: first.span.start, end: second.span.end },
  };
  return { binding: pair, over: call };
}

function bindDeclared(
  reader: Reader,
  { binding, over }: { readonly binding: Expression | null; readonly over: Expression },
): Simple['range'] {
  if (binding === null) return { binding, over };
  return {
    binding:
      binding.kind === 'list'
        ? { ...binding, elements: binding.elements.map((each) => renamed(reader, each)) }
        : renamed(reader, binding),
    over,
  };
}
