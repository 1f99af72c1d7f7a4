import type { Expression, Program, Statement } from '../../model/program.ts';
import { allExpressions, blocksOf, expressionsOf, givenBy, withParts } from './python-syntax.ts';

/** A string that a list of requirements holds, and where it stands. */
export interface LiteralText {
  readonly value: string;
  readonly offset: number;
  /** The key of the dictionary under which it stands; null outside of one. */
  readonly key: string | null;
  /** False when only the beginning is known, because the rest is computed. */
  readonly isWhole: boolean;
}

/** What an expression holds as far as the text tells. */
export interface StaticValue {
  readonly texts: readonly LiteralText[];
  /** Files whose content it takes in, as written. */
  readonly files: readonly { readonly path: string; readonly offset: number }[];
  /** False when something in it is neither a literal nor the content of a named file. */
  readonly isTold: boolean;
}

/** Expressions that one question may look at, so that names that stand for each other many times over end. */
const MAX_STEPS = 50_000;

/** A name inside a name inside a call: deeper than that nobody writes lists. */
const MAX_DEPTH = 60;

/** Functions that give back what they were given, for a list of requirements. */
const GATHERING = new Set([
  ...['list', 'tuple', 'set', 'frozenset', 'sorted', 'sum', 'dict', 'filter', 'OrderedDict', 'OrderedSet'],
  ...['chain', 'from_iterable'],
]);

/** Methods that give back what their object holds. */
const TRANSPARENT = new Set([
  ...['split', 'splitlines', 'strip', 'rstrip', 'lstrip', 'copy', 'values', 'readlines', 'read', 'read_text'],
  ...['decode', 'union'],
]);

const FILE_NAME = /^[^\n]{0,200}\.(?:txt|in|pip)$/;

/** Files that one value points to. */
const MAX_FILES = 100;

interface Definition {
  readonly value: Expression;
  /** The key it is stored under (`extras["all"] = …`); null for the whole. */
  readonly key: string | null;
}

/**
 * The values of a Python file, without running it. Every assignment to a name counts, whichever branch it stands in: what may be installed
 * somewhere is installed.
 */
export class PythonValues {
  readonly #definitions = new Map<string, Definition[]>();
  readonly #functions = new Map<string, readonly Expression[]>();
  readonly #keywords: readonly string[];
  readonly #asked: { readonly keyword: string; readonly value: Expression }[] = [];
  #steps = 0;

  /** @param keywords names of arguments and keys whose values will be asked for */
  constructor(program: Program, keywords: readonly string[]) {
    this.#keywords = keywords;
    this.#readStatements(program.body);
  }

  /** The values given to one of the keywords, as an argument (`f(keyword=…)`) or under a key (`{"keyword": …}`). */
  of(keyword: string): StaticValue | null {
    const values = this.#asked.filter((asked) => asked.keyword === keyword);
    if (values.length === 0) return null;
    this.#steps = 0;
    return joined(values.map(({ value }) => this.#value(value, null, 0, new Set())));
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

  #value(expression: Expression, key: string | null, depth: number, seen: ReadonlySet<string>): StaticValue {
    this.#steps += 1;
    if (depth > MAX_DEPTH || this.#steps > MAX_STEPS) return UNTOLD;
    const below = (inner: Expression, innerKey = key): StaticValue =>
      this.#value(inner, innerKey, depth + 1, seen);
    switch (expression.kind) {
      case 'literal':
        return typeof expression.value === 'string'
          ? text(expression.value, expression.span.start, key)
          : NOTHING;
      case 'list':
        return joined(expression.elements.map((element) => below(element)));
      case 'record':
        return joined(
          expression.entries.map(({ key: entryKey, value }) =>
            below(value, entryKey === null ? key : (stringOf(entryKey) ?? key)),
          ),
        );
      case 'conditional':
        return joined([below(expression.whenTrue), below(expression.whenFalse)]);
      case 'name':
        return this.#named(expression.name, key, depth, seen);
      case 'index':
        return this.#indexed(expression, key, depth, seen);
      case 'slice':
        return below(expression.object);
      case 'comprehension':
        return this.#comprehension(expression, key, depth, seen);
      case 'binary':
      case 'template': {
        const start = this.#beginning(expression, depth, seen);
        if (start !== null) return text(start.text, expression.span.start, key, start.isWhole);
        return expression.kind === 'binary' && /^(?:\+|\||or|and)$/.test(expression.operator)
          ? joined([below(expression.left), below(expression.right)])
          : UNTOLD;
      }
      case 'call':
        return this.#called(expression, key, depth, seen);
      default:
        return UNTOLD;
    }
  }

  #named(name: string, key: string | null, depth: number, seen: ReadonlySet<string>): StaticValue {
    if (name === 'None' || seen.has(name)) return NOTHING;
    const definitions = this.#definitions.get(name);
    if (definitions === undefined) return UNTOLD;
    const inside = new Set([...seen, name]);
    return joined(
      definitions.map((definition) =>
        this.#value(definition.value, definition.key ?? key, depth + 1, inside),
      ),
    );
  }

  /** `extras["all"]`: of a dictionary only what stands under the key. */
  #indexed(
    expression: Extract<Expression, { kind: 'index' }>,
    key: string | null,
    depth: number,
    seen: ReadonlySet<string>,
  ): StaticValue {
    const wanted = stringOf(expression.index);
    const value = this.#value(expression.object, null, depth + 1, seen);
    const texts = value.texts.filter((item) => wanted === null || item.key === null || item.key === wanted);
    return { ...value, texts: texts.map((item) => ({ ...item, key })) };
  }

  #comprehension(
    { element, binding, iterable }: Extract<Expression, { kind: 'comprehension' }>,
    key: string | null,
    depth: number,
    seen: ReadonlySet<string>,
  ): StaticValue {
    const value = this.#value(iterable, key, depth + 1, seen);
    // `[line.strip() for line in …]` holds what it goes through; anything else makes something new of it.
    let core = element;
    while (core.kind === 'call' && core.callee.kind === 'member' && TRANSPARENT.has(core.callee.property))
      core = core.callee.object;
    const isSame =
      core.kind === 'name' &&
      withParts(binding).some(
        (part) => part.kind === 'name' && part.name === (core as { name: string }).name,
      );
    return isSame || value.texts.length === 0 ? value : { ...value, isTold: false };
  }

  #called(
    { callee, args }: Extract<Expression, { kind: 'call' }>,
    key: string | null,
    depth: number,
    seen: ReadonlySet<string>,
  ): StaticValue {
    const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
    const files = this.#filesOf(
      args.map(({ value }) => value),
      depth,
      seen,
    );
    if (name === 'open' || files.length > 0) return files.length > 0 ? { ...NOTHING, files } : UNTOLD;
    // `map(lambda group: extras[group], groups)` holds what the function gives.
    const mapped = name === 'map' ? givenBy(args[0]?.value) : null;
    if (mapped !== null) return this.#value(mapped, key, depth + 1, seen);
    const own = callee.kind === 'name' ? this.#functions.get(name) : undefined;
    if (own === undefined && (GATHERING.has(name) || (callee.kind === 'member' && TRANSPARENT.has(name)))) {
      const parts = args.map((argument) =>
        this.#value(argument.value, argument.name ?? key, depth + 1, seen),
      );
      if (GATHERING.has(name)) return joined(parts);
      const held = callee.kind === 'member' ? this.#value(callee.object, key, depth + 1, seen) : UNTOLD;
      return split(name === 'union' ? joined([held, ...parts]) : held);
    }
    if (callee.kind === 'member' && callee.object.kind !== 'name') {
      const inner = this.#value(callee.object, key, depth + 1, seen);
      if (inner.files.length > 0) return inner;
    }
    // A function of the same file that reads a list: the files it names, if it names any.
    const inside = this.#filesOf(own ?? [], depth, seen);
    return inside.length > 0 ? { ...NOTHING, files: inside } : UNTOLD;
  }

  #filesOf(
    roots: readonly Expression[],
    depth: number,
    seen: ReadonlySet<string>,
  ): { path: string; offset: number }[] {
    const files: { path: string; offset: number }[] = [];
    for (const part of roots.flatMap((root) => withParts(root))) {
      this.#steps += 1;
      if (this.#steps > MAX_STEPS) break;
      if (part.kind === 'literal' && typeof part.value === 'string' && FILE_NAME.test(part.value))
        files.push({ path: part.value, offset: part.span.start });
      else if (part.kind === 'name' && !seen.has(part.name) && depth < MAX_DEPTH)
        files.push(
          // A file of requirements has one name: the first that are found are enough.
          ...this.#filesOf(
            (this.#definitions.get(part.name) ?? []).map(({ value }) => value),
            depth + 10,
            new Set([...seen, part.name]),
          ).slice(0, MAX_FILES),
        );
    }
    return files;
  }

  /** A text put together from parts, up to the first that is not known; null when it does not begin with text. */
  #beginning(
    expression: Expression,
    depth: number,
    seen: ReadonlySet<string>,
  ): { readonly text: string; readonly isWhole: boolean } | null {
    this.#steps += 1;
    if (depth > MAX_DEPTH || this.#steps > MAX_STEPS) return null;
    if (expression.kind === 'literal')
      return typeof expression.value === 'object' ? null : { text: String(expression.value), isWhole: true };
    if (expression.kind === 'name') {
      const [only, ...others] = this.#definitions.get(expression.name) ?? [];
      if (only === undefined || others.length > 0 || seen.has(expression.name)) return null;
      return this.#beginning(only.value, depth + 1, new Set([...seen, expression.name]));
    }
    const parts = partsOfText(expression);
    let known = '';
    for (const part of parts) {
      const found = this.#beginning(part, depth + 1, seen);
      if (found === null) return known === '' ? null : { text: known, isWhole: false };
      known += found.text;
      if (!found.isWhole) return { text: known, isWhole: false };
    }
    if (parts.length === 0) return null;
    // `"name==%s" % version`: what stands in for the mark is not worked out.
    const mark = expression.kind === 'binary' && expression.operator === '%' ? known.indexOf('%') : -1;
    return mark === -1 ? { text: known, isWhole: true } : { text: known.slice(0, mark), isWhole: false };
  }
}

const ADDING = new Set(['append', 'extend', 'insert', 'update', 'add']);
const NOTHING: StaticValue = { texts: [], files: [], isTold: true };
const UNTOLD: StaticValue = { texts: [], files: [], isTold: false };

function text(value: string, offset: number, key: string | null, isWhole = true): StaticValue {
  return { texts: [{ value, offset, key, isWhole }], files: [], isTold: isWhole };
}

function joined(values: readonly StaticValue[]): StaticValue {
  return {
    texts: values.flatMap(({ texts }) => texts),
    files: values.flatMap(({ files }) => files),
    isTold: values.every(({ isTold }) => isTold),
  };
}

/** `"a b".split()`, `"""…""".splitlines()`: one text for each line. */
function split(value: StaticValue): StaticValue {
  return {
    ...value,
    texts: value.texts.flatMap((item) =>
      item.value
        .split(/\n/)
        .filter((line) => line.trim() !== '')
        .map((line) => ({ ...item, value: line.trim() })),
    ),
  };
}

function stringOf(expression: Expression): string | null {
  return expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : null;
}

function partsOfText(expression: Expression): readonly Expression[] {
  if (expression.kind === 'template') return expression.parts;
  if (expression.kind !== 'binary') return [];
  if (expression.operator === '%') return [expression.left];
  // Lists are added too: only what ends in text is text.
  const isText = withParts(expression).every(({ kind }) =>
    ['binary', 'literal', 'name', 'template', 'call', 'member'].includes(kind),
  );
  return expression.operator === '+' &&
    isText &&
    /literal|template/.test(`${expression.left.kind}${expression.right.kind}`)
    ? [expression.left, expression.right]
    : [];
}
