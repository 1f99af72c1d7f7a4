import type { ArgumentReference } from '../../../model/api-model.ts';
import type { Value } from '../values/value.ts';

/** A call's arguments, by the ways in which models and rules point at them. */
export interface BoundArguments {
  readonly positional: readonly Value[];
  /** Keywords, redirections and options. */
  readonly named: ReadonlyMap<string, Value>;
  readonly receiver: Value | null;
}

/** The named arguments of most calls. */
export const NONE_NAMED: ReadonlyMap<string, Value> = new Map();

/** A call without arguments. */
export const NO_ARGUMENTS: BoundArguments = { positional: [], named: NONE_NAMED, receiver: null };

/** Every argument, the receiver last. */
export function allArguments(args: BoundArguments): readonly Value[] {
  if (args.named.size === 0 && args.receiver === null) return args.positional;
  const all = [...args.positional, ...args.named.values()];
  if (args.receiver !== null) all.push(args.receiver);
  return all;
}

/**
 * The arguments that a reference points at; `*` is every one but the receiver. `1.body` and `options.body` are entries of a record,
 * `to.1` is the second of a list, and `0.*` is each that a list or record holds.
 */
export function argumentsAt(args: BoundArguments, reference: ArgumentReference): readonly Value[] {
  if (reference === '*') return [...args.positional, ...args.named.values()];
  if (reference === 'receiver') return args.receiver === null ? [] : [args.receiver];
  const direct = typeof reference === 'number' ? args.positional[reference] : args.named.get(reference);
  if (direct !== undefined) return [direct];
  const entry = typeof reference === 'string' ? /^(\w+)\.(.+)$/.exec(reference) : null;
  if (entry === null) return [];
  const [, at = '', key = ''] = entry;
  return valuesIn(/^\d+$/.test(at) ? args.positional[Number(at)] : args.named.get(at), key);
}

/** What stands at a path in a record or a list: `bcc`, `envelope.to.1`, `attachments.*.path`. */
function valuesIn(value: Value | undefined, path: string): readonly Value[] {
  if (value === undefined) return [];
  const entry = value.entries?.get(path);
  if (entry !== undefined) return [entry];
  const dot = path.indexOf('.');
  const first = dot < 0 ? path : path.slice(0, dot);
  const next = first === '*' ? partsOf(value) : partNamed(value, first);
  return dot < 0 ? next : next.flatMap((part) => valuesIn(part, path.slice(dot + 1)));
}

/** So many parts of a list or record are looked at where all are meant. */
const MAX_PARTS = 64;

function partsOf({ elements, entries }: Value): readonly Value[] {
  return (elements ?? [...(entries?.values() ?? [])]).slice(0, MAX_PARTS);
}

function partNamed({ elements, entries }: Value, name: string): readonly Value[] {
  const found = entries?.get(name) ?? (/^\d+$/.test(name) ? elements?.[Number(name)] : undefined);
  return found === undefined ? [] : [found];
}

/** The first argument present among several references; null when none is. */
export function firstArgument(
  args: BoundArguments,
  references: ArgumentReference | readonly ArgumentReference[],
): Value | null {
  for (const reference of Array.isArray(references) ? references : [references]) {
    const found = argumentsAt(args, reference as ArgumentReference)[0];
    if (found !== undefined) return found;
  }
  return null;
}
