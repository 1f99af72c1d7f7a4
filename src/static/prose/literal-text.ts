import type { Expression, Statement } from '../../model/program.ts';

/** Texts that a module's names are bound to. */
export type Literals = ReadonlyMap<string, Expression>;

/** Parts of one text; what is put together of more is read as far as that. */
const MAX_PARTS = 200;

/** Names that the outermost statements of a program bind to something. */
export function literalsOf(body: readonly Statement[]): Literals {
  const literals = new Map<string, Expression>();
  for (const statement of body) {
    if (statement.kind === 'assign' && statement.operator === '=' && statement.target.kind === 'name') {
      literals.set(statement.target.name, statement.value);
    }
  }
  return literals;
}

/**
 * A text that is written out in a program, also when it is put together of pieces and names of pieces; what is not known leaves a gap.
 * @returns null when no part of it is text
 */
export function literalText(expression: Expression, literals: Literals): string | null {
  const open: Expression[] = [expression];
  const pieces: string[] = [];
  let hasText = false;
  for (let seen = 0; open.length > 0 && seen < MAX_PARTS; seen += 1) {
    const node = open.pop()!;
    if (node.kind === 'literal') {
      if (typeof node.value === 'string') hasText = true;
      pieces.push(String(node.value));
    } else if (node.kind === 'binary' && node.operator === '+') {
      open.push(node.right, node.left);
    } else if (node.kind === 'template') {
      open.push(...node.parts.toReversed());
    } else if (node.kind === 'name' && literals.has(node.name)) {
      open.push(literals.get(node.name)!);
    } else {
      pieces.push('…');
    }
  }
  return hasText ? pieces.join('') : null;
}
