import type { Api, ArgumentReference } from '../../../model/api-model.ts';
import type { Expression } from '../../../model/program.ts';
import { argumentsAt, type BoundArguments } from './arguments.ts';
import { assign, frameFor, storeEntry } from '../walk/assignment.ts';
import type { Callee, CallNode } from './callee.ts';
import type { Run } from '../walk/execution.ts';
import type { FunctionFact } from '../facts.ts';
import { isWriting } from './apply-api.ts';
import { isStoring } from './storing-methods.ts';
import { changed } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** What a storing method is given. */
export function storedBy(walk: Walk, { positional, named }: BoundArguments): number {
  return walk.graph.join([...positional, ...named.values()].map((value) => value.node));
}

/** The variable that holds what a method is called on: `held` of `held["a"].append(x)` and `held.setdefault("a", []).append(x)`. */
function heldIn(object: Expression): string | null {
  let at = object;
  for (let depth = 0; depth < 8; depth++) {
    if (at.kind === 'name') return at.name;
    if (at.kind === 'index' || (at.kind === 'member' && at.property === 'searchParams')) at = at.object;
    else if (
      at.kind === 'call' &&
      at.callee.kind === 'member' &&
      /^(?:setdefault|get)$/.test(at.callee.property)
    )
      at = at.callee.object;
    else return null;
  }
  return null;
}

/**
 * Lets something flow into what a variable holds. What a variable is read as that is read at any time is a value of its own: what is put
 * into that has to be put into what the variable holds afterwards, too.
 */
function putInto(walk: Walk, name: string, node: number): void {
  const frame = frameFor(walk, name, true);
  const held = frame.read(name)?.node ?? 0;
  if (held === 0) frame.absorb(name, node, walk.graph);
  else walk.graph.connect(node, held);
}

/** Puts what was given to a storing method into the variable it was called on. */
export function storeInVariable(
  walk: Walk,
  expression: CallNode,
  callee: Callee,
  args: BoundArguments,
): void {
  if (callee.method === null || !isStoring(callee.method) || expression.callee.kind !== 'member') return;
  if (callee.method === 'update' && callee.receiver?.entries)
    for (const [key, value] of [...(args.positional[0]?.entries ?? []), ...args.named])
      storeEntry(walk, expression.callee.object, key, value);
  const holder = heldIn(expression.callee.object);
  const given = storedBy(walk, args);
  if (holder === null || given === 0) return;
  if (callee.receiver?.node !== 0 && !walk.isReadAnyTime(holder)) return;
  const frame = frameFor(walk, holder, true);
  const { object } = expression.callee;
  if (object.kind !== 'name' && object.kind !== 'member' && frame.read(holder)?.name !== null) return;
  putInto(walk, holder, given);
}

/** What is written to an open file that a variable holds, in a branch or a loop: the variable holds it from then on. */
export function keepWritten(walk: Walk, { callee }: CallNode, api: Api, args: BoundArguments): void {
  if (callee.kind !== 'member' || callee.object.kind !== 'name' || !isWriting(api)) return;
  const { name } = callee.object;
  if (walk.isReadAnyTime(name)) putInto(walk, name, walk.graph.join(args.positional.map(({ node }) => node)));
}

/** Lets what a call gives flow into arguments that it fills: values of their own, or the variables that hold them. */
export function fill(
  walk: Walk,
  { callee, args: given }: CallNode,
  references: readonly ArgumentReference[],
  args: BoundArguments,
  node: number,
): void {
  for (const reference of references) {
    for (const value of argumentsAt(args, reference)) walk.graph.connect(node, value.node);
    const expression =
      reference === 'receiver'
        ? callee.kind === 'member'
          ? callee.object
          : undefined
        : typeof reference === 'number'
          ? given[reference]?.value
          : given.find(({ name }) => name === reference)?.value;
    if (expression?.kind !== 'name' || node === 0) continue;
    if (argumentsAt(args, reference)[0]?.node === 0 || walk.isReadAnyTime(expression.name))
      putInto(walk, expression.name, node);
  }
}

/** Lists that a function of the target changed: whoever gave them holds them as they are now. */
export function keepChangedLists(
  walk: Walk,
  expression: CallNode,
  callee: FunctionFact,
  args: BoundArguments,
  { frame }: Run,
): void {
  if (callee.owner !== null || expression.args.length !== args.positional.length) return;
  expression.args.forEach(({ value: written }, index) => {
    const given = args.positional[index];
    const parameter = callee.definition.parameters[index];
    if (written.kind !== 'name' || given?.elements === undefined || given.elements === null) return;
    const held = parameter === undefined ? null : frame.read(parameter.name);
    const isSame =
      held?.elements?.length === given.elements.length &&
      held.elements.every((element, at) => element === given.elements?.[at]);
    if (held?.elements !== undefined && held.elements !== null && !isSame)
      assign(walk, written, changed(given, { elements: held.elements }));
  });
}
