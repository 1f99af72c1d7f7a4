import type { FunctionFact } from '../facts.ts';
import type { Walk } from '../walk/walk.ts';
import type { BoundArguments } from './arguments.ts';
import { registersTool } from './tool-names.ts';

/** A schema further from its handler, or in a longer text, is not read. */
const MAX_TEXT = 200_000;
/** So many entries of schemas are looked at. */
const MAX_ENTRIES = 400;

/** An entry of a Zod schema with what it starts with: `count: z.number()`, `kind: z.enum([…])`. */
const ENTRY = /\b([A-Za-z_]\w{0,60})['"]?\s{0,20}:\s{0,20}z\s{0,40}\.\s{0,20}(?:coerce\.)?(\w{1,30})/g;

/** What holds nothing that speaks to a shell or a query. */
const PLAIN = /^(?:number|int\d*|float\d*|bigint|boolean|stringbool|enum|nativeEnum|literal|date|uuid|guid)$/;

/** A parameter of a Python tool whose type the server holds the model to: `count: int = 5`, `kind: Literal["a", "b"]`. */
const TYPED =
  /^\s{0,20}:\s{0,20}["']?(?:(?:typing\.)?(?:Optional|Annotated)\[\s{0,20})?(?:int|float|bool|Decimal|UUID|datetime|date|(?:typing\.)?Literal\[)/;

/** Entries of schemas in a text that are plain wherever they stand in it. */
function plainEntries(text: string): Set<string> {
  const plain = new Set<string>();
  const open = new Set<string>();
  let count = 0;
  for (const [, name = '', sort = ''] of text.matchAll(ENTRY)) {
    if (++count > MAX_ENTRIES) return new Set();
    (PLAIN.test(sort) ? plain : open).add(name);
  }
  for (const name of open) plain.delete(name);
  return plain;
}

/** Notes which of a tool's arguments its schema leaves no room in, where the tool is registered with its handler. */
export function noteSchema(
  walk: Walk,
  name: string,
  args: BoundArguments,
  span: { start: number; end: number },
): void {
  if (!registersTool(name) || walk.language === 'python') return;
  for (const { callable, entries } of args.positional) {
    const handlers = [
      callable,
      ...(entries === null ? [] : [...entries.values()].map((each) => each.callable)),
    ];
    for (const handler of handlers) if (handler !== null) noteFor(walk, handler, span);
  }
}

function noteFor(walk: Walk, handler: FunctionFact, span: { start: number; end: number }): void {
  const node = handler.parameterNodes[0] ?? 0;
  const { text } = walk.layer.source;
  if (node === 0 || text.length > MAX_TEXT || handler.layer !== walk.layer) return;
  const { start } = handler.definition.span;
  const near = text.slice(span.start, start > span.start && start < span.end ? start : span.end);
  const plain = plainEntries(/\bz\s*\./.test(near) ? near : text);
  if (plain.size > 0) walk.graph.plainEntries.set(node, plain);
}

/** True for a parameter of a tool whose type leaves no room for a text of the model's own. */
export function isTypedPlainly({ definition, layer }: FunctionFact, parameter: string): boolean {
  if (layer.language !== 'python') return false;
  const { start, end } = definition.span;
  const text = layer.source.text.slice(start, Math.min(end, start + 4_000));
  // Parameters stand before the body; the first word of this name with a type is the parameter.
  const at = new RegExp(`[(,\\s]${parameter}(?=\\s{0,20}:)`).exec(text);
  return at !== null && TYPED.test(text.slice(at.index + at[0].length, at.index + at[0].length + 80));
}
