import type { Expression, Program } from '../../model/program.ts';
import { PythonDefinitions } from './python-definitions.ts';
import { givenBy, stringOf, withParts } from './python-syntax.ts';
import { beginningOf } from './python-text.ts';
import type { StaticValue } from './static-value.ts';
import { joined, NOTHING, split, text, UNTOLD } from './static-value.ts';
import { Steps } from './steps.ts';

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

/**
 * The values of a Python file, without running it. Every assignment to a name counts, whichever branch it stands in: what may be installed
 * somewhere is installed.
 */
export class PythonValues {
  readonly #definitions: PythonDefinitions;
  #steps = new Steps();

  /** @param keywords names of arguments and keys whose values will be asked for */
  constructor(program: Program, keywords: readonly string[]) {
    this.#definitions = new PythonDefinitions(program, keywords);
  }

  /** The values given to one of the keywords, as an argument (`f(keyword=…)`) or under a key (`{"keyword": …}`). */
  of(keyword: string): StaticValue | null {
    const values = this.#definitions.givenTo(keyword);
    if (values.length === 0) return null;
    this.#steps = new Steps();
    return joined(values.map((value) => this.#value(value, null, 0, new Set())));
  }

  #value(expression: Expression, key: string | null, depth: number, seen: ReadonlySet<string>): StaticValue {
    if (!this.#steps.take(depth)) return UNTOLD;
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
        const start = beginningOf(expression, this.#definitions, this.#steps, depth, seen);
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
    const definitions = this.#definitions.of(name);
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
    const own = callee.kind === 'name' ? this.#definitions.inFunction(name) : undefined;
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
      if (!this.#steps.take(depth)) break;
      if (part.kind === 'literal' && typeof part.value === 'string' && FILE_NAME.test(part.value))
        files.push({ path: part.value, offset: part.span.start });
      else if (part.kind === 'name' && !seen.has(part.name))
        files.push(
          // A file of requirements has one name: the first that are found are enough.
          ...this.#filesOf(
            (this.#definitions.of(part.name) ?? []).map(({ value }) => value),
            depth + 10,
            new Set([...seen, part.name]),
          ).slice(0, MAX_FILES),
        );
    }
    return files;
  }
}
