import type { Expression, Statement } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { assign } from './assignment.ts';
import { receiverCount } from './definitions.ts';
import { evaluate } from './expressions.ts';
import type { FunctionFact } from '../facts.ts';
import { Frame } from './frame.ts';
import { noteImport } from './imports.ts';
import { knownElements } from '../values/sequences.ts';
import { isKnown, truthOf } from '../values/truth.ts';
import { callableValue, changed, listValue, UNKNOWN, type Value } from '../values/value.ts';
import { MAX_YIELDS, type Walk } from './walk.ts';

/** How many functions may run inside each other. */
const MAX_CALLS_INSIDE = 12;

/** A value that is returned; or the statements ended, or what comes next is not known. */
type Ending = Value | 'next' | 'lost';

type Loop = Extract<Statement, { kind: 'loop' }>;

/** Frontends leave these words out of what they lower. */
const JUMP = /\b(?:break|continue)\b/;

/**
 * Runs statements whose values are known, for what they compute: no call is noted and nothing outside the innermost frame changes.
 * Every expression in it costs a step of the file's budget. The caller has made the walk quiet.
 */
function execute(walk: Walk, statements: readonly Statement[]): Ending {
  for (const statement of statements) {
    if (statement.kind !== 'function') continue;
    const name = statement.local ?? statement.definition.name;
    if (name === null) continue;
    const callable = walk.addFunction(statement.definition, null);
    walk.frame.assign(name, callableValue(callable), walk.graph, true);
  }
  for (const statement of statements) {
    if (walk.gathering.refoldBudget <= 0) return 'lost';
    const ending = executeOne(walk, statement);
    if (ending !== 'next') return ending;
  }
  return 'next';
}

function executeOne(walk: Walk, statement: Statement): Ending {
  switch (statement.kind) {
    case 'assign':
      assign(walk, statement.target, assignedValue(walk, statement));
      return 'next';
    case 'expression':
      if (statement.expression.kind === 'unary' && statement.expression.operator === 'raise') return 'lost';
      evaluate(walk, statement.expression);
      return 'next';
    case 'return':
      return statement.value === null ? UNKNOWN : evaluate(walk, statement.value);
    case 'import':
      noteImport(walk, statement);
      return 'next';
    case 'function':
    case 'declare':
    case 'import-types':
      return 'next';
    case 'branch': {
      const truth = statement.branches.length > 2 ? null : truthOf(evaluate(walk, statement.test), walk);
      return truth === null ? 'lost' : execute(walk, statement.branches[truth ? 0 : 1] ?? []);
    }
    case 'loop': {
      const items =
        statement.iterable === null || statement.binding === null
          ? null
          : knownElements(evaluate(walk, statement.iterable));
      return executeLoop(walk, statement, items);
    }
    case 'block':
      // Nothing that is only computed fails: what would deal with a failure does not run.
      return execute(walk, statement.bodies[0] ?? []);
    default:
      return 'lost';
  }
}

/** The value that an assignment gives, an augmented one included. */
export function assignedValue(walk: Walk, statement: Extract<Statement, { kind: 'assign' }>): Value {
  if (statement.operator === '=' || statement.operator === ':=') {
    const value = evaluate(walk, statement.value);
    const { typed } = walk.customs;
    return typed === null || statement.target.kind !== 'list' || statement.value.kind === 'list'
      ? value
      : typed.severalOf(value, statement.target.elements.length);
  }
  return evaluate(walk, {
    kind: 'binary',
    operator: statement.operator.slice(0, -1),
    left: statement.target,
    right: statement.value,
    span: statement.span,
  });
}

/** True for `while line = read()`: what is given differs from turn to turn, so that what is known of it says nothing of the end. */
function asksAnew(condition: Expression | null): boolean {
  return condition?.kind === 'assignment' && condition.value.kind === 'call';
}

function executeLoop(walk: Walk, loop: Loop, items: readonly Value[] | null): Ending {
  const { text } = walk.layer.source;
  if (JUMP.test(text.slice(loop.span.start, loop.span.end))) return 'lost';
  if (loop.binding !== null) {
    if (items === null) return 'lost';
    // `for (i in list)` goes over places, not values.
    const between = text.slice(loop.binding.span.end, loop.iterable?.span.start ?? 0);
    if (walk.language === 'javascript' && /\bin\s*$/.test(between)) return 'lost';
    for (const [turn, item] of items.entries()) {
      assign(walk, loop.binding, item);
      const ending = execute(walk, loop.body);
      if (ending !== 'next') return ending;
      if (turn === 0 && !walk.frame.some(isKnown)) return 'lost';
    }
    return 'next';
  }
  if (asksAnew(loop.iterable)) return 'lost';
  while (walk.gathering.refoldBudget > 0) {
    const truth = loop.iterable === null ? null : truthOf(evaluate(walk, loop.iterable), walk);
    if (truth === null) return 'lost';
    if (!truth) return 'next';
    const ending = execute(walk, loop.body);
    if (ending !== 'next') return ending;
  }
  return 'lost';
}

/** The variable that a statement adds to, if it is of that sort: `out += x`, `out = out + x`, `out[i] = x`, `out.append(x)`. */
function accumulatorOf(statement: Statement): string | null {
  let place: Expression | null = null;
  if (statement.kind === 'assign') {
    const { target, value, operator } = statement;
    if (target.kind === 'index') place = target.object;
    else if (operator !== '=') place = target;
    else if (target.kind === 'name' && (value.kind === 'binary' || value.kind === 'template')) place = target;
    // Go's `out = append(out, x)`.
    else if (value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'append')
      place = target;
    // Ruby's `out << x`.
    else if (value.kind === 'call' && value.callee.kind === 'member' && value.callee.property === '<<')
      place = target;
  } else if (
    statement.kind === 'expression' &&
    statement.expression.kind === 'call' &&
    (statement.expression.callee.kind === 'member' || statement.expression.callee.kind === 'index')
  ) {
    place = statement.expression.callee.object;
  }
  return place?.kind === 'name' ? place.name : null;
}

/** True when a loop adds to a text or list that is known before it starts: it may be putting a text together. */
function isBuilding(walk: Walk, statements: readonly Statement[], depth = 0): boolean {
  if (statements.length > 40 || depth > 3) return false;
  return statements.some((statement) => {
    if (statement.kind === 'branch')
      return statement.branches.some((branch) => isBuilding(walk, branch, depth + 1));
    if (statement.kind === 'loop') return isBuilding(walk, statement.body, depth + 1);
    const name = accumulatorOf(statement);
    const held = name === null ? null : walk.frame.read(name);
    return (
      held !== null && (textOf(held.constant) !== null || held.elements !== null || held.entries !== null)
    );
  });
}

/**
 * What a loop makes of the variables it assigns, when all that decides it is known; else null.
 * @param items what it goes over; null for a loop with a condition
 */
export function foldLoop(
  walk: Walk,
  loop: Loop,
  items: readonly Value[] | null,
): readonly (readonly [string, Value])[] | null {
  if (walk.quiet > 0 || walk.frame.kind === 'class' || walk.gathering.refoldBudget <= 0) return null;
  if (loop.binding !== null && items === null) return null;
  if (!isBuilding(walk, loop.body)) return null;
  return walk.quietly(new Frame(walk.frame.kind, walk.frame), (frame) =>
    executeLoop(walk, loop, items) === 'next' ? frame.variables() : null,
  );
}

/** What comes of calling a function with values: what it returns, or what it yields; and its variables at the end. */
export interface Run {
  readonly result: Value;
  readonly frame: Frame;
}

/** Runs a function of the target on known values; null when something that decides its course is not known. */
export function runFunction(walk: Walk, callee: FunctionFact, given: readonly Value[]): Run | null {
  const { gathering } = walk;
  if (walk.callsInside >= MAX_CALLS_INSIDE || gathering.refoldBudget <= 0) return null;
  gathering.refoldBudget -= 10;
  return walk.quietly(new Frame('function', callee.outer), (frame) => {
    const yieldsBefore = walk.yields;
    const yields: Value[] = [];
    walk.yields = yields;
    walk.callsInside++;
    const shift = receiverCount(walk, callee);
    callee.definition.parameters.forEach((parameter, index) => {
      if (index < shift) {
        frame.assign(parameter.name, changed(UNKNOWN, { instance: callee.owner }), walk.graph, true);
        return;
      }
      let value = given[index - shift];
      if (parameter.rest === '*') value = listValue(given.slice(index - shift));
      value ??= parameter.default === null ? UNKNOWN : evaluate(walk, parameter.default);
      frame.assign(parameter.name, walk.withOwnList(value), walk.graph, true);
    });
    const ending = execute(walk, callee.definition.body);
    walk.callsInside--;
    walk.yields = yieldsBefore;
    if (ending === 'lost' || yields.length > MAX_YIELDS) return null;
    const result = yields.length > 0 ? listValue(yields) : ending === 'next' ? UNKNOWN : ending;
    return { result, frame };
  });
}

/**
 * The run of a function of the target that is called with nothing but known values: a decoder that the target brings along. Null when
 * its result is not known. A function that was tried in vain is left alone.
 */
export function foldCall(walk: Walk, callee: FunctionFact, given: readonly Value[]): Run | null {
  if (callee.layer !== walk.layer || callee.definition.body.length > 40) return null;
  if (!given.every((value) => isKnown(value) || value.name !== null)) return null;
  const { failedFolds } = walk.gathering;
  const failures = failedFolds.get(callee) ?? 0;
  if (failures >= 2) return null;
  const run = runFunction(walk, callee, given);
  const isUseful =
    run !== null &&
    (isKnown(run.result) || run.result.name !== null || given.some((value) => value.elements !== null));
  if (!isUseful) failedFolds.set(callee, failures + 1);
  return run;
}
