import type { Expression } from '../../../model/program.ts';
import { callOf, type Grammar, literal, nameOf, type Reader } from './reader.ts';
import { primary } from './values.ts';

/** Binary operators from the loosest on; a comma binds tightest. */
const LEVELS: readonly RegExp[] = [
  /-(?:and|or|xor)\b/iy,
  /-(?:band|bor|bxor)\b/iy,
  /-[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin|replace|split|join|is|isnot|as)\b/iy,
  /\?\?(?!=)/y,
  /[+]|-(?![A-Za-z])/y,
  /[*/%]/y,
  /-f\b/iy,
  /\.\.(?!\.)/y,
];

/** Operators under the names that other languages have for them. */
const OPERATORS: Readonly<Record<string, string>> = {
  '-bxor': '^',
  '-band': '&',
  '-bor': '|',
  '-and': 'and',
  '-or': 'or',
};

/** The operands that a list stands for. */
function elementsOf(value: Expression): readonly Expression[] {
  return value.kind === 'list' ? value.elements : [value];
}

/** An operator as the method or operator that other languages have for it. */
function applied(operator: string, left: Expression, right: Expression): Expression {
  const span = { start: left.span.start, end: right.span.end };
  const method = (object: Expression, property: string, args: readonly Expression[]): Expression =>
    callOf({ kind: 'member', object, property, span }, args, span);
  const word = operator.toLowerCase().replace(/^-[ci](?=eq|ne|replace|split|join|like|match)/, '-');
  switch (word) {
    case '-join':
      return method(right, 'join', [left]);
    case '-replace':
      return method(left, 'replace', elementsOf(right).slice(0, 2));
    case '-split':
      return method(left, 'split', elementsOf(right).slice(0, 1));
    case '-f':
      return method(left, 'format', elementsOf(right));
    case '..':
      return callOf(nameOf('range', span), [left, right], span);
    default:
      return { kind: 'binary', operator: OPERATORS[word] ?? word, left, right, span };
  }
}

/** A value with the operators before it: `-join $x`, `-not $x`, `!$x`, `-$x`. */
export function unary(reader: Reader, grammar: Grammar): Expression {
  const start = reader.at;
  if (reader.hasLists && reader.take(',')) {
    reader.skip(true);
    const only = reader.deeper(() => unary(reader, grammar));
    return { kind: 'list', elements: [only], span: reader.spanFrom(start) };
  }
  const sign = reader.match(/-(?:join|not|bnot|split)\b|!|\+\+|--|[+-](?=[\d$(.[])/iy);
  if (sign === null) return withComma(reader, grammar);
  reader.skip();
  const operand = reader.deeper(() => unary(reader, grammar));
  const span = reader.spanFrom(start);
  if (/^-join$/i.test(sign))
    return callOf({ kind: 'member', object: literal('', span), property: 'join', span }, [operand], span);
  if (operand.kind === 'literal' && typeof operand.value === 'number' && sign === '-')
    return literal(-operand.value, span);
  return { kind: 'unary', operator: /^-not$/i.test(sign) ? '!' : sign, operand, span };
}

/** A value, or a list of them with commas between. */
function withComma(reader: Reader, grammar: Grammar): Expression {
  const first = primary(reader, grammar);
  const elements = [first];
  for (;;) {
    const before = reader.at;
    reader.skip();
    if (reader.peek() !== ',' || !reader.hasLists) {
      reader.at = before;
      break;
    }
    reader.at++;
    reader.skip(true);
    elements.push(
      reader.sees(/-(?:join|not)\b|[+-]\d/iy) ? unary(reader, grammar) : primary(reader, grammar),
    );
  }
  return elements.length === 1
    ? first
    : { kind: 'list', elements, span: { start: first.span.start, end: reader.at } };
}

/** What the operators of a level and of all that bind tighter make. */
function level(reader: Reader, grammar: Grammar, depth: number): Expression {
  const operators = LEVELS[depth];
  if (operators === undefined) return unary(reader, grammar);
  let left = level(reader, grammar, depth + 1);
  for (let turn = 0; turn < 100_000; turn++) {
    const before = reader.at;
    reader.skip();
    const operator = reader.match(operators);
    if (operator === null) {
      reader.at = before;
      return left;
    }
    reader.skip(true);
    left = applied(operator, left, level(reader, grammar, depth + 1));
  }
  return left;
}

/** An expression with its operators. */
export function expression(reader: Reader, grammar: Grammar): Expression {
  return level(reader, grammar, 0);
}
