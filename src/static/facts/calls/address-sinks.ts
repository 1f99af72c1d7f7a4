import type { Api } from '../../../model/api-model.ts';
import { hostOf, HOLE } from '../../evidence/detail.ts';
import { argumentsAt, type BoundArguments } from './arguments.ts';
import type { CallFact } from '../facts.ts';
import type { FlowGraph } from '../flow-graph.ts';
import { knownText, type Value } from '../values/value.ts';

/** A text in which the host of an address is over: `https://h/`, `h/`. */
const PAST_HOST = /^(?:[a-z][a-z0-9+.-]*:\/\/|\/\/)[^/?#]+[/?#]|^[^/?#]+[/?#](?!\/)/i;

/** Nodes of what the host of an address is made of. */
function hostNodes(value: Value): readonly number[] {
  if (value.pieces === null) return [value.node];
  const nodes: number[] = [];
  let text = '';
  for (const piece of value.pieces) {
    if (typeof piece !== 'string') nodes.push(piece.node);
    text += typeof piece === 'string' ? piece : (knownText(piece) ?? HOLE);
    if (PAST_HOST.test(text) || text.length > 2_000) break;
  }
  return nodes;
}

/** `/`, `?` or `#` at the start, but not `//`: a place on the own host. */
const OWN_HOST = /^(?:\/(?![/\\])|[?#])/;

/** Nodes of what says to which host a visitor is sent on; none where the host is fixed. */
export function destinationNodes(value: Value): readonly number[] {
  const [start] = value.pieces ?? [];
  return typeof start === 'string' && OWN_HOST.test(start) ? [] : hostNodes(value);
}

/** Whoever says to which host a request goes ends there: not who only says what is asked of a known one. */
export function noteAddresses(graph: FlowGraph, api: Api, args: BoundArguments, call: CallFact): void {
  if (api.detail?.as !== 'host' || api.sinks?.some(({ label }) => label === 'network') !== true) return;
  for (const reference of [api.detail.argument].flat())
    for (const value of argumentsAt(args, reference))
      if (value.node !== 0 && hostOf(knownText(value) ?? HOLE) === HOLE)
        for (const node of hostNodes(value)) graph.addSink(node, { label: 'address', call });
}
