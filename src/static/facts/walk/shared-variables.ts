import type { Expression, Program, Statement } from '../../../model/program.ts';
import { isStoring } from '../calls/storing-methods.ts';

/** Statements looked at, at most; beyond them no variable is taken for shared. */
const MAX_STATEMENTS = 200_000;

/** Statements that are still to be looked at, and whether they stand in a function. */
type Pending = { readonly statements: readonly Statement[]; readonly isInside: boolean }[];

function add(statements: readonly Statement[], isInside: boolean, pending: Pending): void {
  if (statements.length > 0) pending.push({ statements, isInside });
}

/** Takes in the bodies of functions that an expression is, or gives to a call, as far as it shows without looking into all expressions. */
function addFunctionsIn(expression: Expression, pending: Pending): void {
  switch (expression.kind) {
    case 'function':
      add(expression.definition.body, true, pending);
      return;
    case 'record':
      for (const { value } of expression.entries) addFunctionsIn(value, pending);
      return;
    case 'call':
      for (const { value } of expression.args) addFunctionsIn(value, pending);
      return;
    default:
  }
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
  if (language === 'python' && (text.includes('global') || text.includes('nonlocal')))
    for (const [, listed = ''] of text.matchAll(/\b(?:global|nonlocal) +([\w, ]{1,500})/g))
      for (const name of listed.split(',')) names.add(name.trim());
  const pending: Pending = [{ statements: body, isInside: false }];
  let left = MAX_STATEMENTS;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { isInside } = next;
    for (const statement of next.statements) {
      if (--left < 0) return names;
      switch (statement.kind) {
        case 'assign':
          if (isInside && statement.target.kind === 'name' && language !== 'python')
            names.add(statement.target.name);
          if (isInside && statement.target.kind === 'index' && statement.target.object.kind === 'name')
            names.add(statement.target.object.name);
          addFunctionsIn(statement.value, pending);
          break;
        case 'expression': {
          const { expression } = statement;
          if (isInside) noteStored(expression, names);
          addFunctionsIn(expression, pending);
          break;
        }
        case 'return':
        case 'export':
          if (isInside && statement.value !== null) noteStored(statement.value, names);
          if (statement.value !== null) addFunctionsIn(statement.value, pending);
          break;
        case 'function':
          add(statement.definition.body, true, pending);
          break;
        case 'branch':
          for (const branch of statement.branches) add(branch, isInside, pending);
          break;
        case 'block':
          for (const each of statement.bodies) add(each, isInside, pending);
          break;
        case 'class':
        case 'loop':
        case 'with':
          add(statement.body, isInside, pending);
      }
    }
  }
  return names;
}
