import type { SinkLabel, SourceLabel } from '../../model/api-model.ts';
import type { CallFact } from './facts.ts';
import type { FileAccess, HandedPath } from './calls/handed-paths.ts';

/** A value that starts a flow. */
export interface Source {
  readonly node: number;
  readonly label: SourceLabel;
  readonly call: CallFact;
  /** The file that is read, where the call does not say it, and the calls that its path came through. */
  readonly path?: string;
  readonly before?: readonly CallFact[];
}

/** A command that is kept as text, or as its words. */
type Carried = string | readonly string[];

/** A place where a flow ends. */
export interface Sink {
  readonly label: SinkLabel;
  readonly call: CallFact;
}

/**
 * The site of an edge into something that all code sees (a file, a program's arguments): a value that went in at one call may come out
 * at any other.
 */
export const ANY_SITE = 1 << 20;

/** Nodes stop here: what comes after is not followed, and the file says so. */
const MAX_NODES = 400_000;

/**
 * Which value flows into which, over all code of a file. Nodes are numbers from 1; 0 stands for "nothing flows here". An edge carries
 * the call site it enters (positive) or leaves (negative), so that a value goes back only to where it came from.
 */
export class FlowGraph {
  /** By node: pairs of target and site, one after the other. */
  readonly #edges: (number[] | undefined)[] = [undefined];
  readonly #labelsTaken = new Map<number, ReadonlySet<SourceLabel>>();
  readonly #cleared = new Map<number, ReadonlySet<SinkLabel>>();
  readonly #fileNodes = new Map<string, number>();
  readonly #namedFiles = new Map<string, number>();
  readonly #variables = new Map<number, number>();
  readonly handedPaths: HandedPath[] = [];
  /** By the node of the path. */
  readonly accesses = new Map<number, readonly FileAccess[]>();
  /** Objects that take in what is written to them: programs that run, open files. */
  readonly receivers = new Set<number>();
  /** By the node of such an object where it is written to: what is written. */
  readonly written = new Map<number, readonly number[]>();
  readonly sources: Source[] = [];
  readonly sinks = new Map<number, Sink[]>();
  /** The call whose result a node is, for traces. */
  readonly calls = new Map<number, CallFact>();
  /** By node: the one that flows into it within a function; -1: several do. */
  readonly #writers: number[] = [0];
  /** Nodes that stand for one value made of several: whatever flows in comes out. */
  readonly #made = new Set<number>();
  /** By the node of a tool's arguments: those that its schema leaves no room for a text in. */
  readonly plainEntries = new Map<number, ReadonlySet<string>>();
  /** Paths that were seen to lead where they may: opening one is no sink. */
  readonly checkedPaths = new Set<number>();
  /** Texts of commands that do harm, each a source. */
  readonly commands = new Set<number>();
  /** By node: texts of commands that are worth running where they arrive. */
  readonly carriedTexts = new Map<number, Carried>();
  /** Data in which nobody can read (its elements, or the constant) and the node that is its source. */
  readonly unread = new Map<object, number>();
  /** Values that may be the text that they are taken for, or something that is not known. */
  readonly mixed = new Set<number>();
  isFull = false;
  /** While something is only computed, nothing flows. */
  isFrozen = false;

  /** @param isMade it stands for one value that is made of whatever flows in */
  newNode(isMade = false): number {
    if (this.isFrozen) return 0;
    if (this.#edges.length >= MAX_NODES) {
      this.isFull = true;
      return 0;
    }
    this.#edges.push(undefined);
    const node = this.#edges.length - 1;
    this.#writers[node] = 0;
    if (isMade) this.#made.add(node);
    return node;
  }

  connect(from: number, to: number, site = 0): void {
    if (from === 0 || to === 0 || from === to || this.isFrozen) return;
    if (site === 0) {
      const writer = this.#writers[to]!;
      if (writer === 0) this.#writers[to] = from;
      else if (writer !== from) this.#writers[to] = -1;
    }
    const edges = this.#edges[from];
    if (edges === undefined) this.#edges[from] = [to, site];
    else if (edges.length < 20_000) edges.push(to, site);
    else this.isFull = true;
  }

  /** Pairs of target and site. */
  edgesOf(node: number): readonly number[] {
    return this.#edges[node] ?? [];
  }

  /** True for a place that values of several origins share (a variable, an attribute): which of them comes out is not known. */
  isShared(node: number): boolean {
    return this.#writers[node] === -1 && !this.#made.has(node);
  }

  /** One node that all of these flow into: the node itself when there is only one, 0 when there is none. */
  join(nodes: readonly number[]): number {
    let only = 0;
    for (const node of nodes) {
      if (node === 0 || node === only) continue;
      if (only !== 0) {
        const joined = this.newNode(true);
        for (const each of nodes) this.connect(each, joined);
        return joined;
      }
      only = node;
    }
    return only;
  }

  /** The node of a file's content, by the file's normal path. */
  fileNode(path: string): number {
    let node = this.#fileNodes.get(path);
    if (node === undefined) {
      node = this.newNode();
      this.#fileNodes.set(path, node);
    }
    return node;
  }

  /** The node of the content of a file whose path is not known: the same value, as far as it is known the same text, is the same file. */
  fileNamedBy(path: number, text: string): number {
    const key = `${path} ${text}`;
    let node = this.#namedFiles.get(key);
    if (node === undefined) {
      node = this.newNode();
      this.#namedFiles.set(key, node);
    }
    return node;
  }

  /** True for a file that something is known to read or write. */
  hasFile(path: string): boolean {
    return this.#fileNodes.has(path);
  }

  /** Files that something is known of: the one of this path and those below it; of '' all that are no place of the machine. */
  filesBelow(path: string): readonly string[] {
    const found: string[] = [];
    for (const each of this.#fileNodes.keys())
      if (path === '' ? !/^[/~]/.test(each) : each === path || each.startsWith(`${path}/`)) found.push(each);
    return found.slice(0, 200);
  }

  addSink(node: number, sink: Sink): void {
    if (node === 0 || (sink.label === 'path' && this.checkedPaths.has(node))) return;
    const sinks = this.sinks.get(node);
    if (sinks === undefined) this.sinks.set(node, [sink]);
    else sinks.push(sink);
  }

  /** From this node on, values no longer carry these labels. */
  take(node: number, labels: readonly SourceLabel[]): void {
    if (node !== 0 && labels.length > 0) this.#labelsTaken.set(node, new Set(labels));
  }

  /** The node of one variable of what may be the whole environment: whatever else flows into it comes out. */
  variableOf(node: number): number {
    let variable = this.#variables.get(node);
    if (variable === undefined) {
      variable = this.newNode();
      if (variable === 0) return node;
      this.connect(node, variable);
      this.take(variable, ['environment']);
      this.#variables.set(node, variable);
    }
    return variable;
  }

  /** From this node on, values do no harm in these sinks. */
  clear(node: number, sinks: readonly SinkLabel[]): void {
    if (node !== 0 && sinks.length > 0) this.#cleared.set(node, new Set(sinks));
  }

  /** Sinks that some node is harmless for. */
  get clearedSinks(): ReadonlySet<SinkLabel> {
    return new Set([...this.#cleared.values()].flatMap((sinks) => [...sinks]));
  }

  isCleared(node: number, sink: SinkLabel): boolean {
    return this.#cleared.get(node)?.has(sink) === true;
  }

  isTaken(node: number, label: SourceLabel): boolean {
    return this.#labelsTaken.get(node)?.has(label) === true;
  }
}
