import type { FunctionFact, Layer } from '../facts.ts';
import type { Walk } from '../walk/walk.ts';
import type { BoundArguments } from './arguments.ts';
import { plainEntriesOf, plainEntriesNear } from './plain-schemas.ts';
import { registersTool } from './tool-names.ts';

/** A schema further from its handler, or in a longer text, is not read. */
const MAX_TEXT = 200_000;
/** What stands between a tool's name and its handler is read up to this. */
const MAX_NEAR = 20_000;
/** So many functions of one registration are looked at. */
const MAX_HANDLERS = 20;

const NONE: ReadonlySet<string> = new Set();

/** Entries of all schemas of a file, read once. */
const entriesOfLayers = new WeakMap<Layer, ReadonlySet<string>>();

/** Notes which of a tool's arguments its schema leaves no room in, where the tool is registered with its handler. */
export function noteSchema(
  walk: Walk,
  name: string,
  args: BoundArguments,
  span: { start: number; end: number },
): void {
  if (!registersTool(name) || walk.language === 'python') return;
  const handlers = args.positional.flatMap(({ callable, entries }) => [
    callable,
    ...(entries === null ? [] : [...entries.values()].map((each) => each.callable)),
  ]);
  for (const handler of handlers.filter((each) => each !== null).slice(0, MAX_HANDLERS))
    noteFor(walk, handler, span);
}

function entriesOf(layer: Layer): ReadonlySet<string> {
  const known = entriesOfLayers.get(layer) ?? plainEntriesOf(layer.source.text);
  entriesOfLayers.set(layer, known);
  return known;
}

function noteFor(walk: Walk, handler: FunctionFact, span: { start: number; end: number }): void {
  const node = handler.parameterNodes[0] ?? 0;
  const { text } = walk.layer.source;
  if (node === 0 || text.length > MAX_TEXT || handler.layer !== walk.layer) return;
  const { start } = handler.definition.span;
  const near = text.slice(span.start, start > span.start && start < span.end ? start : span.end);
  const plain = near.length > MAX_NEAR ? NONE : (plainEntriesNear(near) ?? entriesOf(walk.layer));
  if (plain.size > 0) walk.graph.plainEntries.set(node, plain);
}
