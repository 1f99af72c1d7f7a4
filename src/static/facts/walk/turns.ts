import type { Guard, Scope } from '../../../model/evidence.ts';
import type { Expression, Span } from '../../../model/program.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import type { FunctionFact } from '../facts.ts';
import { knownElements } from '../values/sequences.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { mayAct, mayActIn } from './acting-bodies.ts';
import { assign } from './assignment.ts';
import { parameterValues, receiverCount } from './definitions.ts';
import { Frame } from './frame.ts';
import { told } from './performed-calls.ts';
import { forgetPlaces } from './turn-results.ts';
import type { Walk } from './walk.ts';

/**
 * A body is walked once, with what all its calls, or all turns of a loop, have in common. What only one of them gives is lost there:
 * `run("make"); run("curl … | sh")`. So the body has a turn for each: it is gone through again for its values, and where it starts a
 * program, runs code or leaves a file, that is done as if it stood where the call or the loop stands.
 */
export interface Turn {
  readonly caller: Walk;
  /** The call that gives the values; null: what is found stands where the body has it. */
  readonly span: Span | null;
  readonly function: FunctionFact | null;
  readonly scope: Scope;
  readonly guard: Guard | null;
  /** The node of what the call gives back, and that of what its function does; 0: nothing is made of it. */
  readonly result: number;
  readonly from: number;
  /** So many turns of loops inside each other it is. */
  readonly loops: number;
  /** The functions that have a turn around it: one that calls itself has no more of them. */
  readonly inside: readonly FunctionFact[];
}

/** A call of a function of the target whose turn comes when all bodies have been walked. */
export interface WaitingTurn extends Turn {
  readonly callee: FunctionFact;
  readonly given: readonly Value[];
}

const MAX_LOOPS = 3;
/** So many functions deep calls are followed. */
const MAX_CALLS = 16;
/** So many turns one loop, and the calls of one function, have. */
export const MAX_TURNS = 512;
/** Longer lists of numbers are no places in a list of commands. */
const MAX_PLACES = 64;
/** So many calls wait for their turns; half of them when those that cannot act are left out. */
const MAX_WAITING = 20_000;
/** A turn is not begun with fewer steps of the file's budget left: decoders need them. */
const MIN_BUDGET = 100_000;

/** The number that an element is. */
function placeOf({ constant }: Value): string | null {
  return typeof constant?.value === 'number' ? String(constant.value) : null;
}

/** A turn whose call stands where the walk is. @param span of the call; null: each thing that is found says its own */
export function turnAt(walk: Walk, span: Span | null): Turn {
  const { function: owner, scope, guard } = walk;
  return { caller: walk, span, function: owner, scope, guard, result: 0, from: 0, loops: 0, inside: [] };
}

/** Keeps that a call gives a function of the target texts, which its body may run. @param result the node of what the call gives back */
export function noteTurn(
  walk: Walk,
  callee: FunctionFact,
  given: readonly Value[],
  span: Span,
  result = 0,
): void {
  if (walk.quiet > 0 || !given.some((value) => told(value) !== null)) return;
  const { turns } = walk;
  if (turns.length >= MAX_WAITING) {
    // Most calls are of functions that do nothing of the kind.
    const kept = turns.splice(0).filter((turn) => mayAct(walk, turn.callee));
    if (kept.length > MAX_WAITING / 2) missTurns(walk);
    turns.push(...kept.slice(0, MAX_WAITING / 2));
  }
  turns.push({ ...turnAt(walk, span), result, from: callee.returnNode, callee, given });
}

/** Says that something was called with more than is followed. */
export function missTurns(walk: Walk): void {
  walk.gathering.miss({
    reason: 'more calls of functions that run commands than are followed',
    blocking: true,
  });
}

/** A call's arguments by the parameters of what it calls. */
export function givenTo(
  walk: Walk,
  callee: FunctionFact,
  { positional, named }: BoundArguments,
  receiver: Value | null,
): readonly Value[] {
  const { parameters } = callee.definition;
  const shift =
    receiver === null && callee.owner !== null && callee.name !== '__init__'
      ? 0
      : receiverCount(walk, callee);
  const given: Value[] = Array.from({ length: shift }, () => UNKNOWN);
  for (const value of positional) given.push(value);
  for (const [name, value] of named) {
    const at = parameters.findIndex((parameter) => parameter.name === name);
    if (at < 0) continue;
    while (given.length < at) given.push(UNKNOWN);
    given[at] = value;
  }
  return given;
}

/** Goes through a function's body with what a call gives. */
function take(turn: Turn, callee: FunctionFact, given: readonly Value[]): void {
  const walk = turn.caller.gathering.walks.get(callee.layer);
  if (walk === undefined) return;
  walk.quietly(new Frame('function', callee.outer), (frame) => {
    const before = { turn: walk.turn, function: walk.function, owner: walk.owner };
    walk.turn = { ...turn, inside: [...turn.inside, callee] };
    walk.function = callee;
    walk.owner = callee.owner;
    for (const [name, value] of parameterValues(walk, { ...callee, given: [...given], isTool: false }))
      frame.assign(name, value, walk.graph, true);
    walk.walkBody(callee.definition.body);
    Object.assign(walk, before);
  });
}

/** A call inside a body that has its turn: the function that it calls has one too. */
export function takeInside(
  walk: Walk,
  callee: FunctionFact,
  args: BoundArguments,
  receiver: Value | null,
): void {
  const { turn } = walk;
  if (turn === null || turn.inside.includes(callee) || !mayAct(walk, callee)) return;
  if (turn.inside.length >= MAX_CALLS || walk.gathering.refoldBudget < MIN_BUDGET) missTurns(walk);
  else take(turn, callee, givenTo(walk, callee, args, receiver));
}

/** The turns of the functions that were called, when all bodies have been walked. */
export function takeWaitingTurns(walk: Walk): void {
  const { gathering } = walk;
  const taken = new Map<FunctionFact, Set<string>>();
  if (walk.turns.length > 0) forgetPlaces(walk.graph);
  for (const turn of walk.turns.splice(0)) {
    const { callee, given } = turn;
    const isNew = given.some((value, at) => {
      const text = told(value);
      return text !== null && text !== told(callee.walkedWith[at]);
    });
    if (!isNew || !mayAct(walk, callee)) continue;
    const key = given.map((value) => told(value) ?? '').join('\x01');
    const keys = taken.get(callee) ?? new Set();
    if (keys.has(key)) continue;
    if (keys.size >= MAX_TURNS || gathering.refoldBudget < MIN_BUDGET) {
      missTurns(walk);
      continue;
    }
    taken.set(callee, keys.add(key));
    take(turn, callee, given);
  }
}

/**
 * The turns of a loop's body, or of a comprehension's element, with what each element gives but the one that it was walked with.
 * @param text where the body stands
 */
export function takeElements(
  walk: Walk,
  over: Value,
  walkedWith: Value,
  binding: Expression,
  text: Span,
  walkBody: () => void,
): void {
  const elements = knownElements(over);
  if (elements === null || elements.length < 2 || (walk.quiet > 0 && walk.turn === null)) return;
  const around = walk.turn ?? turnAt(walk, null);
  const turn = { ...around, loops: around.loops + 1 };
  if (!mayActIn(walk, text)) return;
  // Places in a list: `for i in range(3): run(STEPS[i])`.
  const isShort = elements.length <= MAX_PLACES;
  const saidOf = (element: Value): string | null => told(element) ?? (isShort ? placeOf(element) : null);
  const seen = new Set<string | null>([saidOf(walkedWith), null]);
  for (const element of elements) {
    const said = saidOf(element);
    if (seen.has(said)) continue;
    seen.add(said);
    if (turn.loops > MAX_LOOPS || seen.size > MAX_TURNS || walk.gathering.refoldBudget < MIN_BUDGET) {
      missTurns(walk);
      return;
    }
    walk.quietly(new Frame(walk.frame.kind, walk.frame), () => {
      const before = walk.turn;
      walk.turn = turn;
      assign(walk, binding, element);
      walkBody();
      walk.turn = before;
    });
  }
}
