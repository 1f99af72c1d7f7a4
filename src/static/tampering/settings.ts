import type { Expression, Span, Statement } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';

/** A condition that must hold, or must not, for something to run. */
export interface Condition {
  readonly test: Expression;
  readonly holds: boolean;
}

/** A place where a function returns something or puts something into a variable. */
export interface Setting {
  /** The variable, or the property that is set; null for what is returned. */
  readonly target: Expression | null;
  readonly operator: string;
  readonly value: Expression;
  readonly conditions: readonly Condition[];
  /** It stands where an exception is caught. */
  readonly isHandling: boolean;
  readonly span: Span;
}

/** So many statements of a function are looked at. */
const MAX_STATEMENTS = 3_000;
/** So deep do conditions nest that are kept. */
const MAX_DEPTH = 24;

const HANDLER = /\b(?:except|catch|rescue)\b/;

interface Place {
  readonly conditions: readonly Condition[];
  readonly isHandling: boolean;
}

function spanOf(statements: readonly Statement[], end: 'first' | 'last'): number | null {
  const one = end === 'first' ? statements[0] : statements.at(-1);
  return one === undefined ? null : end === 'first' ? one.span.start : one.span.end;
}

class Collector {
  readonly settings: Setting[] = [];
  /** Calls that stand as statements. */
  readonly calls: { readonly call: Expression; readonly conditions: readonly Condition[] }[] = [];
  #left = MAX_STATEMENTS;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  walk(statements: readonly Statement[], place: Place, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const statement of statements) {
      if (--this.#left < 0) return;
      this.#one(statement, place, depth);
    }
  }

  #one(statement: Statement, place: Place, depth: number): void {
    switch (statement.kind) {
      case 'return':
        if (statement.value !== null) this.#set(null, '=', statement.value, place, statement.span);
        return;
      case 'assign':
        this.#set(statement.target, statement.operator, statement.value, place, statement.span);
        return;
      case 'expression':
        if (statement.expression.kind === 'assignment')
          this.#set(statement.expression.target, '=', statement.expression.value, place, statement.span);
        else this.calls.push({ call: statement.expression, conditions: place.conditions });
        return;
      case 'branch':
        statement.branches.forEach((branch, index) => {
          const condition = { test: statement.test, holds: index === 0 };
          const conditions = [...place.conditions, condition];
          this.walk(branch, { conditions, isHandling: place.isHandling }, depth + 1);
        });
        return;
      case 'loop':
      case 'with':
        this.walk(statement.body, place, depth + 1);
        return;
      case 'block':
        this.#block(statement.bodies, place, depth);
        return;
      default:
    }
  }

  #block(bodies: readonly (readonly Statement[])[], place: Place, depth: number): void {
    let before: number | null = null;
    for (const body of bodies) {
      const start = spanOf(body, 'first');
      // The name of an exception is bound by a statement of its own, which may begin at the clause's first word.
      const isHandling =
        place.isHandling ||
        (before !== null && start !== null && HANDLER.test(this.#text.slice(before, start + 6)));
      this.walk(body, { conditions: place.conditions, isHandling }, depth + 1);
      before = spanOf(body, 'last') ?? before;
    }
  }

  #set(target: Expression | null, operator: string, value: Expression, place: Place, span: Span): void {
    // `a, b = 1, 2` sets each.
    if (
      target?.kind === 'list' &&
      value.kind === 'list' &&
      target.elements.length === value.elements.length &&
      target.elements.length <= 12
    ) {
      target.elements.forEach((one, index) => {
        this.#set(one, operator, value.elements[index]!, place, span);
      });
      return;
    }
    // Written out: V8 gives what is spread a shape of its own.
    const { conditions, isHandling } = place;
    this.settings.push({ target, operator, value, conditions, isHandling, span });
  }
}

/** What a function returns and sets, and what it calls as a statement, each with what it depends on; functions inside it are left out. */
export function settingsOf(fact: FunctionFact): Pick<Collector, 'settings' | 'calls'> {
  const collector = new Collector(fact.layer.source.text);
  collector.walk(fact.definition.body, { conditions: [], isHandling: false }, 0);
  return collector;
}

/** The name that a target is known by: `reward`, `self.reward`, `row["reward"]`. */
export function nameOfTarget(target: Expression | null): string {
  switch (target?.kind) {
    case 'name':
      return target.name;
    case 'member':
      return target.property;
    case 'index':
      return target.index.kind === 'literal' && typeof target.index.value === 'string'
        ? target.index.value
        : nameOfTarget(target.object);
    default:
      return '';
  }
}
