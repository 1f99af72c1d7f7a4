import type ts from 'typescript';
import type { Expression } from '../../../model/program.ts';
import type { Lowering } from './lowering.ts';

/** Shorter sums stay `binary`, which says more about numbers. */
const SHORTEST_CHAIN = 16;

/** From how far on the first string of a sum is looked for; a sum of numbers is not searched to its end. */
const STRING_WITHIN = 64;

/**
 * A long sum with a string in it (`"a" + b + "c" + …`, ten thousand pieces in packed code) as one flat template.
 * `+` goes from left to right, so everything from the first string on is text.
 * @returns null when the sum is short or holds no string near its start
 */
export function concatenation(to: Lowering, node: ts.BinaryExpression): Expression | null {
  const { ts } = to;
  const isSum = (part: ts.Expression): part is ts.BinaryExpression =>
    ts.isBinaryExpression(part) && part.operatorToken.kind === ts.SyntaxKind.PlusToken;

  if (to.plainSums.has(node)) return null;
  // From the last piece to the first: the tree leans to the left.
  const sums: ts.BinaryExpression[] = [];
  for (let part: ts.Expression = node; isSum(part); part = part.left) sums.push(part);
  if (sums.length < SHORTEST_CHAIN) return null;
  sums.reverse();

  const innermost = sums[0]!;
  if (ts.isStringLiteralLike(innermost.left)) {
    const pieces = [innermost.left, ...sums.map((sum) => sum.right)];
    return { kind: 'template', parts: pieces.map((piece) => to.expression(piece)), span: to.span(node) };
  }
  const first = sums.slice(0, STRING_WITHIN).findIndex((sum) => ts.isStringLiteralLike(sum.right));
  if (first === -1) {
    // Each part of this sum is asked next; walking down again from every one would take the square of the length.
    for (const sum of sums) to.plainSums.add(sum);
    return null;
  }
  const before = sums[first]!.left;
  const pieces = [before, ...sums.slice(first).map((sum) => sum.right)];
  return { kind: 'template', parts: pieces.map((piece) => to.expression(piece)), span: to.span(node) };
}
