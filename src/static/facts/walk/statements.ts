import type { Expression, Statement } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { noteAnswer } from '../scopes/answers.ts';
import { noteResults } from './results.ts';
import { assign, declare } from './assignment.ts';
import { notePathCheck } from '../guards/checked-paths.ts';
import { leaves, trustChecked } from '../guards/checked-values.ts';
import { defineClass } from './class-definitions.ts';
import { noteDecorators } from './definitions.ts';
import { assignedValue, foldLoop } from './execution.ts';
import { evaluate } from './expressions.ts';
import type { FunctionFact } from '../facts.ts';
import { isMainTest } from '../guards/guard.ts';
import { guardIn, noteCondition } from '../guards/guards-in.ts';
import { noteImport } from './imports.ts';
import { isScopeStatement } from './lent-names.ts';
import { enterFunction } from '../calls/local-calls.ts';
import { elementOf } from './loop-elements.ts';
import { noteString } from '../texts/noted-strings.ts';
import { knownElements } from '../values/sequences.ts';
import { readEntries } from './table-entries.ts';
import { isKnown } from '../values/truth.ts';
import { atNode, callableValue, UNKNOWN, type Value, withType } from '../values/value.ts';
import { takeElements } from './turns.ts';
import { MAX_WALK_DEPTH, type Walk } from './walk.ts';

/** Makes functions known before the code that may use them further up runs. */
function hoist(walk: Walk, statements: readonly Statement[]): Map<Statement, FunctionFact> | null {
  let hoisted: Map<Statement, FunctionFact> | null = null;
  for (const statement of statements) {
    if (statement.kind !== 'function') continue;
    const added = walk.addFunction(statement.definition, null);
    (hoisted ??= new Map()).set(statement, added);
    const name = statement.local ?? statement.definition.name;
    if (name !== null) walk.frame.assign(name, callableValue(added), walk.graph, true);
  }
  return hoisted;
}

/** The branch leaves the function: what follows runs only when it was not taken. */
function alwaysLeaves(statements: readonly Statement[]): boolean {
  return statements.at(-1)?.kind === 'return';
}

/** Walks statements in order. */
export function walkStatements(walk: Walk, statements: readonly Statement[]): void {
  if (++walk.depth > MAX_WALK_DEPTH) {
    walk.gathering.miss({ reason: 'code nested too deep was not followed', blocking: true });
    walk.depth--;
    return;
  }
  const hoisted = hoist(walk, statements);
  const { guard: guardBefore, trusted: trustedBefore } = walk;
  for (const statement of statements) {
    walkStatement(walk, statement, hoisted?.get(statement) ?? null);
    if (
      statement.kind === 'branch' &&
      statement.branches.length === 1 &&
      alwaysLeaves(statement.branches[0] ?? [])
    ) {
      walk.guard = guardIn(walk, statement.test) ?? walk.guard;
    }
  }
  walk.guard = guardBefore;
  walk.trusted = trustedBefore;
  walk.depth--;
}

function walkBranch(walk: Walk, statement: Extract<Statement, { kind: 'branch' }>): void {
  const test = walk.textOf(statement.test.span);
  evaluate(walk, statement.test);
  notePathCheck(walk, statement.test, test);
  const { guard, scope } = walk;
  const isMain = walk.frame.kind === 'module' && isMainTest(test);
  if (isMain && scope === 'import-time') walk.scope = 'cli-entry';
  if (!isMain) walk.guard = guardIn(walk, statement.test) ?? guard;
  walk.uncertainty++;
  statement.branches.forEach((branch, index) => {
    const { trusted } = walk;
    if (index < 2) trustChecked(walk, statement.test, index === 0);
    walkStatements(walk, branch);
    walk.trusted = trusted;
  });
  walk.uncertainty--;
  walk.guard = guard;
  walk.scope = scope;
  // What follows a branch that leaves runs when its condition did not hold.
  if (statement.branches.length === 1 && leaves(statement.branches[0] ?? []))
    trustChecked(walk, statement.test, false);
}

function walkLoop(walk: Walk, statement: Extract<Statement, { kind: 'loop' }>): void {
  const { binding, iterable } = statement;
  const over = iterable === null ? null : evaluate(walk, iterable);
  const made = foldLoop(walk, statement, binding === null || over === null ? null : knownElements(over));
  walk.uncertainty++;
  const element = over === null || binding === null ? null : elementOf(walk, over, statement.span);
  if (element !== null && binding !== null) assign(walk, binding, element);
  const { guard } = walk;
  if (binding === null && iterable !== null) {
    const held = guardIn(walk, iterable);
    if (held !== null && /^(?:date|host|user|debugger)$/.test(held.kind)) walk.guard = held;
  }
  walkStatements(walk, statement.body);
  if (over !== null && element !== null && binding !== null)
    takeElements(walk, over, element, binding, statement.span, () => {
      walkStatements(walk, statement.body);
    });
  walk.guard = guard;
  walk.uncertainty--;
  for (const [name, value] of made ?? []) {
    if (!isKnown(value)) continue;
    const node = walk.frame.read(name)?.node ?? 0;
    walk.frame.assign(name, atNode(value, node), walk.graph, walk.uncertainty === 0);
    const text = textOf(value.constant);
    if (text !== null && value.constant !== null) noteString(walk, text, value.constant, statement.span);
  }
}

/** What the type that a variable is written with says of its value. */
function typeOf(walk: Walk, annotation: Expression | undefined): Value {
  return annotation === undefined
    ? UNKNOWN
    : (walk.customs.typed?.ofType(walk, annotation, walk.frame) ?? UNKNOWN);
}

function walkStatement(walk: Walk, statement: Statement, hoisted: FunctionFact | null): void {
  switch (statement.kind) {
    case 'expression': {
      if (isScopeStatement(walk, statement)) return;
      const value = evaluate(walk, statement.expression);
      if (walk.frame.kind === 'module') walk.graph.connect(value.node, walk.outputNode);
      // What a command in a function of the shell prints, the function prints.
      else if (walk.language === 'shell' && walk.quiet === 0)
        walk.graph.connect(value.node, walk.function?.returnNode ?? 0);
      return;
    }
    case 'assign': {
      noteCondition(walk, statement);
      if (readEntries(walk, statement)) return;
      const { target, annotation } = statement;
      const value = withType(assignedValue(walk, statement), typeOf(walk, annotation));
      if (target.kind === 'name') walk.customs.noteVariable(walk, target.name, value, statement.span);
      if (statement.operator === ':=') declare(walk, target, value);
      else assign(walk, target, value);
      return;
    }
    case 'declare': {
      const { target } = statement;
      const typed = typeOf(walk, statement.annotation);
      const known = target.kind === 'name' ? walk.frame.read(target.name) : null;
      if (typed !== UNKNOWN) assign(walk, target, known === null ? typed : withType(known, typed));
      return;
    }
    case 'return': {
      if (statement.value === null) return;
      const value = evaluate(walk, statement.value);
      const { function: current } = walk;
      if (current !== null && walk.quiet === 0) {
        noteResults(walk, current, value);
        current.returned = value;
        noteAnswer(current, value, statement.span);
      }
      return;
    }
    case 'import':
      noteImport(walk, statement);
      return;
    case 'import-types':
      for (const { local, imported } of statement.bindings)
        walk.typeImports.set(local, { module: statement.module, imported });
      return;
    case 'export': {
      const value = evaluate(walk, statement.value);
      // A module may hand on all of several others.
      const before = statement.name === '*' ? (walk.frame.read('*')?.entries ?? null) : null;
      const whole =
        before === null ? value : { ...value, entries: new Map([...before, ...(value.entries ?? [])]) };
      walk.frame.assign(statement.name, whole, walk.graph, walk.uncertainty === 0);
      return;
    }
    case 'function':
      if (hoisted !== null) noteDecorators(walk, hoisted);
      return;
    case 'class':
      defineClass(walk, statement, (members) => {
        walkStatements(walk, members);
      });
      return;
    case 'branch':
      walkBranch(walk, statement);
      return;
    case 'loop':
      walkLoop(walk, statement);
      return;
    case 'with': {
      const value = evaluate(walk, statement.value);
      if (statement.binding !== null) assign(walk, statement.binding, entered(walk, value));
      // `with (object)` of JavaScript: names are looked up in the object.
      else if (walk.language === 'javascript' && value.name !== null) walk.starModules.push(value.name);
      walkStatements(walk, statement.body);
      return;
    }
    case 'block':
      walkBlock(walk, statement);
  }
}

/** What `with` binds: what the object's own `__enter__` gives, mostly the object itself. */
function entered(walk: Walk, value: Value): Value {
  const enter =
    walk.quiet > 0
      ? undefined
      : (value.instance?.methods.get('__enter__') ?? value.instance?.methods.get('__aenter__'));
  if (enter === undefined) return value;
  const given = enterFunction(walk, enter, NO_ARGUMENTS, value);
  return atNode(value, walk.graph.join([value.node, given.node]));
}

function walkBlock(walk: Walk, { bodies }: Extract<Statement, { kind: 'block' }>): void {
  const { raised, caught } = walk;
  const thrown = bodies.length > 1 ? walk.graph.newNode() : 0;
  // What an `except` assigns does not undo what the `try` did: either may be the last word.
  bodies.forEach((body, index) => {
    if (index > 0) walk.uncertainty++;
    if (thrown !== 0) [walk.raised, walk.caught] = index === 0 ? [thrown, caught] : [raised, thrown];
    walkStatements(walk, body);
    if (index > 0) walk.uncertainty--;
  });
  [walk.raised, walk.caught] = [raised, caught];
}
