import type { SinkLabel, SourceLabel } from '../../model/api-model.ts';
import type { CallFact } from '../facts/facts.ts';
import type { FlowGraph, Source } from '../facts/flow-graph.ts';
import { nodeOf, type Search, spread, wayTo } from './search.ts';
import { settlePaths } from './settle-paths.ts';

/** A labelled value that reaches a sink. */
export interface Flow {
  readonly from: SourceLabel;
  readonly to: SinkLabel;
  readonly source: CallFact;
  /** The file that the source reads and the calls that its path came through, where the source's call does not say it. */
  readonly path: string | null;
  readonly before: readonly CallFact[];
  readonly sink: CallFact;
  /** The calls it goes through between them, in order. */
  readonly through: readonly CallFact[];
  /** The way is long, one of very many, and through a place of many values: as likely an accident of the graph as a way that a value takes. */
  readonly isFar: boolean;
}

/**
 * Ways of more places than this may be far when values from such sources also reach more places than the second number. Measured: of
 * 101 ways in labelled attacks three had more than eight places, and none of these sources reached more than 17; of the chains that big
 * honest packages were rejected for nearly all had nine to fifty, from sources that reached 78 places or more. Length alone is for sale:
 * a way is far only when no other leads there without a place that values share (see docs/adr/0116).
 */
const LONG_WAY = 8;
const WIDE_SPREAD = 64;

/** How many places are visited for one label before the search gives up, and how many flows a graph may have. */
const MAX_STATES = 300_000;
const MAX_FLOWS = 1_000;
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
  settlePaths(graph);
  if (graph.sources.length === 0 || graph.sinks.size === 0) return [];
  const flows: Flow[] = [];
  const seen = new Set<string>();
  for (const from of new Set(graph.sources.map((source) => source.label))) {
    const sourceOf = new Map<number, Source>();
    for (const source of graph.sources)
      if (source.label === from && !sourceOf.has(source.node)) sourceOf.set(source.node, source);
    let apart: ReadonlySet<number> | undefined;
    /** What values reach without a place that they share with others. */
    const reachedApart = (): ReadonlySet<number> => {
      const isLeft = (node: number): boolean => graph.isTaken(node, from) || graph.isShared(node);
      apart ??= new Set([...spread(graph, sourceOf.keys(), isLeft, MAX_STATES).cameFrom.keys()].map(nodeOf));
      return apart;
    };
    const flowsInto = (search: Search, isMeant: (label: SinkLabel) => boolean): void => {
      for (const state of search.cameFrom.keys()) {
        const sinks = graph.sinks.get(nodeOf(state))?.filter(({ label }) => isMeant(label)) ?? [];
        if (sinks.length === 0) continue;
        const way = wayTo(graph, search, state);
        const start = way === null ? undefined : sourceOf.get(way.start);
        if (way === null || start === undefined) continue;
        const { call: source, path = null, before = [] } = start;
        const isFar =
          way.steps > LONG_WAY && search.cameFrom.size > WIDE_SPREAD && !reachedApart().has(nodeOf(state));
        for (const { label: to, call: sink } of sinks) {
          if (sink === source) continue;
          const key = `${from} ${to} ${sink.layer.source.path} ${sink.layer.source.layer ?? ''} ${sink.span.start} ${sink.span.end} ${sink.name} ${source.layer.source.path} ${source.span.start}`;
          if (seen.has(key) || flows.length >= MAX_FLOWS) continue;
          seen.add(key);
          const through = way.through.filter((call) => call !== source);
          flows.push({ from, to, source, path, before, sink, through, isFar });
        }
      }
    };
    const spreadFor = (cleared: SinkLabel | null): Search => {
      const isTaken = (node: number): boolean =>
        graph.isTaken(node, from) || (cleared !== null && graph.isCleared(node, cleared));
      const search = spread(graph, sourceOf.keys(), isTaken, MAX_STATES);
      if (search.isCut) graph.isFull = true;
      return search;
    };
    const { clearedSinks } = graph;
    flowsInto(spreadFor(null), (label) => !clearedSinks.has(label));
    for (const cleared of clearedSinks) flowsInto(spreadFor(cleared), (label) => label === cleared);
  }
  return flows;
}
