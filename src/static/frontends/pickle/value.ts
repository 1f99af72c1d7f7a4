import type { Expression, Span } from '../../../model/program.ts';

/** Something on the stack or in the memo of the pickle machine. Containers and calls are objects: others may hold the same one. */
export type Value =
  | { readonly kind: 'constant'; readonly expression: Expression }
  | (Shareable & { readonly kind: 'list'; readonly items: Value[] })
  | (Shareable & { readonly kind: 'record'; readonly entries: { key: Value; value: Value }[] })
  | (Shareable & { readonly kind: 'member'; readonly object: Value; readonly property: string })
  | (Shareable & {
      readonly kind: 'call';
      readonly callee: Value;
      readonly args: readonly { readonly name: string | null; readonly value: Value }[];
    });

interface Shareable {
  readonly span: Span;
  /** True once something refers to it a second time. */
  isShared: boolean;
}

/** A constant. */
export function constant(
  value: string | number | boolean | null,
  span: Span,
  isBytes = false,
): Value & { readonly kind: 'constant' } {
  const expression: Expression = isBytes
    ? { kind: 'literal', value, span, bytes: true }
    : { kind: 'literal', value, span };
  return { kind: 'constant', expression };
}

/** A list, tuple or set. */
export function list(items: Value[], span: Span): Value & { readonly kind: 'list' } {
  return { kind: 'list', items, span, isShared: false };
}

/** A call. */
export function call(
  callee: Value,
  args: readonly { readonly name: string | null; readonly value: Value }[],
  span: Span,
): Value & { readonly kind: 'call' } {
  return { kind: 'call', callee, args, span, isShared: false };
}

/** A call of a method. */
export function methodCall(
  object: Value,
  method: string,
  values: readonly Value[],
  span: Span,
): Value & { readonly kind: 'call' } {
  share(object);
  const callee: Value = { kind: 'member', object, property: method, span, isShared: false };
  return call(
    callee,
    values.map((value) => ({ name: null, value })),
    span,
  );
}

/** Notes that a value is referred to once more. */
export function share(value: Value): Value {
  if (value.kind !== 'constant') value.isShared = true;
  return value;
}

/** The text of a string constant; null for anything else. */
export function textOf(value: Value | undefined): string | null {
  if (value?.kind !== 'constant' || value.expression.kind !== 'literal') return null;
  const { value: text } = value.expression;
  return typeof text === 'string' ? text : null;
}
