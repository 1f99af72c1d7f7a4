import type { Expression, Statement } from '../../../model/program.ts';
import type { Value } from './value.ts';

/** How deep an expression may nest; what lies deeper becomes a statement of its own. */
const MAXIMUM_DEPTH = 200;

type Composite = Exclude<Value, { readonly kind: 'constant' }>;

/**
 * Values as statements: each root, then each call that no root leads to. An object that is referred to more than once is assigned to a
 * name where it appears first and is that name from then on, so that cycles and bombs of references stay as small as the file.
 * The names contain `@`, which no global does.
 */
export function lowerValues(roots: readonly Value[], calls: readonly Value[]): Statement[] {
  const statements: Statement[] = [];
  const names = new Map<Value, string>();
  const done = new Set<Value>();
  const postponed: Value[] = [];

  const nameOf = (value: Value): string => {
    let name = names.get(value);
    if (name === undefined) {
      name = `object@${String(names.size)}`;
      names.set(value, name);
    }
    return name;
  };

  const lower = (value: Value, depth: number): Expression => {
    if (value.kind === 'constant') return value.expression;
    const { span } = value;
    const reference = (): Expression => ({ kind: 'name', name: nameOf(value), span });
    if (done.has(value)) return reference();
    if (depth > MAXIMUM_DEPTH) {
      value.isShared = true;
      postponed.push(value);
      return reference();
    }
    done.add(value);
    const lowered = lowerNew(value, depth + 1);
    return value.isShared ? { kind: 'assignment', target: reference(), value: lowered, span } : lowered;
  };

  const lowerNew = (value: Composite, depth: number): Expression => {
    const { span } = value;
    switch (value.kind) {
      case 'list':
        return { kind: 'list', elements: value.items.map((item) => lower(item, depth)), span };
      case 'record': {
        const entries = value.entries.map(({ key, value: content }) => ({
          key: lower(key, depth),
          value: lower(content, depth),
        }));
        return { kind: 'record', entries, span };
      }
      case 'member':
        return { kind: 'member', object: lower(value.object, depth), property: value.property, span };
      case 'call': {
        const callee = lower(value.callee, depth);
        const args = value.args.map(({ name, value: content }) => ({ name, value: lower(content, depth) }));
        return { kind: 'call', callee, args, span };
      }
    }
  };

  const emit = (value: Value): void => {
    if (done.has(value)) return;
    const expression = lower(value, 0);
    statements.push({ kind: 'expression', expression, span: expression.span });
  };

  for (const root of roots) emit(root);
  for (let next = postponed.pop(); next !== undefined; next = postponed.pop()) emit(next);
  for (const call of calls) {
    emit(call);
    for (let next = postponed.pop(); next !== undefined; next = postponed.pop()) emit(next);
  }
  return statements;
}
