import type { Api } from '../../../model/api-model.ts';
import type { ArgumentNode, Span } from '../../../model/program.ts';
import { applyApi } from '../calls/apply-api.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { innerCodeOfCall } from '../texts/inner-code.ts';
import { changed, knownText, type Value } from '../values/value.ts';
import type { CallFact } from '../facts.ts';
import { evaluate } from './expressions.ts';
import { Frame } from './frame.ts';
import { handBack, handOutputBack } from './turn-results.ts';
import { MAX_TURNS, missTurns, type Turn, turnAt } from './turns.ts';
import type { Walk } from './walk.ts';

/** What is told of lists and tables, which many calls are given. */
const TOLD = new WeakMap<Value, string | null>();
/** Deeper ones are tables of tables. */
const MAX_DEPTH = 3;

/** What is told of a value in words; null: nothing is. */
export function told(value: Value | undefined, depth = 0): string | null {
  if (value === undefined || depth > MAX_DEPTH) return null;
  const text = knownText(value);
  if (text !== null) return text;
  const parts = value.elements ?? (value.entries === null ? null : [...value.entries.values()]);
  if (parts === null) return null;
  const known = depth === 0 ? TOLD.get(value) : undefined;
  if (known !== undefined) return known;
  const texts = parts.map((part) => told(part, depth + 1) ?? '*');
  const whole = texts.every((each) => each === '*') ? null : texts.join('\0');
  if (depth === 0) TOLD.set(value, whole);
  return whole;
}

/** A text that a helper puts together of what it is given hides nothing; one that was decoded does. */
function asPutTogether(value: Value): Value {
  const { constant, elements } = value;
  if (constant?.origin === 'assembled') return changed(value, { constant: { ...constant, origin: 'plain' } });
  return elements === null ? value : changed(value, { elements: elements.map(asPutTogether) });
}

/** True for a call that has a program started, code run or a file left, or reads the variable that it names. */
function acts(api: Api): boolean {
  return (
    api.leaves !== undefined ||
    api.detail?.as === 'variable' ||
    api.sinks?.some(({ label }) => label === 'process' || label === 'code') === true
  );
}

function performedKey(name: string, texts: readonly string[]): string {
  return [name, ...texts].join('\x01');
}

/** Does something where a turn's call stands, aloud. */
function aloud(turn: Turn, run: (caller: Walk) => void): void {
  const { caller, function: owner, scope, guard } = turn;
  const { graph } = caller;
  const before = {
    quiet: caller.quiet,
    turn: caller.turn,
    function: caller.function,
    scope: caller.scope,
    guard: caller.guard,
  };
  const { isFrozen } = graph;
  Object.assign(caller, { quiet: 0, turn: null, function: owner, scope, guard });
  graph.isFrozen = false;
  run(caller);
  graph.isFrozen = isFrozen;
  Object.assign(caller, before);
}

/** A call in a body that has its turn: it is noted where the turn's call stands, once, when it acts and something is told of what it is given. */
export function perform(walk: Walk, name: string, api: Api | null, args: BoundArguments, span: Span): void {
  const { turn } = walk;
  if (turn === null || api === null || !acts(api)) return;
  const texts = [...args.positional, ...args.named.values()].map((value) => told(value) ?? '');
  if (texts.every((text) => text === '')) return;
  const at = turn.span ?? span;
  if (!mayPerform(turn, [at.start, name, ...texts])) return;
  walk.gathering.performed.add(performedKey(name, texts));
  const given: BoundArguments = {
    ...args,
    positional: args.positional.map(asPutTogether),
    named: new Map([...args.named].map(([key, value]) => [key, asPutTogether(value)])),
  };
  aloud(turn, (caller) => {
    handBack(turn, span, doNoted(caller, name, api, given, at));
  });
}

/**
 * `run(STEPS[at])`: what a call is given that takes one of a list or a table, when it is not written there which, once for each that
 * something else is told of.
 * @param written the arguments as they stand in the program
 */
export function givenEach(
  walk: Walk,
  written: readonly ArgumentNode[],
  args: BoundArguments,
): readonly BoundArguments[] {
  const place = written.findIndex(({ value }) => value.kind === 'index' && value.index.kind !== 'literal');
  const expression = written[place]?.value;
  if (walk.quiet > 0 || expression?.kind !== 'index' || written[place]?.name !== null) return [];
  const held = walk.quietly(new Frame('function', walk.frame), () => evaluate(walk, expression.object));
  const parts = held.elements ?? (held.entries === null ? [] : [...held.entries.values()]);
  const seen = new Set([null, told(args.positional[place])]);
  const given: BoundArguments[] = [];
  for (const part of parts) {
    const said = told(part);
    if (seen.has(said)) continue;
    seen.add(said);
    given.push({ ...args, positional: args.positional.with(place, part) });
  }
  return given;
}

/** A call that acts on one of what a list or a table holds acts on each of them. */
export function performEach(
  walk: Walk,
  written: readonly ArgumentNode[],
  name: string,
  api: Api | null,
  args: BoundArguments,
  span: Span,
): void {
  if (api === null || !acts(api)) return;
  const turn = turnAt(walk, null);
  const each = givenEach(walk, written, args);
  if (each.length > MAX_TURNS) missTurns(walk);
  for (const given of each.slice(0, MAX_TURNS)) {
    aloud(turn, (caller) => {
      doNoted(caller, name, api, given, span);
    });
  }
}

/** What arrives at a call without being known there is done where the call stands, unless some turn has done it. */
export function performArrived(walk: Walk, call: CallFact, args: BoundArguments): void {
  const { name, api, span } = call;
  if (api === null) return;
  const key = performedKey(
    name,
    [...args.positional, ...args.named.values()].map((value) => told(value) ?? ''),
  );
  const { performed } = walk.gathering;
  if (performed.has(key)) return;
  performed.add(key);
  const turn: Turn = {
    ...turnAt(walk, null),
    function: call.function,
    scope: call.outerScope,
    guard: call.guard,
  };
  aloud(turn, (caller) => {
    doNoted(caller, name, api, args, span);
  });
}

/** @returns the node of what the call gives back */
function doNoted(caller: Walk, name: string, api: Api, args: BoundArguments, span: Span): number {
  const { node } = applyApi(caller, name, api, args, span);
  innerCodeOfCall(caller, name, api, args, span, node, null);
  return node;
}

/** Runs a command of which its words alone say what it is, where a turn's call stands. @param span where the body has it */
export function performTold(
  turn: Turn,
  words: readonly Value[],
  span: Span,
  run: (caller: Walk, words: readonly Value[], at: Span) => Value,
): void {
  const texts = words.map((word) => knownText(word) ?? '');
  const at = turn.span ?? span;
  if (texts.every((text) => text === '') || !mayPerform(turn, [at.start, ...texts])) return;
  aloud(turn, (caller) => {
    handOutputBack(turn, run(caller, words.map(asPutTogether), at).node);
  });
}

/** True the first time that something is performed at a place. */
function mayPerform({ caller }: Turn, key: readonly (string | number)[]): boolean {
  const { performed } = caller;
  const whole = key.join('\x01');
  if (performed.has(whole)) return false;
  performed.add(whole);
  return true;
}
