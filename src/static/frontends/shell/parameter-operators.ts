import type { Expression, Span } from '../../../model/program.ts';

/** Operators that test whether the variable is set. */
const DEFAULTS: ReadonlySet<string> = new Set(['-', ':-', '=', ':=']);
/** Operators that end the shell where the variable is not set: what follows has its value. */
const DEMANDS: ReadonlySet<string> = new Set(['?', ':?']);
const ALTERNATIVES: ReadonlySet<string> = new Set(['+', ':+']);
const REPLACEMENTS: ReadonlySet<string> = new Set(['/', '//', '/#', '/%']);

/** Methods that other languages have for it. */
const METHODS: Readonly<Record<string, string>> = { '^^': 'upper', ',,': 'lower' };
const TRIMS: Readonly<Record<string, string>> = {
  '#': 'removeprefix',
  '##': 'removeprefix',
  '%': 'removesuffix',
  '%%': 'removesuffix',
};

/** What is left of a text that is cut where another stands: `${x%.*}`, `${x%%.*}`, `${x#*.}`, `${x##*.}`, under names that no method can have. */
const CUTS: Readonly<Record<string, string>> = {
  '%': '<before last>',
  '%%': '<before first>',
  '#': '<after first>',
  '##': '<after last>',
};

/** Stands for the table of the shell's variables, under a name that no variable can have. */
export const VARIABLES = '<variables>';

/**
 * What has a counterpart in other languages is written as that, so that one folder undoes them all: a default is a conditional,
 * `${x:1:3}` a slice, `${x//a/b}` a call of `replace`, `${x#a}` one of `removeprefix`.
 * @param operands as read: what stands for the default, pattern and replacement, or start and length
 */
export function applied(
  operator: string,
  value: Expression,
  operands: readonly Expression[],
  span: Span,
): Expression {
  const empty: Expression = { kind: 'literal', value: '', span };
  const [first = empty, second] = operands;
  if (DEFAULTS.has(operator)) {
    return { kind: 'conditional', test: value, whenTrue: value, whenFalse: first, span };
  }
  // The message is made only where it is shown.
  if (DEMANDS.has(operator)) {
    return { kind: 'conditional', test: first, whenTrue: value, whenFalse: value, span };
  }
  if (ALTERNATIVES.has(operator)) {
    return { kind: 'conditional', test: value, whenTrue: first, whenFalse: empty, span };
  }
  if (REPLACEMENTS.has(operator)) {
    return methodCall(value, 'replace', [first, second ?? empty], span);
  }
  const method = METHODS[operator];
  if (method !== undefined && first.kind === 'literal' && first.value === '') {
    return methodCall(value, method, [], span);
  }
  const trim = TRIMS[operator];
  if (trim !== undefined && first.kind === 'literal' && !/[*?[\]]/.test(String(first.value))) {
    return methodCall(value, trim, [first], span);
  }
  const cut = CUTS[operator];
  const mark = first.kind === 'literal' ? markOf(operator, String(first.value)) : null;
  if (cut !== undefined && mark !== null)
    return methodCall(value, cut, [{ kind: 'literal', value: mark, span: first.span }], span);
  // What a prompt would show: commands in it are run.
  if (operator === '@' && first.kind === 'literal' && first.value === 'P')
    return promptCall(value, first.span, span);
  return operator === ':'
    ? slice(value, first, second, span)
    : { kind: 'other', children: [value, ...operands], span };
}

/** The text that stands beside the only star of a pattern, where everything on the star's side of it is cut off: `/` in `${x%/*}`. */
function markOf(operator: string, pattern: string): string | null {
  const mark = operator.startsWith('%') ? /^(.+)\*$/s.exec(pattern) : /^\*(.+)$/s.exec(pattern);
  return mark === null || /[*?[\]\\]/.test(mark[1]!) ? null : mark[1]!;
}

function slice(
  object: Expression,
  start: Expression,
  length: Expression | undefined,
  span: Span,
): Expression {
  const from = numberOf(start);
  const count = numberOf(length);
  let stop: Expression | null = null;
  if (length !== undefined) {
    // A negative length counts from the end, as a stop does elsewhere.
    if (from !== null && count !== null) {
      stop = { kind: 'literal', value: count < 0 ? count : from + count, span };
    } else {
      stop = { kind: 'binary', operator: '+', left: start, right: length, span };
    }
  }
  return {
    kind: 'slice',
    object,
    start: from === null ? start : { kind: 'literal', value: from, span },
    stop,
    step: null,
    span,
  };
}

/** A constant whole number; null for anything else. */
function numberOf(part: Expression | undefined): number | null {
  if (part?.kind === 'unary' && part.operator === '-') {
    const number = numberOf(part.operand);
    return number === null ? null : -number;
  }
  if (part?.kind === 'other' && part.children.length === 0) return 0;
  return part?.kind === 'literal' && typeof part.value === 'number' ? part.value : null;
}

/** `: text`, evaluated. @param at where the operator stands: no variable begins there */
function promptCall(value: Expression, at: Span, span: Span): Expression {
  const nothing: Expression = { kind: 'literal', value: ':', span };
  const args = [nothing, value].map((word) => ({ name: null, value: word }));
  return { kind: 'call', callee: { kind: 'name', name: 'eval', span: at }, args, span };
}

function methodCall(
  object: Expression,
  property: string,
  args: readonly Expression[],
  span: Span,
): Expression {
  return {
    kind: 'call',
    callee: { kind: 'member', object, property, span },
    args: args.map((value) => ({ name: null, value })),
    span,
  };
}

/**
 * `${!x}`: the variable that x names, as an entry of the table of variables. `${!x[@]}` and `${!x@}` are lists of names.
 * @param value the variable @param result with its operator applied @param isOne it names one variable
 */
export function indirect(value: Expression, result: Expression, isOne: boolean, span: Span): Expression {
  return isOne
    ? { kind: 'index', object: { kind: 'name', name: VARIABLES, span }, index: value, span }
    : { kind: 'other', children: [result], span };
}
