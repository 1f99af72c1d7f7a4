import type { SinkLabel, SourceLabel } from '../../model/api-model.ts';
import type { CallFact } from '../facts/facts.ts';
import { ANY_SITE, type FlowGraph } from '../facts/flow-graph.ts';

/** A labelled value that reaches a sink. */
export interface Flow {
  readonly from: SourceLabel;
  readonly to: SinkLabel;
  readonly source: CallFact;
  readonly sink: CallFact;
  /** The calls it goes through between them, in order. */
  readonly through: readonly CallFact[];
}

/** How many places are visited for one label before the search gives up, and how many flows a graph may have. */
const MAX_STATES = 300_000;
const MAX_FLOWS = 1_000;
/** A state is a node and the call site through which its function was entered; 0: not known. */
const SITES = ANY_SITE;

interface Search {
  /** Predecessor of a state; the state itself for a source. */
  readonly cameFrom: Map<number, number>;
  readonly sourceOf: Map<number, CallFact>;
}

function spread(graph: FlowGraph, label: SourceLabel): Search {
  const cameFrom = new Map<number, number>();
  const sourceOf = new Map<number, CallFact>();
  const queue: number[] = [];
  for (const source of graph.sources) {
    if (source.label !== label) continue;
    const state = source.node * SITES;
    if (cameFrom.has(state)) continue;
    cameFrom.set(state, state);
    sourceOf.set(state, source.call);
    queue.push(state);
  }
  for (let at = 0; at < queue.length && cameFrom.size < MAX_STATES; at++) {
    const state = queue[at]!;
    const node = Math.floor(state / SITES);
    const site = state % SITES;
    const edges = graph.edgesOf(node);
    for (let edge = 0; edge < edges.length; edge += 2) {
      const target = edges[edge]!;
      const crossing = edges[edge + 1]!;
      // A value leaves a function only to the call through which it entered.
      if (crossing < 0 && site !== 0 && site !== -crossing) continue;
      const inside = crossing === 0 ? site : crossing > 0 ? crossing % SITES : 0;
      const next = target * SITES + inside;
      if (cameFrom.has(next) || graph.isTaken(target, label)) continue;
      cameFrom.set(next, state);
      queue.push(next);
    }
  }
  if (cameFrom.size >= MAX_STATES) graph.isFull = true;
  return { cameFrom, sourceOf };
}

function pathTo(
  graph: FlowGraph,
  search: Search,
  state: number,
): { source: CallFact; through: CallFact[] } | null {
  const through: CallFact[] = [];
  let at = state;
  for (let steps = 0; steps <= search.cameFrom.size; steps++) {
    const source = search.sourceOf.get(at);
    if (source !== undefined) return { source, through: through.reverse() };
    const call = graph.calls.get(Math.floor(at / SITES));
    if (call !== undefined && through.length < 8 && through.at(-1) !== call) through.push(call);
    const before = search.cameFrom.get(at);
    if (before === undefined || before === at) return null;
    at = before;
  }
  return null;
}

const found = new WeakMap<FlowGraph, readonly Flow[]>();

/** Every flow from a source to a sink, each with one shortest way, worked out once a graph; bounded in time and number. */
export function flowsOf(graph: FlowGraph): readonly Flow[] {
  let flows = found.get(graph);
  if (flows === undefined) {
    flows = findFlows(graph);
    found.set(graph, flows);
  }
  return flows;
}

function findFlows(graph: FlowGraph): readonly Flow[] {
  if (graph.sources.length === 0 || graph.sinks.size === 0) return [];
  const flows: Flow[] = [];
  const seen = new Set<string>();
  for (const from of new Set(graph.sources.map((source) => source.label))) {
    const search = spread(graph, from);
    for (const state of search.cameFrom.keys()) {
      const sinks = graph.sinks.get(Math.floor(state / SITES));
      if (sinks === undefined) continue;
      const path = pathTo(graph, search, state);
      if (path === null) continue;
      for (const { label: to, call: sink } of sinks) {
        if (sink === path.source) continue;
        const key = `${from} ${to} ${sink.layer.source.path} ${sink.layer.source.layer ?? ''} ${sink.span.start} ${sink.span.end} ${sink.name} ${path.source.layer.source.path} ${path.source.span.start}`;
        if (seen.has(key) || flows.length >= MAX_FLOWS) continue;
        seen.add(key);
        flows.push({
          from,
          to,
          source: path.source,
          sink,
          through: path.through.filter((call) => call !== path.source),
        });
      }
    }
  }
  return flows;
}
