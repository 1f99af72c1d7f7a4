import type { Expression } from '../../model/program.ts';
import type { PythonDefinitions } from './python-definitions.ts';
import { withParts } from './python-syntax.ts';
import type { Steps } from './steps.ts';

/** A text put together from parts, up to the first that is not known; null when it does not begin with text. */
export function beginningOf(
  expression: Expression,
  definitions: PythonDefinitions,
  steps: Steps,
  depth: number,
  seen: ReadonlySet<string>,
): { readonly text: string; readonly isWhole: boolean } | null {
  if (!steps.take(depth)) return null;
  if (expression.kind === 'literal')
    return typeof expression.value === 'object' ? null : { text: String(expression.value), isWhole: true };
  if (expression.kind === 'name') {
    const [only, ...others] = definitions.of(expression.name) ?? [];
    if (only === undefined || others.length > 0 || seen.has(expression.name)) return null;
    return beginningOf(only.value, definitions, steps, depth + 1, new Set([...seen, expression.name]));
  }
  const parts = partsOfText(expression);
  let known = '';
  for (const part of parts) {
    const found = beginningOf(part, definitions, steps, depth + 1, seen);
    if (found === null) return known === '' ? null : { text: known, isWhole: false };
    known += found.text;
    if (!found.isWhole) return { text: known, isWhole: false };
  }
  if (parts.length === 0) return null;
  // `"name==%s" % version`: what stands in for the mark is not worked out.
  const mark = expression.kind === 'binary' && expression.operator === '%' ? known.indexOf('%') : -1;
  return mark === -1 ? { text: known, isWhole: true } : { text: known.slice(0, mark), isWhole: false };
}

function partsOfText(expression: Expression): readonly Expression[] {
  if (expression.kind === 'template') return expression.parts;
  if (expression.kind !== 'binary') return [];
  if (expression.operator === '%') return [expression.left];
  // Lists are added too: only what ends in text is text.
  const isText = withParts(expression).every(({ kind }) =>
    ['binary', 'literal', 'name', 'template', 'call', 'member'].includes(kind),
  );
  return expression.operator === '+' &&
    isText &&
    /literal|template/.test(`${expression.left.kind}${expression.right.kind}`)
    ? [expression.left, expression.right]
    : [];
}
