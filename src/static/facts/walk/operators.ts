import type { Expression } from '../../../model/program.ts';
import { made, plain, textOf } from '../../fold/constant.ts';
import { fillPercent, foldBinary, foldSlice } from '../../fold/operations.ts';
import { sentInto } from '../calls/generators.ts';
import { assign } from './assignment.ts';
import { evaluate } from './expressions.ts';
import { carried } from '../texts/carried-commands.ts';
import { noteFormatted } from '../texts/formatted-texts.ts';
import { noteComparison } from '../calls/looked-up-names.ts';
import { noteString } from '../texts/noted-strings.ts';
import { withShownSecret } from '../texts/shown-secrets.ts';
import { eitherOf } from './frame.ts';
import { underGuard } from '../guards/guards-in.ts';
import { builtinByMethod, operatorByMethod } from '../calls/protocol-methods.ts';
import { knownElements } from '../values/sequences.ts';
import { compared, truthOf } from '../values/truth.ts';
import {
  atNode,
  changed,
  constantValue,
  flowingValue,
  knownText,
  listValue,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { MAX_YIELDS, type Walk } from './walk.ts';

const COMPARISONS: ReadonlySet<string> = new Set([
  ...['==', '===', '!=', '!==', '<', '<=', '>', '>=', '=~'],
  ...['in', 'not in', 'is', 'is not', 'instanceof'],
]);
/** Those of shells and of PowerShell: `-eq`. */
const WORD_COMPARISON = /^-\w+$/;
const CHOICES = new Set(['or', 'and', '||', '&&', '??']);

/** Literals put together in the middle of a word: text that its author took apart (`'ev' + 'al'`). Bounded by the text's length. */
function isPiecemeal(expression: Extract<Expression, { kind: 'binary' }>): boolean {
  const pieces: string[] = [];
  const waiting: Expression[] = [expression];
  for (let next = waiting.pop(); next !== undefined && pieces.length < 200; next = waiting.pop()) {
    if (next.kind === 'binary') waiting.push(next.right, next.left);
    else if (next.kind === 'literal' && typeof next.value === 'string') pieces.push(next.value);
    else return false;
  }
  return pieces.some((piece, index) => /[a-z]$/i.test(pieces[index - 1] ?? '') && /^[a-z]/i.test(piece));
}

/** What an operator makes of two operands. */
export function evaluateBinary(walk: Walk, expression: Extract<Expression, { kind: 'binary' }>): Value {
  const { operator } = expression;
  const left = evaluate(walk, expression.left);
  if (walk.quiet > 0 && CHOICES.has(operator)) return chosen(walk, operator, left, expression.right);
  const right =
    operator === 'and' || operator === '&&'
      ? underGuard(walk, expression.left, () => evaluate(walk, expression.right))
      : evaluate(walk, expression.right);
  if (CHOICES.has(operator)) return eitherOf(walk.graph, right, left);
  const given = operatorByMethod(walk, operator, left, right);
  if (given !== null) return atNode(given, walk.graph.join([given.node, left.node, right.node]));
  if (COMPARISONS.has(operator) || (operator.length > 1 && WORD_COMPARISON.test(operator))) {
    if (/^[!=]==?$/.test(operator)) noteComparison(walk, left, right, expression.span);
    const truth = walk.quiet > 0 ? compared(operator, left, right) : null;
    return truth === null ? UNKNOWN : constantValue(plain(truth));
  }
  const node = walk.graph.join([left.node, right.node]);
  // `{…} | {…}`: the second has the last word.
  if (operator === '|' && left.entries !== null && right.entries !== null)
    return changed(UNKNOWN, { entries: new Map([...left.entries, ...right.entries]), node });
  if (operator === '%' && left.constant !== null && right.elements !== null) {
    const format = textOf(left.constant);
    const values = right.elements.map((element) => element.constant);
    const filled = format === null ? null : fillPercent(format, values);
    if (filled !== null)
      return carried(walk, constantValue(made(filled, [left.constant]), node), expression.span);
  }
  if (left.constant !== null && right.constant !== null) {
    const folded = foldBinary(operator, left.constant, right.constant, walk.language);
    if (folded !== null) {
      const isShort = typeof folded.value === 'string' && folded.value.length <= 40;
      const constant =
        folded.origin === 'assembled' && !(isShort && isPiecemeal(expression))
          ? made(folded.value as string, [left.constant, right.constant])
          : folded;
      const text = textOf(constant);
      if (text !== null && constant !== null) noteString(walk, text, constant, expression.span);
      return carried(walk, constantValue(constant, node), expression.span);
    }
  }
  if (operator === '/' && left.name === 'pathlib.Path') {
    const base = knownText(left);
    const rest = knownText(right);
    const joined = `${base ?? '*'}/${rest ?? '*'}`;
    return changed(UNKNOWN, {
      name: 'pathlib.Path',
      constant: base === null || rest === null ? null : plain(joined),
      pieces: [joined],
      node,
    });
  }
  if (operator === '+') {
    if (
      left.elements !== null &&
      right.elements !== null &&
      left.elements.length + right.elements.length < 10_000
    ) {
      return listValue([...left.elements, ...right.elements], node);
    }
    const whole = changed(UNKNOWN, { pieces: piecesOf([left, right]), node });
    noteFormatted(walk, whole, [left, right], expression.span);
    return whole;
  }
  if (operator === '%' && left.constant !== null) {
    const format = textOf(left.constant);
    if (format !== null && /%[(a-z]/.test(format)) noteFormatted(walk, left, [left, right], expression.span);
    return changed(UNKNOWN, {
      pieces:
        format === null
          ? null
          : format.split(/(?=%[a-z])|(?<=%[a-z])/).map((part) => (/^%[a-z]$/.test(part) ? right : part)),
      node,
    });
  }
  return node === 0 ? UNKNOWN : flowingValue(node);
}

/** While running: the operand that `and`, `or`, `??` gives. */
function chosen(walk: Walk, operator: string, left: Value, right: Expression): Value {
  const truth = truthOf(left, walk);
  if (truth === null) return UNKNOWN;
  const takesRight =
    operator === 'and' || operator === '&&'
      ? truth
      : operator === '??'
        ? left.constant?.value === null
        : !truth;
  return takesRight ? evaluate(walk, right) : left;
}

function piecesOf(values: readonly Value[]): readonly (string | Value)[] | null {
  const pieces: (string | Value)[] = [];
  let isKnown = false;
  for (const value of values) {
    const text = textOf(value.constant);
    if (text !== null) pieces.push(text);
    else if (value.pieces !== null && value.pieces.length < 1_000) pieces.push(...value.pieces);
    else pieces.push(value);
    isKnown ||= text !== null || value.pieces !== null;
  }
  return isKnown ? pieces : null;
}

/** What a value is in a text: what its class says. */
function shown(walk: Walk, value: Value): Value {
  if (value.instance === null) return value;
  const given = builtinByMethod(walk, 'format', [value]);
  return given === null ? value : atNode(given, walk.graph.join([given.node, value.node]));
}

/** A text with values in it. */
export function evaluateTemplate(walk: Walk, expression: Extract<Expression, { kind: 'template' }>): Value {
  const parts = expression.parts.map((part) => shown(walk, evaluate(walk, part)));
  const node = walk.graph.join(parts.map((part) => part.node));
  const constants = parts.map((part) => part.constant);
  if (constants.every((constant) => constant !== null)) {
    // Added, not joined: what is joined is copied, and a text may grow by one sign in each of 200,000 lines.
    const text = constants.reduce((before, { value }) => before + String(value), '');
    const whole = made(text, constants);
    if (whole !== null) noteString(walk, text, whole, expression.span);
    return carried(walk, constantValue(whole, node), expression.span);
  }
  const whole = changed(UNKNOWN, { pieces: piecesOf(parts), node });
  noteFormatted(walk, whole, parts, expression.span);
  return withShownSecret(walk, expression, whole);
}

/** A part of a text or list, from one bound to another. */
export function evaluateSlice(walk: Walk, expression: Extract<Expression, { kind: 'slice' }>): Value {
  const object = evaluate(walk, expression.object);
  const numberOf = (bound: Expression | null): number | null | undefined => {
    if (bound === null) return null;
    const value = evaluate(walk, bound).constant?.value;
    return typeof value === 'number' ? value : undefined;
  };
  const start = numberOf(expression.start);
  const stop = numberOf(expression.stop);
  const step = numberOf(expression.step);
  if (start === undefined || stop === undefined || step === undefined) return flowingValue(object.node);
  if (object.elements !== null && (step === null || step === 1)) {
    return listValue(object.elements.slice(start ?? 0, stop ?? undefined), object.node);
  }
  return constantValue(
    object.constant === null ? null : foldSlice(object.constant, start, stop, step),
    object.node,
  );
}

/** While running: what a generator gives next; nothing is kept beyond what any list may hold. */
function giveOut({ yields }: Walk, values: readonly Value[]): void {
  if (yields !== null && yields.length <= MAX_YIELDS) yields.push(...values);
}

/** While running: operators that count, negate, or give a generator's next value. */
function computedUnary(
  walk: Walk,
  { operator, operand: target }: Extract<Expression, { kind: 'unary' }>,
  operand: Value,
): Value | null {
  const number = operand.constant?.value;
  switch (operator) {
    case '++':
    case '--': {
      if (typeof number !== 'number') return null;
      // Written before or after, what it gives is hardly ever used but by `while (--n)`.
      const changed = constantValue(plain(operator === '++' ? number + 1 : number - 1));
      assign(walk, target, changed);
      return changed;
    }
    case 'not':
    case '!': {
      const truth = truthOf(operand, walk);
      return truth === null ? null : constantValue(plain(!truth));
    }
    case 'yield':
      giveOut(walk, [operand]);
      return UNKNOWN;
    case 'yield from':
      giveOut(walk, knownElements(operand) ?? []);
      return UNKNOWN;
    default:
      return null;
  }
}

/** Words that hand a value to whoever called: a generator's next one, an exception. Null for any other operator. */
function handedOut(walk: Walk, operator: string, operand: Value): Value | null {
  switch (operator) {
    case 'yield':
    case 'yield from':
      walk.graph.connect(operand.node, walk.function?.returnNode ?? 0);
      return walk.function === null ? UNKNOWN : flowingValue(sentInto(walk.graph, walk.function));
    case 'length':
      return UNKNOWN;
    case 'raise':
      // Without a value of its own it is the one that was caught.
      walk.graph.connect(operand.node === 0 ? walk.caught : operand.node, walk.raised);
      return UNKNOWN;
    case 'caught':
      return { ...operand, node: walk.graph.join([operand.node, walk.caught]) };
    default:
      return null;
  }
}

/** What an operator makes of one operand; words that hand a value to somebody else are such operators. */
export function evaluateUnary(walk: Walk, expression: Extract<Expression, { kind: 'unary' }>): Value {
  if (expression.operator === 'declare') {
    const { operand: declared } = expression;
    if (declared.kind === 'name' && !walk.frame.has(declared.name))
      walk.frame.assign(declared.name, UNKNOWN, walk.graph, true);
    return UNKNOWN;
  }
  const operand = evaluate(walk, expression.operand);
  const handed = walk.quiet > 0 ? null : handedOut(walk, expression.operator, operand);
  if (handed !== null) return handed;
  if (walk.quiet > 0) {
    const result = computedUnary(walk, expression, operand);
    if (result !== null) return result;
  }
  const value = operand.constant?.value;
  if (typeof value === 'number' && expression.operator === '-') return constantValue(plain(-value));
  if (typeof value === 'number' && expression.operator === '~') return constantValue(plain(~value));
  if (expression.operator === 'not' || expression.operator === '!') return UNKNOWN;
  return operand.node === 0 ? UNKNOWN : flowingValue(operand.node);
}
