import { SOURCE_LABELS, type SourceLabel } from '../../../model/api-model.ts';
import type { Span } from '../../../model/program.ts';
import type { FlowGraph } from '../flow-graph.ts';
import type { Turn } from './turns.ts';

/** What must not leave the machine: that alone is told apart by call. What a network answers comes from one call as from any other. */
const PRIVATE: readonly SourceLabel[] = [
  ...(['secret', 'credential', 'environment', 'file', 'conversation', 'clipboard'] as const),
  ...(['screen', 'recording', 'keystrokes'] as const),
];
const NOT_PRIVATE = SOURCE_LABELS.filter((label) => !PRIVATE.includes(label));

/** So many nodes are looked at to see whether a call's result comes out of a body. */
const MAX_STEPS = 5_000;

/** What is known of the calls in bodies while turns are taken. */
interface Places {
  /** The nodes of what the calls at a place give back. */
  readonly nodes: ReadonlyMap<string, readonly number[]>;
  /** Whether what a call gives back comes out of a body, by its place and the body's node. */
  readonly outcomes: Map<string, boolean>;
}

const PLACES = new WeakMap<FlowGraph, Places>();

/** Has the calls looked through anew, since bodies have been walked meanwhile. */
export function forgetPlaces(graph: FlowGraph): void {
  PLACES.delete(graph);
}

function placesOf(graph: FlowGraph): Places {
  let places = PLACES.get(graph);
  if (places === undefined) {
    const nodes = new Map<string, number[]>();
    for (const [node, { span }] of graph.calls) {
      const key = `${span.start}:${span.end}`;
      const known = nodes.get(key);
      if (known === undefined) nodes.set(key, [node]);
      else known.push(node);
    }
    PLACES.set(graph, (places = { nodes, outcomes: new Map() }));
  }
  return places;
}

/** True when what the call at a place of a body gives back comes out of the body. */
function comesOut(graph: FlowGraph, { start, end }: Span, body: number): boolean {
  const { nodes, outcomes } = placesOf(graph);
  const place = `${start}:${end}`;
  const key = `${place}:${body}`;
  let outcome = outcomes.get(key);
  if (outcome === undefined) outcomes.set(key, (outcome = reaches(graph, nodes.get(place) ?? [], body)));
  return outcome;
}

function reaches(graph: FlowGraph, from: readonly number[], goal: number): boolean {
  const seen = new Set(from);
  for (const node of seen) {
    if (node === goal) return true;
    // What is not looked at may come out.
    if (seen.size > MAX_STEPS) return true;
    const edges = graph.edgesOf(node);
    for (let at = 0; at < edges.length && seen.size <= MAX_STEPS; at += 2) seen.add(edges[at]!);
  }
  return false;
}

function connectPrivate(graph: FlowGraph, from: number, to: number): void {
  const between = graph.newNode();
  graph.connect(from, between);
  graph.take(between, NOT_PRIVATE);
  graph.connect(between, to);
}

/**
 * `out("git status"); out("cat ~/.netrc")`: what a call in a body gives back in one turn comes out of the call that the turn is of, when
 * what the body's call gives back comes out of the body.
 * @param span of the call in the body
 * @param node what it gives back in this turn
 */
export function handBack({ result, from, caller }: Turn, span: Span, node: number): void {
  if (result === 0 || from === 0 || node === 0) return;
  const { graph } = caller;
  if (comesOut(graph, span, from)) connectPrivate(graph, node, result);
}

/** The same for a script's command: what it prints comes out of the function that it stands in. */
export function handOutputBack({ result, caller }: Turn, node: number): void {
  if (result !== 0 && node !== 0) connectPrivate(caller.graph, node, result);
}
