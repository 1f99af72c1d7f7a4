import type { Expression, Program, Statement } from '../../../model/program.ts';
import { isStoring } from '../calls/storing-methods.ts';

/** Statements looked at, at most; beyond them no variable is taken for shared. */
const MAX_STATEMENTS = 200_000;

/** A function that an expression is, or gives to a call, as far as it shows without looking into all expressions. */
function functionsIn(expression: Expression | null): readonly (readonly Statement[])[] {
  if (expression === null) return [];
  if (expression.kind === 'function') return [expression.definition.body];
  if (expression.kind === 'record') return expression.entries.flatMap(({ value }) => functionsIn(value));
  if (expression.kind === 'call') return expression.args.flatMap(({ value }) => functionsIn(value));
  return [];
}

/** `held = x` as an expression, `held.push(x)`. */
function noteStored(expression: Expression, names: Set<string>): void {
  if (expression.kind === 'assignment' && expression.target.kind === 'name')
    names.add(expression.target.name);
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return;
  const { object, property } = expression.callee;
  if (object.kind === 'name' && isStoring(property)) names.add(object.name);
}

/**
 * Names that functions of a program give values to: who reads such a variable outside may read what a function has put in, though its
 * body is walked later. Names of functions' own variables are among them.
 */
export function sharedVariables({ body, language }: Program, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (language === 'python')
    for (const [, listed = ''] of text.matchAll(/\b(?:global|nonlocal) +([\w, ]{1,500})/g))
      for (const name of listed.split(',')) names.add(name.trim());
  const pending: { readonly statements: readonly Statement[]; readonly isInside: boolean }[] = [
    { statements: body, isInside: false },
  ];
  let left = MAX_STATEMENTS;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { isInside } = next;
    for (const statement of next.statements) {
      if (--left < 0) return names;
      const add = (statements: readonly Statement[], inside = isInside): void => {
        if (statements.length > 0) pending.push({ statements, isInside: inside });
      };
      switch (statement.kind) {
        case 'assign':
          if (isInside && statement.target.kind === 'name' && language !== 'python')
            names.add(statement.target.name);
          if (isInside && statement.target.kind === 'index' && statement.target.object.kind === 'name')
            names.add(statement.target.object.name);
          for (const inner of functionsIn(statement.value)) add(inner, true);
          break;
        case 'expression': {
          const { expression } = statement;
          if (isInside) noteStored(expression, names);
          for (const inner of functionsIn(expression)) add(inner, true);
          break;
        }
        case 'return':
        case 'export':
          if (isInside && statement.value !== null) noteStored(statement.value, names);
          for (const inner of functionsIn(statement.value)) add(inner, true);
          break;
        case 'function':
          add(statement.definition.body, true);
          break;
        case 'branch':
          for (const branch of statement.branches) add(branch);
          break;
        case 'block':
          for (const each of statement.bodies) add(each);
          break;
        case 'class':
        case 'loop':
        case 'with':
          add(statement.body);
      }
    }
  }
  return names;
}
