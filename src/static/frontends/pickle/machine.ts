import type { Expression, Span } from '../../../model/program.ts';
import { BrokenPickle } from './bytes.ts';
import type { Globals } from './globals.ts';
import { type Following, followingOf } from './joblib-array.ts';
import { call, constant, list, methodCall, share, textOf } from './value.ts';
import type { Value } from './value.ts';

/** How deep pickles may lie in each other. */
const MAXIMUM_WAITING = 50;

/** A pickle that goes on when the one inside it ends. */
interface Waiting {
  readonly stack: Value[];
  readonly outer: Value[][];
  readonly memo: Map<number, Value>;
  readonly protocol: number;
}

/**
 * The machine that a pickle is a program for (Python's `pickletools`): a stack with marks and a memo. It carries nothing out: a call
 * becomes a value that says what would be called with what.
 */
export class Machine {
  readonly #globals: Globals;
  #memo = new Map<number, Value>();
  #stack: Value[] = [];
  #outer: Value[][] = [];
  /** Pickles that wait for one inside them to end. */
  readonly #waiting: Waiting[] = [];
  protocol = 0;
  /** Every call, in order of execution. */
  readonly calls: Value[] = [];
  /** The calls among them that make an object of a class without its `__init__`. */
  readonly made = new Set<Value>();
  /** What the pickle leaves behind or drops, in order: the last value of each is what a call ends up in. */
  readonly roots: Value[] = [];

  constructor(globals: Globals) {
    this.#globals = globals;
  }

  push(value: Value): void {
    this.#stack.push(value);
  }

  pop(): Value {
    const value = this.#stack.pop();
    if (value === undefined) throw new BrokenPickle('takes a value from an empty stack');
    return value;
  }

  top(): Value {
    const value = this.#stack.at(-1);
    if (value === undefined) throw new BrokenPickle('looks at an empty stack');
    return value;
  }

  /** True between pickles. */
  get isEmpty(): boolean {
    return this.#stack.length === 0 && this.#outer.length === 0 && this.#waiting.length === 0;
  }

  /** The number on top; null for anything else. */
  get topNumber(): number | null {
    const top = this.#stack.at(-1);
    const value = top?.kind === 'constant' && top.expression.kind === 'literal' ? top.expression.value : null;
    return typeof value === 'number' ? value : null;
  }

  mark(): void {
    this.#outer.push(this.#stack);
    this.#stack = [];
  }

  /** The values since the last mark, which is gone. */
  popMark(): Value[] {
    const values = this.#stack;
    const outer = this.#outer.pop();
    if (outer === undefined) throw new BrokenPickle('there is no mark');
    this.#stack = outer;
    return values;
  }

  /** Python drops a mark when there is nothing above it. */
  drop(): void {
    if (this.#stack.length === 0) this.popMark();
    else this.roots.push(this.pop());
  }

  dropToMark(): void {
    for (const value of this.popMark()) this.roots.push(value);
  }

  store(index: number): void {
    this.#memo.set(index, this.top());
  }

  /** MEMOIZE: under the next free number. */
  memoize(): void {
    this.store(this.#memo.size);
  }

  fetch(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw new BrokenPickle(`the memo has no entry ${String(index)}`);
    this.push(share(value));
  }

  duplicate(): void {
    this.push(share(this.top()));
  }

  global(module: string, name: string, span: Span): Value {
    return { kind: 'constant', expression: this.#globals.expression(module, name, this.protocol, span) };
  }

  /** STACK_GLOBAL: module and name come from the stack, and need not be constants. */
  stackGlobal(span: Span): void {
    const name = this.pop();
    const module = this.pop();
    const moduleText = textOf(module);
    const nameText = textOf(name);
    if (moduleText !== null && nameText !== null) {
      this.push(this.global(moduleText, nameText, span));
      return;
    }
    const imported = this.#called(this.#builtin('__import__', span), [module], span);
    this.push(this.#called(this.#builtin('getattr', span), [imported, name], span));
  }

  /** A code of the extension registry stands for a global that only the loading process knows. */
  extension(code: number, span: Span): void {
    const registry = this.#globals.expression('copyreg', '_inverted_registry', this.protocol, span);
    const index: Expression = { kind: 'literal', value: code, span };
    const expression: Expression = { kind: 'index', object: registry, index, span };
    this.#globals.refer(expression, { module: 'copyreg', name: `extension ${String(code)}`, span });
    this.push({ kind: 'constant', expression });
  }

  /** NEWOBJ: a class, whose objects are made without being initialised, and a tuple of arguments. */
  make(span: Span): void {
    this.reduce(span);
    this.made.add(this.top());
  }

  /** REDUCE: a callable and a tuple of arguments. */
  reduce(span: Span): void {
    const args = this.pop();
    const callee = this.pop();
    if (args.kind === 'list') this.push(this.#called(callee, args.items, span));
    else this.#keep(call(callee, [{ name: '*', value: args }], span));
  }

  /** NEWOBJ_EX: with keyword arguments. */
  reduceWithKeywords(span: Span): void {
    const keywords = this.pop();
    const args = this.pop();
    const callee = this.pop();
    const positional =
      args.kind === 'list'
        ? args.items.map((value) => ({ name: null, value }))
        : [{ name: '*', value: args }];
    const named =
      keywords.kind === 'record'
        ? keywords.entries.map(({ key, value }) => ({ name: textOf(key) ?? '**', value }))
        : [{ name: '**', value: keywords }];
    this.#keep(call(callee, [...positional, ...named], span));
    this.made.add(this.top());
  }

  /** INST, OBJ: a class and the values since the mark. */
  instantiate(callee: Value, args: readonly Value[], span: Span): void {
    this.push(this.#called(callee, args, span));
  }

  /** A value that the loading process supplies by its identifier. */
  persistent(identifier: Value, span: Span): void {
    const loader: Value = { kind: 'constant', expression: { kind: 'name', name: 'persistent_load', span } };
    this.push(this.#called(loader, [identifier], span));
  }

  /** BUILD: hands a state to the object below it, which stays. @returns what the object reads from the file by itself */
  build(span: Span): Following | null {
    const state = this.pop();
    const object = this.top();
    this.#effect(methodCall(object, '__setstate__', [state], span));
    return followingOf(this.#globals, object, state);
  }

  /** A whole pickle follows; when it ends, this one goes on. */
  enter(): void {
    if (this.#waiting.length >= MAXIMUM_WAITING) throw new BrokenPickle('pickles nested too deep');
    this.#waiting.push({
      stack: this.#stack,
      outer: this.#outer,
      memo: this.#memo,
      protocol: this.protocol,
    });
    this.#stack = [];
    this.#outer = [];
    this.#memo = new Map();
    this.protocol = 0;
  }

  append(values: readonly Value[], span: Span): void {
    const target = this.top();
    for (const value of values) {
      if (target.kind === 'list') target.items.push(value);
      else this.#effect(methodCall(target, 'append', [value], span));
    }
  }

  setItems(values: readonly Value[], span: Span): void {
    const target = this.top();
    for (let index = 0; index + 1 < values.length; index += 2) {
      const key = values[index]!;
      const value = values[index + 1]!;
      if (target.kind === 'record') target.entries.push({ key, value });
      else this.#effect(methodCall(target, '__setitem__', [key, value], span));
    }
  }

  record(values: readonly Value[], span: Span): void {
    this.push({ kind: 'record', entries: [], span, isShared: false });
    this.setItems(values, span);
  }

  tuple(size: number, span: Span): void {
    const items: Value[] = [];
    for (let index = 0; index < size; index++) items.unshift(this.pop());
    this.push(list(items, span));
  }

  /** STOP: the value on top is the result; the next pickle of the file starts afresh. */
  stop(): void {
    this.top();
    this.#leave();
  }

  /** Everything still around becomes a root: nothing that was built is lost. */
  abandon(): void {
    while (!this.isEmpty) this.#leave();
  }

  /** Ends the innermost pickle. */
  #leave(): void {
    for (const stack of this.#outer) for (const value of stack) this.roots.push(value);
    for (const value of this.#stack) this.roots.push(value);
    const waiting = this.#waiting.pop();
    this.#stack = waiting?.stack ?? [];
    this.#outer = waiting?.outer ?? [];
    this.#memo = waiting?.memo ?? new Map<number, Value>();
    this.protocol = waiting?.protocol ?? 0;
  }

  #builtin(name: string, span: Span): Value {
    return { kind: 'constant', expression: { kind: 'name', name, span } };
  }

  #called(callee: Value, values: readonly Value[], span: Span): Value {
    const made = call(
      callee,
      values.map((value) => ({ name: null, value })),
      span,
    );
    this.calls.push(made);
    return made;
  }

  #keep(made: Value): void {
    this.calls.push(made);
    this.push(made);
  }

  #effect(made: Value): void {
    this.calls.push(made);
    this.roots.push(made);
  }
}

/** The boolean or number of protocol 0: `01` is true, `1` is one. */
export function decimal(line: string, span: Span): Value {
  if (line === '00' || line === '01') return constant(line === '01', span);
  const value = Number(line.replace(/L$/u, '').trim());
  if (line.trim() === '' || Number.isNaN(value)) throw new BrokenPickle('a number that is none');
  return constant(value, span);
}
