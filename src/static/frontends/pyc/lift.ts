import type { ArgumentNode, Expression, Span, Statement } from '../../../model/program.ts';
import type { CodeObject, MarshalValue } from './marshal.ts';
import type { BytecodeVersion, Operation } from './versions.ts';

/** How deep code objects may lie in each other. */
const MAX_DEPTH = 100;
/** A stack that grows beyond this is not one that CPython made. */
const MAX_STACK = 10_000;

/** What lies on the interpreter's stack where no value does. */
const NULL: Expression = { kind: 'other', children: [], span: { start: -1, end: -1 } };

function literal(value: MarshalValue, span: Span): Expression {
  if (value.kind === 'scalar')
    return { kind: 'literal', value: value.value, span, ...(value.isBytes ? { bytes: true as const } : {}) };
  if (value.kind === 'list')
    return { kind: 'list', elements: value.items.map((item) => literal(item, span)), span };
  return { kind: 'name', name: value.name, span };
}

/** Brings one code object's instructions back into statements, in the order they stand. Jumps are not followed. */
class Lifting {
  readonly statements: Statement[] = [];
  readonly #code: CodeObject;
  readonly #version: BytecodeVersion;
  readonly #depth: number;
  readonly #span: Span;
  readonly #stack: Expression[] = [];
  readonly #defined = new Set<CodeObject>();
  #names: readonly string[] = [];
  /** The last import, which `from` takes its names of. */
  #module: string | null = null;

  constructor(code: CodeObject, version: BytecodeVersion, depth: number) {
    this.#code = code;
    this.#version = version;
    this.#depth = depth;
    this.#span = { start: code.start, end: code.start + 1 };
  }

  /** @returns the statements, and those of functions that no instruction was seen to make */
  lift(): readonly Statement[] {
    const { operations } = this.#version;
    if (operations === null) this.#listNames();
    else if (this.#version.layout === '2') this.#liftBytes(operations);
    else this.#liftWords(operations);
    this.#flush();
    for (const constant of this.#code.constants) this.#defineAll(constant);
    return this.statements;
  }

  /** Without instructions, names and constants are all there is. */
  #listNames(): void {
    for (const name of this.#code.names) this.#emit({ kind: 'name', name, span: this.#span });
    for (const constant of this.#code.constants)
      if (constant.kind !== 'code') this.#emit(literal(constant, this.#span));
  }

  #liftWords(operations: ReadonlyMap<number, Operation>): void {
    const { bytecode } = this.#code;
    let extended = 0;
    for (let at = 0; at + 1 < bytecode.length; at += 2) {
      const operation = operations.get(bytecode.charCodeAt(at));
      const argument = (extended << 8) | bytecode.charCodeAt(at + 1);
      extended = operation === 'extend' ? argument : 0;
      if (operation !== 'extend') this.#step(operation, argument);
    }
  }

  #liftBytes(operations: ReadonlyMap<number, Operation>): void {
    const { bytecode } = this.#code;
    for (let at = 0; at < bytecode.length;) {
      const number = bytecode.charCodeAt(at);
      const hasArgument = number >= 90 && at + 2 < bytecode.length;
      const argument = hasArgument ? bytecode.charCodeAt(at + 1) | (bytecode.charCodeAt(at + 2) << 8) : 0;
      at += hasArgument ? 3 : 1;
      const operation = operations.get(number);
      if (operation === 'call') this.#call(argument & 255, [], argument >> 8);
      else this.#step(operation, argument);
    }
  }

  #push(expression: Expression): void {
    if (this.#stack.length >= MAX_STACK) this.#flush();
    this.#stack.push(expression);
  }

  #pop(): Expression {
    return this.#stack.pop() ?? { kind: 'other', children: [], span: this.#span };
  }

  #popMany(count: number): Expression[] {
    const taken: Expression[] = [];
    for (let left = Math.min(count, this.#stack.length); left > 0; left--) taken.push(this.#pop());
    return taken.reverse();
  }

  #emit(expression: Expression): void {
    if (expression !== NULL && expression.kind !== 'other')
      this.statements.push({ kind: 'expression', expression, span: this.#span });
  }

  /** What lies on the stack when its use is not followed. */
  #flush(): void {
    for (const expression of this.#stack.splice(0)) this.#emit(expression);
  }

  #assign(target: Expression): void {
    const value = this.#pop();
    if (value.kind === 'name' && target.kind === 'name' && value.name === target.name) return;
    this.statements.push({ kind: 'assign', target, value, operator: '=', span: this.#span });
  }

  #named(name: string | undefined): Expression {
    return { kind: 'name', name: name ?? '?', span: this.#span };
  }

  #step(operation: Operation | undefined, argument: number): void {
    const { names, variables, constants } = this.#code;
    const span = this.#span;
    const version = this.#version.name;
    const isNew = version === '3.12' || version === '3.13';
    switch (operation) {
      case 'nothing':
      case 'extend':
      case 'function-attribute':
        if (operation === 'function-attribute') this.#stack.splice(-2, 1);
        return;
      case 'const':
        return this.#push(this.#constant(constants[argument]));
      case 'name':
        return this.#push(this.#named(names[argument]));
      case 'global': {
        const hasNull = this.#version.layout === '3.11';
        if (hasNull && (argument & 1) === 1) this.#push(NULL);
        return this.#push(this.#named(names[hasNull ? argument >> 1 : argument]));
      }
      case 'fast':
        return this.#push(this.#named(variables[argument]));
      case 'fast-twice':
        this.#push(this.#named(variables[argument >> 4]));
        return this.#push(this.#named(variables[argument & 15]));
      case 'cell':
        return this.#push(this.#named(this.#cell(argument)));
      case 'attribute':
      case 'method': {
        const isMethod = operation === 'method' || (isNew && (argument & 1) === 1);
        const property = names[isNew ? argument >> 1 : argument] ?? '?';
        this.#push({ kind: 'member', object: this.#pop(), property, span });
        if (isMethod && version !== '3.6' && this.#version.layout === '3.11') this.#push(NULL);
        return;
      }
      case 'import':
        this.#popMany(2);
        this.#module = names[argument] ?? '?';
        this.statements.push({
          kind: 'import',
          module: this.#module,
          level: 0,
          bindings: [{ imported: null, local: this.#module.split('.', 1)[0]! }],
          span,
        });
        return this.#push(this.#named(this.#module.split('.', 1)[0]));
      case 'import-from': {
        let object: Expression | null = null;
        for (const part of (this.#module ?? '?').split('.').slice(0, 20))
          object = object === null ? this.#named(part) : { kind: 'member', object, property: part, span };
        return this.#push({ kind: 'member', object: object!, property: names[argument] ?? '?', span });
      }
      case 'store-name':
        return this.#assign(this.#named(names[argument]));
      case 'store-fast':
        return this.#assign(this.#named(variables[argument]));
      case 'store-cell':
        return this.#assign(this.#named(this.#cell(argument)));
      case 'store-attribute':
        return this.#assign({ kind: 'member', object: this.#pop(), property: names[argument] ?? '?', span });
      case 'names': {
        const held = constants[argument];
        this.#names = held === undefined ? [] : textsOf(literal(held, span));
        return;
      }
      case 'call':
        this.#call(argument, this.#names);
        this.#names = [];
        return;
      case 'call-tuple-names':
        return this.#call(argument, textsOf(this.#pop()));
      case 'call-spread': {
        const isNamed = (argument & 1) === 1;
        const spread = this.#popMany(isNamed ? 2 : 1);
        return this.#callWith(
          spread.map((value, at): ArgumentNode => ({ name: at === 0 ? '*' : '**', value })),
        );
      }
      case 'null':
        return this.#push(NULL);
      case 'build-class':
        return this.#push(this.#named('__build_class__'));
      case 'function':
        return this.#function(argument);
      case 'pop':
        return this.#emit(this.#pop());
      case 'return':
        this.statements.push({ kind: 'return', value: this.#pop(), span });
        return;
      case 'return-const': {
        const held = constants[argument];
        this.statements.push({
          kind: 'return',
          value: held === undefined ? null : this.#constant(held),
          span,
        });
        return;
      }
      case 'list':
        return this.#push({ kind: 'list', elements: this.#popMany(argument), span });
      case 'text':
        return this.#push({ kind: 'template', parts: this.#popMany(argument), span });
      case 'format':
        if ((argument & 4) === 4) this.#pop();
        return;
      case 'item': {
        const [object = NULL, index = NULL] = this.#popMany(2);
        return this.#push({ kind: 'index', object, index, span });
      }
      case 'add':
      case 'binary': {
        const [left = NULL, right = NULL] = this.#popMany(2);
        const operator = operation === 'add' || argument === 0 || argument === 13 ? '+' : BINARY[argument];
        return this.#push(
          operator === undefined
            ? { kind: 'other', children: [left, right], span }
            : { kind: 'binary', operator, left, right, span },
        );
      }
      case 'class-body':
        return;
      case undefined:
        return this.#flush();
    }
  }

  #cell(argument: number): string | undefined {
    return this.#version.layout === '3.11' ? this.#code.variables[argument] : this.#code.cells[argument];
  }

  #constant(value: MarshalValue | undefined): Expression {
    if (value?.kind === 'code') this.#define(value);
    return value === undefined ? NULL : literal(value, this.#span);
  }

  /** Before 3.11 the qualified name lies above the code; flags say what lies below it. */
  #function(flags: number): void {
    const { layout } = this.#version;
    if (layout === '3.0' || layout === '3.8') this.#pop();
    const code = this.#pop();
    if (layout === '2') this.#popMany(flags);
    else if (this.#version.name !== '3.13')
      for (const flag of [1, 2, 4, 8]) if ((flags & flag) !== 0) this.#pop();
    this.#push(code);
  }

  #call(count: number, keywords: readonly string[], pairs = 0): void {
    const named = this.#popMany(2 * pairs);
    const values = this.#popMany(count);
    const first = values.length - keywords.length;
    const args = values.map((value, at): ArgumentNode => ({
      name: at < first ? null : (keywords[at - first] ?? null),
      value,
    }));
    for (let at = 0; at + 1 < named.length; at += 2)
      args.push({
        name: textsOf({ kind: 'list', elements: [named[at]!], span: this.#span })[0] ?? null,
        value: named[at + 1]!,
      });
    this.#callWith(args);
  }

  /** From 3.11 on an empty place lies above or below what is called, or an object below its method. */
  #callWith(args: readonly ArgumentNode[]): void {
    let callee = this.#pop();
    if (this.#version.layout === '3.11') {
      if (callee === NULL) callee = this.#pop();
      else if (this.#stack.at(-1) === NULL) this.#pop();
    }
    this.#push({ kind: 'call', callee, args, span: this.#span });
  }

  #define(code: CodeObject): void {
    if (this.#defined.has(code) || this.#depth >= MAX_DEPTH) return;
    this.#defined.add(code);
    const body = new Lifting(code, this.#version, this.#depth + 1).lift();
    const parameters = code.variables
      .slice(0, Math.max(0, code.argumentCount))
      .map((name) => ({ name, default: null, rest: null }));
    const definition = {
      name: code.name,
      parameters,
      decorators: [],
      body,
      documentation: null,
      span: this.#span,
    };
    this.statements.push({ kind: 'function', definition, span: this.#span });
  }

  #defineAll(value: MarshalValue): void {
    if (value.kind === 'code') this.#define(value);
    else if (value.kind === 'list')
      for (const item of value.items) if (item.kind === 'code') this.#define(item);
  }
}

/** Numbers of BINARY_OP (Include/opcode.h). */
const BINARY: Readonly<Partial<Record<number, string>>> = {
  5: '*',
  6: '%',
  10: '-',
  11: '/',
  12: '^',
  23: '-',
};

function textsOf(expression: Expression): readonly string[] {
  const elements = expression.kind === 'list' ? expression.elements : [];
  return elements.map((element) => (element.kind === 'literal' ? String(element.value) : '?'));
}

/** The statements of a module's code, with the functions and classes in it. */
export function liftCode(code: CodeObject, version: BytecodeVersion): readonly Statement[] {
  return new Lifting(code, version, 0).lift();
}
