import type { FlowGraph } from '../flow-graph.ts';
import { choicesOfBoth } from '../values/choices.ts';
import { atNode, UNKNOWN, type Value } from '../values/value.ts';

interface Variable {
  current: Value;
  /** Nodes of everything assigned before there is an `anyNode`, which they flow into. */
  readonly nodes: number[];
  /** Flows from every assignment, also later ones; for readers whose turn is not known. 0: not needed yet. */
  anyNode: number;
  /** The value that `anyValue` was made of; kept because names of a module are read over and over from its functions. */
  anyOf: Value | null;
  anyValue: Value | null;
}

/** So many nodes of one variable are kept before they are given one that they flow into. */
const MAX_KEPT_NODES = 1_000;

/** Gives a variable the node that every assignment flows into. */
function anyNodeOf(variable: Variable, graph: FlowGraph): void {
  if (variable.anyNode !== 0) return;
  variable.anyNode = graph.newNode();
  if (variable.anyNode !== 0)
    for (const node of variable.nodes.splice(0)) graph.connect(node, variable.anyNode);
}

/** The variables of a module, function or class body. */
export class Frame {
  readonly #variables = new Map<string, Variable>();
  readonly kind: 'module' | 'function' | 'class';
  readonly parent: Frame | null;
  /** Goes up with every assignment: what was made of the variables before no longer holds. */
  version = 0;

  constructor(kind: Frame['kind'], parent: Frame | null) {
    this.kind = kind;
    this.parent = parent;
  }

  /** Names that `global` or `nonlocal` lends from another frame. */
  #lent: Map<string, Frame> | null = null;

  /** From here on a name stands for the variable of another frame. */
  lend(name: string, frame: Frame): void {
    this.#lent ??= new Map();
    this.#lent.set(name, frame);
  }

  /** The frame that a name is lent from; null when it is this frame's own. */
  declaredIn(name: string): Frame | null {
    return this.#lent?.get(name) ?? null;
  }

  /** Every variable with its value at this point of the walk. */
  variables(): readonly (readonly [string, Value])[] {
    return [...this.#variables].map(([name, { current }]) => [name, current] as const);
  }

  /** The same by name. */
  values(): Map<string, Value> {
    const values = new Map<string, Value>();
    this.#variables.forEach(({ current }, name) => values.set(name, current));
    return values;
  }

  /** True when one of the variables holds such a value. */
  some(holds: (value: Value) => boolean): boolean {
    for (const { current } of this.#variables.values()) if (holds(current)) return true;
    return false;
  }

  has(name: string): boolean {
    return this.#variables.has(name);
  }

  /**
   * Gives a variable a value.
   * @param isCertain false in a branch or loop: what it held before may still be there
   */
  assign(name: string, value: Value, graph: FlowGraph, isCertain: boolean): void {
    this.version++;
    const variable = this.#variables.get(name);
    if (variable === undefined) {
      this.#variables.set(name, {
        current: value,
        nodes: value.node === 0 ? [] : [value.node],
        anyNode: 0,
        anyOf: null,
        anyValue: null,
      });
      return;
    }
    if (value.node !== 0) {
      if (variable.nodes.length >= MAX_KEPT_NODES) anyNodeOf(variable, graph);
      if (variable.anyNode === 0) variable.nodes.push(value.node);
      else graph.connect(value.node, variable.anyNode);
    }
    variable.current = isCertain ? value : eitherOf(graph, variable.current, value);
  }

  /** Something flowed into the object that a variable holds. */
  absorb(name: string, node: number, graph: FlowGraph): void {
    const variable = this.#variables.get(name);
    if (variable === undefined || node === 0) return;
    this.assign(name, atNode(variable.current, graph.join([variable.current.node, node])), graph, true);
  }

  /** The variable's value at this point of the walk. */
  read(name: string): Value | null {
    return this.#variables.get(name)?.current ?? null;
  }

  /** The variable's value for a reader that may run at any time: whatever was ever assigned flows into it. */
  readAnyTime(name: string, graph: FlowGraph): Value | null {
    const variable = this.#variables.get(name);
    if (variable === undefined) return null;
    anyNodeOf(variable, graph);
    if (variable.anyOf !== variable.current) {
      variable.anyOf = variable.current;
      variable.anyValue = atNode(variable.current, variable.anyNode);
    }
    return variable.anyValue;
  }
}

/** `None`, `null`, an empty text: what stands where there is nothing. */
function isNothing({ constant, name, callable, elements, entries }: Value): boolean {
  if (constant === null || name !== null || callable !== null || elements !== null || entries !== null)
    return false;
  return constant.value === null || constant.value === '';
}

/**
 * One of two values: what both agree on is known, what flows from either flows from it; the second one is believed in doubt, unless it
 * is nothing.
 */
export function eitherOf(graph: FlowGraph, earlier: Value, later: Value): Value {
  if (earlier === later || earlier === UNKNOWN) return later;
  if (later === UNKNOWN) return earlier;
  const [first, second] = isNothing(later) && !isNothing(earlier) ? [later, earlier] : [earlier, later];
  const node = graph.join([first.node, second.node]);
  if (first.constant !== null && second.constant === null && node !== 0) graph.mixed.add(node);
  return {
    name: second.name ?? first.name,
    constant: second.constant ?? (second.pieces === null ? first.constant : null),
    pieces: second.pieces ?? (second.constant === null ? first.pieces : null),
    node,
    callable: second.callable ?? first.callable,
    instance: second.instance ?? first.instance,
    class: second.class ?? first.class,
    bound: second.bound ?? first.bound,
    elements: second.elements ?? first.elements,
    entries: second.entries ?? first.entries,
    choices: choicesOfBoth(first, second),
  };
}
