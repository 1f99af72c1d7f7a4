import type { Expression } from '../../model/program.ts';
import type { FunctionFact, Layer } from '../facts/facts.ts';
import { allParts } from './expressions.ts';
import { partsOfOutcome } from './outcomes.ts';
import { nameOfTarget, settingsOf, type Setting } from './settings.ts';

/** So many steps are gone back from a name to what it was made of. */
const MAX_STEPS = 3;
/** So much text is looked at in all. */
const MAX_TEXT = 2_400;
/** A helper longer than this is not what a condition hangs on (UTF-16 units). */
const MAX_HELPER = 1_200;
/** So many places where a name is set. */
const MAX_SETTINGS = 6;

/** What functions set and return, worked out once each. */
export class Origins {
  readonly #settings = new Map<FunctionFact, ReturnType<typeof settingsOf>>();
  readonly #named = new Map<FunctionFact, ReadonlyMap<string, readonly Setting[]>>();
  readonly #variables = new Map<Layer, ReadonlyMap<string, string>>();
  readonly #helpers = new Map<string, FunctionFact[]>();
  #attributes: ReadonlyMap<string, readonly Setting[]> | null = null;
  readonly #functions: readonly FunctionFact[];

  constructor(functions: readonly FunctionFact[]) {
    this.#functions = functions;
    for (const fact of functions) {
      if (fact.name === null) continue;
      const helpers = this.#helpers.get(fact.name);
      if (helpers === undefined) this.#helpers.set(fact.name, [fact]);
      else helpers.push(fact);
    }
  }

  /** The first settings of each attribute by the methods of its class, by `Class.attribute`; few files are asked for any. */
  #attributesSet(): ReadonlyMap<string, readonly Setting[]> {
    if (this.#attributes !== null) return this.#attributes;
    const attributes = new Map<string, Setting[]>();
    for (const fact of this.#functions) {
      if (fact.name === null || fact.owner === null) continue;
      for (const setting of this.of(fact).settings) {
        if (setting.target?.kind !== 'member') continue;
        const key = `${fact.owner.name}.${setting.target.property}`;
        const known = attributes.get(key);
        if (known === undefined) attributes.set(key, [setting]);
        else if (known.length < 8) known.push(setting);
      }
    }
    return (this.#attributes = attributes);
  }

  of(fact: FunctionFact): ReturnType<typeof settingsOf> {
    let settings = this.#settings.get(fact);
    if (settings === undefined) this.#settings.set(fact, (settings = settingsOf(fact)));
    return settings;
  }

  /**
   * What decides on the values that an expression is made of, one step back: tests around and in what its names were set to, and those
   * of the helpers that it calls; each with the function in which it stands.
   */
  testsBehind(
    expression: Expression,
    fact: FunctionFact,
  ): readonly { readonly test: Expression; readonly fact: FunctionFact }[] {
    const found: { test: Expression; fact: FunctionFact }[] = [];
    const add = (settings: readonly Setting[], place: FunctionFact): void => {
      for (const { value, conditions } of settings.slice(0, MAX_SETTINGS)) {
        for (const { test } of conditions) found.push({ test, fact: place });
        for (const part of allParts(value))
          if (part.kind === 'conditional') found.push({ test: part.test, fact: place });
      }
    };
    for (const part of allParts(expression)) {
      if (part.kind === 'name') add(this.#byName(fact).get(part.name) ?? [], fact);
      const helper = part.kind === 'call' ? this.#helperOf(part.callee, fact) : undefined;
      if (helper !== undefined && helper !== fact && isShort(helper))
        add(
          this.of(helper).settings.filter(({ target }) => target === null),
          helper,
        );
    }
    return found;
  }

  /** The function of the same file, or method of the same class, that is called. */
  #helperOf(callee: Expression, fact: FunctionFact): FunctionFact | undefined {
    if (callee.kind === 'name')
      return this.#helpers.get(callee.name)?.find(({ layer }) => layer === fact.layer);
    const isOwn =
      callee.kind === 'member' &&
      callee.object.kind === 'name' &&
      /^(?:self|this|cls)$/.test(callee.object.name);
    return isOwn ? fact.owner?.methods.get(callee.property) : undefined;
  }

  /** An expression as written, followed by what its names were made of, a few steps back. */
  textOf(expression: Expression, fact: FunctionFact): string {
    const { text } = fact.layer.source;
    const texts = [text.slice(expression.span.start, expression.span.end)];
    const seen = new Set<string>();
    let waiting: readonly Expression[] = [expression];
    for (let step = 0; step < MAX_STEPS && waiting.length > 0; step++) {
      const next: Expression[] = [];
      for (const part of waiting.flatMap(partsOfOutcome)) {
        const key = part.kind === 'name' ? part.name : part.kind === 'member' ? `.${part.property}` : '';
        if (key === '' || seen.has(key)) continue;
        seen.add(key);
        const made = this.#madeOf(part, fact);
        texts.push(...made.texts);
        next.push(...made.values);
      }
      for (const { span } of next) texts.push(text.slice(span.start, span.end));
      waiting = next;
    }
    return texts.join('\n').slice(0, MAX_TEXT);
  }

  #madeOf(part: Expression, fact: FunctionFact): { texts: readonly string[]; values: readonly Expression[] } {
    if (part.kind === 'member') {
      const isOwn = part.object.kind === 'name' && /^(?:self|this|cls)$/.test(part.object.name);
      const settings = isOwn
        ? this.#attributesSet().get(`${fact.owner?.name ?? ''}.${part.property}`)
        : undefined;
      const method = isOwn ? fact.owner?.methods.get(part.property) : undefined;
      return {
        texts: method === undefined ? [] : [helperText(method)],
        values: (settings ?? []).map(({ value }) => value),
      };
    }
    if (part.kind !== 'name') return { texts: [], values: [] };
    const own = this.#byName(fact).get(part.name);
    if (own !== undefined) return { texts: [], values: own.map(({ value }) => value) };
    const helper = this.#helpers.get(part.name)?.find(({ layer }) => layer === fact.layer);
    if (helper !== undefined) return { texts: [helperText(helper)], values: [] };
    return { texts: [this.#moduleText(fact.layer, part.name)], values: [] };
  }

  /** The first settings of each name in a function. */
  #byName(fact: FunctionFact): ReadonlyMap<string, readonly Setting[]> {
    const known = this.#named.get(fact);
    if (known !== undefined) return known;
    const named = new Map<string, Setting[]>();
    for (const setting of this.of(fact).settings) {
      const name = nameOfTarget(setting.target);
      const settings = named.get(name);
      if (settings === undefined) named.set(name, [setting]);
      else if (settings.length < MAX_SETTINGS) settings.push(setting);
    }
    this.#named.set(fact, named);
    return named;
  }

  /** What a variable of the module is set to, on one line. */
  #moduleText(layer: Layer, name: string): string {
    let texts = this.#variables.get(layer);
    if (texts === undefined) this.#variables.set(layer, (texts = moduleTexts(layer)));
    return texts.get(name) ?? '';
  }
}

function isShort({ definition: { span } }: FunctionFact): boolean {
  return span.end - span.start <= MAX_HELPER;
}

function helperText(helper: FunctionFact): string {
  const { start, end } = helper.definition.span;
  return isShort(helper) ? helper.layer.source.text.slice(start, end) : '';
}

const MODULE_VARIABLE = /^(?:const |let )?([A-Za-z_]\w{0,59}) = .{0,180}/gm;
/** So many variables of a module are known. */
const MAX_VARIABLES = 5_000;

/** The lines that set the variables of a module, by name; the first of each. */
function moduleTexts({ source }: Layer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [line, name = ''] of source.text.matchAll(MODULE_VARIABLE)) {
    if (!texts.has(name)) texts.set(name, line);
    if (texts.size >= MAX_VARIABLES) break;
  }
  return texts;
}
