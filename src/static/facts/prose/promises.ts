import { denialsIn } from '../../../denials.ts';
import type { Capability } from '../../../model/capability.ts';
import type { Expression } from '../../../model/program.ts';
import { isOwnMachine } from '../../../own-network.ts';
import { detailOf } from '../../evidence/from-calls.ts';
import type { PlacedDetection } from '../../file-view.ts';
import type { CallFact, Facts, FunctionFact } from '../facts.ts';
import { registersTool } from '../calls/tool-names.ts';
import type { Value } from '../values/value.ts';

/** What a function is said not to do. */
interface Promised {
  readonly capabilities: readonly Capability[];
  /** As written, shortened. */
  readonly text: string;
  readonly by: 'annotation' | 'documentation';
  /** What it is given is not kept: no cache and no log is an excuse. */
  readonly isKeeping?: true;
}

/** What the hints of the Model Context Protocol promise (`ToolAnnotations`, specification of 2025-03-26). */
const HINTS: Readonly<
  Record<string, { readonly value: boolean; readonly capabilities: readonly Capability[] }>
> = {
  readOnlyHint: { value: true, capabilities: ['fs.write', 'fs.delete', 'persist', 'agent.control'] },
  destructiveHint: { value: false, capabilities: ['fs.delete'] },
  openWorldHint: { value: false, capabilities: ['net.connect'] },
};

/** Calls of so many functions are looked at that a function calls, or that those call. */
const MAX_FUNCTIONS = 40;
/** Expressions of a decorator that are looked through. */
const MAX_EXPRESSIONS = 200;
/** So much of a function's documentation is read for what it keeps. */
const MAX_DOCUMENTATION = 4_000;
/** So much of a call is looked at for what it acts on. */
const MAX_CALL = 400;

/** Places that are nobody's files: scratch, caches, logs. */
const SCRATCH =
  /^(?:\/tmp|\/var\/(?:tmp|log)|\/dev)(?:\/|$)|(?:^|[/._-])(?:cache|tmp|temp|logs?)(?:[/._-]|$)/i;

/**
 * Calls by which functions do what their documentation or their annotations as a tool say that they do not do.
 * Names: `annotation-broken`, `documentation-broken`, and `given-file-deleted` where documentation denies any change and what the
 * function was handed is deleted.
 */
export function brokenPromises(facts: Facts): readonly PlacedDetection[] {
  const promised = new Map<FunctionFact, Promised[]>();
  const add = (fact: FunctionFact, promises: readonly Promised[]): void => {
    if (promises.length > 0) promised.set(fact, [...(promised.get(fact) ?? []), ...promises]);
  };
  for (const fact of facts.functions) {
    const { documentation, decorators } = fact.definition;
    if (documentation !== null) add(fact, documented(documentation));
    for (const decorator of decorators) add(fact, hintsInDecorator(decorator));
  }
  for (const call of facts.calls) {
    if (!registersTool(call.name)) continue;
    const given = [...call.args.positional, ...call.args.named.values()];
    const handler = given.findLast(({ callable }) => callable !== null)?.callable ?? null;
    if (handler !== null) add(handler, given.flatMap(hintsInValue));
  }
  return promised.size === 0 ? [] : broken(facts, promised);
}

/** "Does not store the entry", said of what a function is given. */
const KEEPS_NOTHING =
  /\b(?:(?:does not|doesn't|never) (?:store|stores|keep|keeps|save|saves|record|records|log|logs)|(?:nothing|the \w{1,20}) (?:is|are) (?:not |never )?(?:stored|kept|saved|recorded|logged|written down))\b(?![^.]{0,60}\b(?:if|unless|until|except|by default|longer|more than|order|track)\b)/i;

function documented(text: string): readonly Promised[] {
  return [...keptNothing(text), ...denied(text)];
}

function keptNothing(text: string): readonly Promised[] {
  const found = KEEPS_NOTHING.exec(text.slice(0, MAX_DOCUMENTATION));
  if (
    found === null ||
    (/^the \w{1,20} (?:is|are) [a-z]/i.test(found[0]) && !/ (?:not|never) /.test(found[0]))
  )
    return [];
  return [{ capabilities: ['fs.write'], text: found[0], by: 'documentation', isKeeping: true }];
}

function denied(text: string): readonly Promised[] {
  const flat = denialsIn(text).filter(({ isOfDefault }) => isOfDefault !== true);
  return flat.map((denial) => ({
    // A file that a function writes is often what it is for; that it deletes one, or calls out, is not.
    capabilities: denial.capabilities.filter((capability) => capability !== 'fs.write'),
    text: denial.text,
    by: 'documentation',
  }));
}

function hintOf(name: string, value: unknown): readonly Promised[] {
  const hint = Object.hasOwn(HINTS, name) ? HINTS[name] : undefined;
  if (hint === undefined || hint.value !== value) return [];
  return [{ capabilities: hint.capabilities, text: `${name}: ${String(value)}`, by: 'annotation' }];
}

/** The hints in an annotation that stands in a record, or is one. */
function hintsInValue({ entries }: Value): readonly Promised[] {
  if (entries === null) return [];
  const hints = entries.get('annotations')?.entries ?? entries;
  return [...hints].flatMap(([name, value]) => hintOf(name, value.constant?.value));
}

/** `@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))`, `@mcp.tool(annotations={"readOnlyHint": True})`. */
function hintsInDecorator(decorator: Expression): readonly Promised[] {
  const found: Promised[] = [];
  const waiting: Expression[] = [decorator];
  for (let count = 0; waiting.length > 0 && count < MAX_EXPRESSIONS; count++) {
    const next = waiting.pop()!;
    if (next.kind === 'call') {
      for (const { name, value } of next.args) {
        if (name !== null && value.kind === 'literal') found.push(...hintOf(name, value.value));
        waiting.push(value);
      }
    } else if (next.kind === 'record') {
      for (const { key, value } of next.entries) {
        if (key?.kind === 'literal' && value.kind === 'literal')
          found.push(...hintOf(String(key.value), value.value));
        waiting.push(value);
      }
    }
  }
  return found;
}

/** A function and those of the target that it calls. */
function reachedFrom(fact: FunctionFact): ReadonlySet<FunctionFact> {
  const reached = new Set([fact]);
  for (const next of reached) {
    for (const callee of next.callees) if (reached.size < MAX_FUNCTIONS) reached.add(callee);
  }
  return reached;
}

function broken(
  facts: Facts,
  promised: ReadonlyMap<FunctionFact, readonly Promised[]>,
): readonly PlacedDetection[] {
  const byFunction = new Map<FunctionFact, CallFact[]>();
  for (const call of facts.calls) {
    if (call.function === null || call.api?.capabilities === undefined) continue;
    const list = byFunction.get(call.function);
    if (list === undefined) byFunction.set(call.function, [call]);
    else list.push(call);
  }
  const found = new Map<string, PlacedDetection>();
  for (const [fact, promises] of promised) {
    const calls = [...reachedFrom(fact)].flatMap((reached) => byFunction.get(reached) ?? []);
    for (const { capabilities, text, by, isKeeping } of promises) {
      for (const call of calls) {
        const capability = call.api?.capabilities?.find((each) => capabilities.includes(each));
        if (capability === undefined) continue;
        if (isKeeping !== true && isHarmless(capability, detailOf(call))) continue;
        found.set(`${by} ${call.layer.source.layer ?? ''} ${call.span.start}`, {
          name:
            by === 'documentation' && capability === 'fs.delete' && isOfGiven(call, fact)
              ? 'given-file-deleted'
              : `${by}-broken`,
          detail: `"${text}", and ${fact.name ?? 'it'} calls ${call.name.replace(/^\?\./, '')} (${capability})`,
          span: call.span,
          layer: call.layer,
        });
      }
    }
  }
  return [...found.values()];
}

/** The call of a function that acts on one of its own parameters: `os.remove(path)`, `path.unlink()`. */
function isOfGiven(call: CallFact, fact: FunctionFact): boolean {
  if (call.function !== fact) return false;
  const { text } = call.layer.source;
  const written = text.slice(call.span.start, Math.min(call.span.end, call.span.start + MAX_CALL));
  const [, receiver, , argument] =
    /^(\w{1,60})(\.\w{1,60}){0,4}\(\s{0,10}(\w{0,60})\s{0,10}[),]/.exec(written) ?? [];
  return fact.definition.parameters.some(({ name }) => name === receiver || name === argument);
}

function isHarmless(capability: Capability, detail: string): boolean {
  return capability === 'net.connect' ? isOwnMachine(detail) : SCRATCH.test(detail);
}
