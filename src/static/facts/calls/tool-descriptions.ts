import type { Span } from '../../../model/program.ts';
import { lastPart } from '../names.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { callFact } from './apply-api.ts';
import { argumentsAt, type BoundArguments } from './arguments.ts';
import { registersTool } from './tool-names.ts';

/** What makes a tool that is handed over later: `types.Tool(name=…, description=…)`. */
const MAKES_DESCRIPTION: ReadonlySet<string> = new Set(['Tool', 'FunctionTool']);
/** Where a tool's description is given, and its name. */
const DESCRIPTIONS = ['description', '0.description', '1.description'];
const NAMES = ['name', '0.name'];

/**
 * Notes where what a tool says of itself comes from, when the tool is one of the program's own. One that hands on tools of another server
 * takes their names from there, too; and what is put into a text of the program's own (a list of places) is not what the text says.
 */
export function noteDescription(walk: Walk, name: string, args: BoundArguments, span: Span): void {
  if (!registersTool(name) && !MAKES_DESCRIPTION.has(lastPart(name))) return;
  const [first, second] = args.positional;
  const names = NAMES.flatMap((at) => argumentsAt(args, at));
  if (names.some(({ constant }) => constant === null)) return;
  const isNamedFirst = names.length === 0 && first !== undefined && walk.language !== 'python';
  if (isNamedFirst && first.constant === null) return;
  const given = DESCRIPTIONS.flatMap((at) => argumentsAt(args, at));
  // `server.tool(name, description, …)` of JavaScript.
  if (isNamedFirst && second !== undefined && second.entries === null && second.callable === null)
    given.push(second);
  for (const value of given) endAsDescription(walk, name, value, args, span);
}

/** What is set as the description of something that is there already: `forecast.__doc__ = …`. */
export function endAsDescription(
  walk: Walk,
  name: string,
  value: Value,
  args: BoundArguments,
  span: Span,
): void {
  if (value.node === 0 || value.pieces !== null || value.constant !== null) return;
  walk.graph.addSink(value.node, {
    label: 'tool-description',
    call: callFact(walk, name, null, args, span),
  });
}
