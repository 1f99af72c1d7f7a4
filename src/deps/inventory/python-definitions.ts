import type { Expression, Program, Statement } from '../../model/program.ts';
import { allExpressions, blocksOf, expressionsOf, stringOf, withParts } from './python-syntax.ts';

/** What is stored under a name. */
export interface Definition {
  readonly value: Expression;
  /** The key it is stored under (`extras["all"] = …`); null for the whole. */
  readonly key: string | null;
}

/** Methods that add what they are given to their object. */
const ADDING = new Set(['append', 'extend', 'insert', 'update', 'add']);

/** What the names of a Python file stand for. Every assignment counts, whichever branch it stands in. */
export class PythonDefinitions {
  readonly #definitions = new Map<string, Definition[]>();
  readonly #functions = new Map<string, readonly Expression[]>();
  readonly #keywords: readonly string[];
  readonly #asked: { readonly keyword: string; readonly value: Expression }[] = [];

  /** @param keywords names of arguments and keys whose values will be asked for */
  constructor(program: Program, keywords: readonly string[]) {
    this.#keywords = keywords;
    this.#readStatements(program.body);
  }

  /** What is stored under a name; undefined when nothing in the file is. */
  of(name: string): readonly Definition[] | undefined {
    return this.#definitions.get(name);
  }

  /** The expressions in a function of the file. */
  inFunction(name: string): readonly Expression[] | undefined {
    return this.#functions.get(name);
  }

  /** What is given to one of the keywords, as an argument (`f(keyword=…)`) or under a key (`{"keyword": …}`). */
  givenTo(keyword: string): Expression[] {
    return this.#asked.filter((asked) => asked.keyword === keyword).map(({ value }) => value);
  }

  #readStatements(body: readonly Statement[]): void {
    const waiting: (readonly Statement[])[] = [body];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const statement of next) {
        waiting.push(...blocksOf(statement));
        this.#define(statement);
        for (const expression of expressionsOf(statement)) this.#readExpression(expression);
      }
    }
  }

  #define(statement: Statement): void {
    if (statement.kind === 'assign') this.#assign(statement.target, statement.value);
    else if (statement.kind === 'with' && statement.binding !== null)
      this.#assign(statement.binding, statement.value);
    else if (statement.kind === 'loop' && statement.binding !== null && statement.iterable !== null)
      this.#assign(statement.binding, statement.iterable);
    else if (statement.kind === 'function' && statement.definition.name !== null)
      this.#functions.set(statement.definition.name, allExpressions(statement.definition.body));
  }

  #assign(target: Expression, value: Expression): void {
    if (target.kind === 'name') this.#add(target.name, { value, key: null });
    else if (target.kind === 'index' && target.object.kind === 'name')
      this.#add(target.object.name, { value, key: stringOf(target.index) });
    if (target.kind === 'index') this.#ask(stringOf(target.index), value);
  }

  #add(name: string, definition: Definition): void {
    const known = this.#definitions.get(name);
    if (known === undefined) this.#definitions.set(name, [definition]);
    else known.push(definition);
  }

  #ask(keyword: string | null, value: Expression): void {
    if (keyword !== null && this.#keywords.includes(keyword)) this.#asked.push({ keyword, value });
  }

  #readExpression(root: Expression): void {
    for (const expression of withParts(root)) {
      if (expression.kind === 'record')
        for (const { key, value } of expression.entries)
          this.#ask(key === null ? null : stringOf(key), value);
      if (expression.kind !== 'call') continue;
      for (const { name, value } of expression.args) this.#ask(name, value);
      // `names.append(x)` and the like add to what the name stands for.
      const { callee } = expression;
      if (callee.kind === 'member' && callee.object.kind === 'name' && ADDING.has(callee.property))
        for (const { value } of expression.args) this.#add(callee.object.name, { value, key: null });
    }
  }
}
