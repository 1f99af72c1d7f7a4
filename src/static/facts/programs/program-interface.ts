import type { Constant } from '../../fold/constant.ts';
import type { FlowGraph } from '../flow-graph.ts';

/** The name of a value that holds a program's options by name: what `parse_args()` or `program.opts()` gives. */
export const OPTIONS_TYPE = 'command-options';

/** An option's name as its reader may spell it: `--token-file`, `token_file` and `tokenFile` are one. */
export function optionKey(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

/**
 * What passes between a program and whoever starts it, as nodes of the flow graph. A node comes to be when the program first reads or
 * gives something there; {@link connectStarts} ties them to the commands that start it.
 */
export class ProgramInterface {
  readonly #graph: FlowGraph;
  readonly words = new Map<number, number>();
  readonly options = new Map<string, number>();
  readonly variables = new Map<string, number>();
  /** Options that it says it has, by the key they are read by, as they are spelt on its command line. */
  readonly declared = new Map<string, ReadonlySet<string>>();
  /** Variables of the environment that it sets: what it starts sees them. */
  readonly exported = new Map<string, number>();
  #anyWord = 0;
  #input = 0;
  #output = 0;

  constructor(graph: FlowGraph) {
    this.#graph = graph;
  }

  #named<Key>(nodes: Map<Key, number>, key: Key): number {
    let node = nodes.get(key);
    if (node === undefined) {
      node = this.#graph.newNode();
      if (node !== 0) nodes.set(key, node);
    }
    return node;
  }

  /** Every word of its command line. */
  get anyWord(): number {
    return (this.#anyWord ||= this.#graph.newNode());
  }

  /** Its standard input. */
  get input(): number {
    return (this.#input ||= this.#graph.newNode());
  }

  /** Its standard output. */
  get output(): number {
    return (this.#output ||= this.#graph.newNode());
  }

  /** The word at a position, from 0 for the first after the program's own name; every word when the position is not known. */
  word(position: Constant['value'] | undefined): number {
    return typeof position === 'number' && position >= 0
      ? this.#named(this.words, position) || this.anyWord
      : this.anyWord;
  }

  /** The value of an option, or of an operand that is read by name. */
  option(name: string): number {
    return this.#named(this.options, optionKey(name)) || this.anyWord;
  }

  /** A variable of its environment. */
  variable(name: string): number {
    return this.#named(this.variables, name);
  }

  /** Something is put into a variable of the environment. */
  exports(name: string, node: number): void {
    if (node !== 0) this.#graph.connect(node, this.#named(this.exported, name));
  }
}
