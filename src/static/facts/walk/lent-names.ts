import type { Statement } from '../../../model/program.ts';
import type { Walk } from './walk.ts';

/** `global x` and `nonlocal x` say whose variable a name is. */
export function isScopeStatement(
  walk: Walk,
  { expression, span }: Extract<Statement, { kind: 'expression' }>,
): boolean {
  if (walk.language !== 'python' || expression.kind !== 'other') return false;
  const word = /^(?:global|nonlocal)\b/.exec(walk.layer.source.text.slice(span.start, span.start + 9))?.[0];
  if (word === undefined) return false;
  for (const child of expression.children) {
    if (child.kind !== 'name') continue;
    let frame = word === 'global' ? walk.moduleFrame : walk.frame.parent;
    while (word === 'nonlocal' && frame !== null && !frame.has(child.name)) frame = frame.parent;
    if (frame !== null) walk.frame.lend(child.name, frame);
  }
  return true;
}
