import type { Expression, Span } from '../../../model/program.ts';

export function literal(value: string, span: Span): Expression {
  return { kind: 'literal', value, span };
}

/** The text of a constant word; null for anything else. */
export function literalText(value: Expression | undefined): string | null {
  return value?.kind === 'literal' ? String(value.value) : null;
}

/** Joins neighbouring constants, so that `c"ur"l` is one text. */
export function joinParts(parts: readonly Expression[], span: Span): Expression {
  const joined: Expression[] = [];
  let text = '';
  let start = -1;
  let end = 0;
  const flush = () => {
    if (start < 0) return;
    if (text !== '') joined.push(literal(text, { start, end }));
    text = '';
    start = -1;
  };
  const add = (part: Expression) => {
    if (part.kind === 'literal' && typeof part.value === 'string') {
      if (start < 0) start = part.span.start;
      text += part.value;
      ({ end } = part.span);
    } else {
      flush();
      joined.push(part);
    }
  };
  for (const part of parts) {
    if (part.kind === 'template') part.parts.forEach(add);
    else add(part);
  }
  flush();
  if (joined.length === 0) return literal('', span);
  const only = joined[0]!;
  return joined.length === 1 ? { ...only, span } : { kind: 'template', parts: joined, span };
}
