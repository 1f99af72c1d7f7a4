import type { Expression, Statement } from '../../../src/model/program.ts';

/** The node without its spans, for comparing structure. */
export function withoutSpans(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

type Call = Extract<Expression, { kind: 'call' }>;

/** Every call in the statements, in no particular order; one that is also part of an annotation counts once. */
export function callsIn(statements: readonly Statement[]): Call[] {
  const found = new Set<Call>();
  const pending: unknown[] = [...statements];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node === null || typeof node !== 'object') {
      continue;
    }
    if ((node as { kind?: string }).kind === 'call') {
      found.add(node as Call);
    }
    for (const value of Object.values(node)) pending.push(value);
  }
  return [...found];
}

/** `a.b.c` for a callee made of names; `?` for what is not a name. */
export function calleeText(callee: Expression): string {
  const parts: string[] = [];
  let object = callee;
  while (object.kind === 'member') {
    parts.push(object.property);
    object = object.object;
  }
  parts.push(object.kind === 'name' ? object.name : '?');
  return parts.reverse().join('.');
}
