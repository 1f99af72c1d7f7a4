import { nodeOf, spread } from '../../flow/search.ts';
import { plain, textOf } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import type { CallFact } from '../facts.ts';
import type { Gathering } from '../gathering.ts';
import { atNode, changed, constantValue, listValue, type Value } from '../values/value.ts';
import { performArrived } from '../walk/performed-calls.ts';
import { isTelling, piecesOf } from './carried-commands.ts';

/** How many places are visited for one text and for all of them, and how many are run where they arrive. */
const MAX_STATES = 20_000;
const MAX_STATES_OF_ALL = 2_000_000;
const MAX_ARRIVED = 500;
/** Lists in lists of what a call is given. */
const MAX_DEPTH = 4;

/** What a call is given when a text arrives there: it stands for what is not known and lies on its way. */
function withText(value: Value, text: Value, reached: ReadonlySet<number>, depth = 0): Value {
  if (depth > MAX_DEPTH) return value;
  // What is known of it may be what only one of several calls, or one turn of a loop, gives.
  if (value.constant !== null) return reached.has(value.node) ? atNode(text, value.node) : value;
  if (value.elements !== null)
    return changed(value, {
      elements: value.elements.map((each) => withText(each, text, reached, depth + 1)),
    });
  const { pieces } = value;
  if (pieces !== null) {
    const put = pieces.map((piece) => {
      const given = typeof piece === 'string' ? null : withText(piece, text, reached, depth + 1);
      return typeof piece === 'string' ? piece : (textOf(given?.constant ?? null) ?? piece);
    });
    if (put.some((piece, at) => piece !== pieces[at])) {
      const isWhole = put.every((piece) => typeof piece === 'string');
      return isWhole ? constantValue(plain(put.join('')), value.node) : changed(value, { pieces: put });
    }
  }
  return reached.has(value.node) ? atNode(text, value.node) : value;
}

function withTextIn(args: BoundArguments, text: Value, reached: ReadonlySet<number>): BoundArguments {
  return {
    positional: args.positional.map((value) => withText(value, text, reached)),
    named: new Map([...args.named].map(([name, value]) => [name, withText(value, text, reached)])),
    receiver: args.receiver,
  };
}

/** Lines of one text that are looked at one by one. */
const MAX_LINES = 16;

/** A command as values: a text, and each line of it that may be one of its own; or a list of words. */
function valuesOf(carried: string | readonly string[]): readonly Value[] {
  if (typeof carried !== 'string') return [listValue(carried.map((word) => constantValue(plain(word))))];
  const lines = carried.includes('\n') ? carried.split('\n').filter(isTelling).slice(0, MAX_LINES) : [];
  return [carried, ...lines.flatMap(piecesOf)].map((text) => constantValue(plain(text)));
}

/**
 * Runs texts of commands where they arrive: a text that a field, a queue or a data file brings to a call that starts programs is no
 * constant there, but it is known which text it is. Calls that are found so are added to those that were gathered; what stands in
 * them is walked by whoever walks texts in texts.
 */
export function runArrived(gathering: Gathering): void {
  const { graph, walks, owners } = gathering;
  if (graph.carriedTexts.size === 0) return;
  const isTaken = (node: number): boolean => graph.isTaken(node, 'command');
  const sinksAt = (node: number): readonly CallFact[] =>
    (graph.sinks.get(node) ?? [])
      .filter(({ label }) => label === 'process' || label === 'code')
      .map(({ call }) => call);
  const all = spread(graph, graph.carriedTexts.keys(), isTaken, MAX_STATES_OF_ALL);
  if (![...all.cameFrom.keys()].some((state) => sinksAt(nodeOf(state)).length > 0)) return;
  const found: { readonly call: CallFact; readonly args: BoundArguments }[] = [];
  let left = MAX_STATES_OF_ALL;
  let isCut = all.isCut;
  for (const [start, carried] of graph.carriedTexts) {
    const search = spread(graph, [start], isTaken, Math.min(MAX_STATES, left));
    left -= search.cameFrom.size;
    isCut ||= search.isCut;
    const reached = new Set([...search.cameFrom.keys()].map(nodeOf));
    const calls = new Set([...reached].flatMap(sinksAt));
    for (const call of calls)
      for (const value of valuesOf(carried))
        found.push({ call, args: withTextIn(call.args, value, reached) });
    if (left <= 0 || found.length > MAX_ARRIVED) {
      isCut = true;
      break;
    }
  }
  const before = gathering.file;
  for (const { call, args } of found.slice(0, MAX_ARRIVED)) {
    const walk = walks.get(call.layer);
    gathering.file = owners.get(call.layer) ?? before;
    if (walk !== undefined) performArrived(walk, call, args);
    if (isCut)
      gathering.miss({
        reason: 'more commands are carried to where they run than are followed',
        blocking: true,
      });
  }
  gathering.file = before;
}
