import type { Span, Statement } from '../../model/program.ts';
import { callFact } from './apply-api.ts';
import { linkOverridden } from './attributes.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import { secretPathNode } from './handed-paths.ts';
import { textOf } from '../fold/constant.ts';
import { assign } from './assignment.ts';
import { assignedValue, foldLoop } from './execution.ts';
import { notePathCheck } from './checked-paths.ts';
import { evaluateDecorators } from './decorators.ts';
import { evaluate } from './expressions.ts';
import { noteString } from './noted-strings.ts';
import { isTestPath } from './file-scope.ts';
import type { ClassFact, FunctionFact } from './facts.ts';
import { Frame } from './frame.ts';
import { isMainTest } from './guard.ts';
import { guardIn, noteCondition } from './guards-in.ts';
import { noteImport } from './imports.ts';
import { baseFacts, markClass, noteDecorators, parameterValues } from './definitions.ts';
import { enterFunction } from './local-calls.ts';
import { leaves, trustChecked } from './checked-values.ts';
import { knownElements } from './sequences.ts';
import { isReadByName, readOf } from './reads.ts';
import { isKnown } from './truth.ts';
import { atNode, callableValue, changed, knownValue, UNKNOWN, type Value } from './value.ts';
import { MAX_WALK_DEPTH, type Walk } from './walk.ts';

/** Makes functions and classes known before the code that may use them further up runs. */
function hoist(walk: Walk, statements: readonly Statement[]): Map<Statement, FunctionFact> | null {
  let hoisted: Map<Statement, FunctionFact> | null = null;
  for (const statement of statements) {
    if (statement.kind !== 'function') continue;
    const added = walk.addFunction(statement.definition, null);
    (hoisted ??= new Map()).set(statement, added);
    if (statement.definition.name !== null) {
      walk.frame.assign(statement.definition.name, callableValue(added), walk.graph, true);
    }
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

/** A function that models know a capability of, or a list that holds one: of all things that a loop goes over, it matters most. */
function isModelled(walk: Walk, value: Value): boolean {
  if (value.name === null)
    return value.elements?.some((each) => each.name !== null && isModelled(walk, each)) === true;
  return walk.apis.lookup(value.name).some(({ capabilities = [] }) => capabilities.length > 0);
}

/** Any of a list's elements, for the body of a loop that goes over them. */
function elementOf(walk: Walk, value: Value, span: Span): Value {
  if (value.elements === null && value.name === null && value.node === 0) return walk.emptyValue;
  const listed = value.elements?.slice(0, 256) ?? [];
  const paths = listed.map((element) =>
    secretPathNode(walk, element, () => callFact(walk, 'for', null, NO_ARGUMENTS, span)),
  );
  const first = value.elements?.find((element) => isModelled(walk, element)) ?? value.elements?.[0];
  if (first !== undefined) return atNode(first, walk.graph.join([first.node, value.node, ...paths]));
  return knownValue(value.constant === null ? value.name : null, null, null, null, value.node);
}

function walkLoop(walk: Walk, statement: Extract<Statement, { kind: 'loop' }>): void {
  const { binding, iterable } = statement;
  const over = iterable === null ? null : evaluate(walk, iterable);
  const made = foldLoop(walk, statement, binding === null || over === null ? null : knownElements(over));
  walk.uncertainty++;
  if (over !== null && binding !== null) assign(walk, binding, elementOf(walk, over, statement.span));
  const { guard } = walk;
  if (binding === null && iterable !== null) {
    const held = guardIn(walk, iterable);
    if (held !== null && /^(?:date|host|user|debugger)$/.test(held.kind)) walk.guard = held;
  }
  walkStatements(walk, statement.body);
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

function walkClass(walk: Walk, statement: Extract<Statement, { kind: 'class' }>): void {
  const bases = statement.bases.map((base) => evaluate(walk, base));
  evaluateDecorators(walk, statement.decorators, statement.span);
  const created: ClassFact = {
    name: statement.name,
    ...baseFacts(bases),
    methods: new Map(),
    attributes: new Map(),
    children: [],
    contentsNode: 0,
    layer: walk.layer,
    span: statement.span,
    isEnvironment: false,
  };
  if (walk.quiet === 0) walk.gathering.classes.push(created);
  walk.frame.assign(
    statement.name,
    changed(UNKNOWN, { class: created, name: created.bases[0] ?? null }),
    walk.graph,
    true,
  );
  const { frame, owner } = walk;
  walk.frame = new Frame('class', frame);
  walk.owner = created;
  for (const member of statement.body) {
    if (member.kind === 'function') {
      const method = walk.addFunction(member.definition, created);
      if (member.definition.name !== null) created.methods.set(member.definition.name, method);
      noteDecorators(walk, method);
    }
  }
  if (walk.quiet === 0) {
    for (const parent of created.parents) if (parent.children.length < 1_000) parent.children.push(created);
    linkOverridden(walk, created);
  }
  markClass(created, walk.gathering.file.environments);
  walkStatements(
    walk,
    statement.body.filter((member) => member.kind !== 'function'),
  );
  walk.frame = frame;
  walk.owner = owner;
}

/** `global x` and `nonlocal x` say whose variable a name is. */
function isScopeStatement(
  walk: Walk,
  { expression, span }: Extract<Statement, { kind: 'expression' }>,
): boolean {
  if (walk.language !== 'python' || expression.kind !== 'other') return false;
  const word = /^(?:global|nonlocal)\b/.exec(walk.layer.source.text.slice(span.start, span.start + 9))?.[0];
  if (word === undefined) return false;
  for (const child of expression.children) {
    if (child.kind !== 'name') continue;
    let frame = word === 'global' ? walk.moduleFrame : walk.frame.parent;
    while (word === 'nonlocal' && frame !== null && !frame.has(child.name)) frame = frame.parent;
    if (frame !== null) walk.frame.lend(child.name, frame);
  }
  return true;
}

/** `const { TOKEN: key } = process.env`: entries of a table are read by their names, not all of it. False for anything else. */
function readEntries(
  walk: Walk,
  { target, value, operator, span }: Extract<Statement, { kind: 'assign' }>,
): boolean {
  if (target.kind !== 'record' || operator !== '=' || walk.language !== 'javascript') return false;
  if (value.kind !== 'member' && value.kind !== 'name') return false;
  if (target.entries.some(({ key }) => key?.kind !== 'literal')) return false;
  const table = evaluate(walk, value, 'object');
  if (!isReadByName(walk, table.name)) return false;
  for (const { key, value: part } of target.entries) {
    const name = key === null ? null : evaluate(walk, key);
    assign(walk, part, (name === null ? null : readOf(walk, table, name, span)) ?? UNKNOWN);
  }
  return true;
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
      if (!readEntries(walk, statement)) assign(walk, statement.target, assignedValue(walk, statement));
      return;
    }
    case 'return': {
      if (statement.value === null) return;
      const value = evaluate(walk, statement.value);
      const { function: current } = walk;
      if (current !== null && walk.quiet === 0) {
        walk.graph.connect(value.node, current.returnNode);
        current.returned = value;
      }
      return;
    }
    case 'import':
      noteImport(walk, statement);
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
      walkClass(walk, statement);
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
  return { ...value, node: walk.graph.join([value.node, given.node]) };
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

/** A function that returns one that it makes: `return (a) => …`, `def inner(): … return inner`. */
function givesFunction({ definition: { body } }: FunctionFact): boolean {
  const last = body.at(-1);
  if (last?.kind !== 'return' || last.value === null) return false;
  const { value } = last;
  if (value.kind === 'function') return true;
  return (
    value.kind === 'name' &&
    body.some((each) => each.kind === 'function' && each.definition.name === value.name)
  );
}

/** Walks the bodies of functions that have been defined so far, and of those defined in them. */
export function walkWaiting(walk: Walk): void {
  // The list grows while it is gone through.
  for (const next of walk.waiting) walkBody(walk, next);
  walk.waiting.length = 0;
}

/** Lets calls of functions that give functions walk their bodies at once. */
export function walkOnCall(walk: Walk): void {
  walk.makeReady = (callee) => {
    if (walk.quiet === 0 && callee.layer === walk.layer && givesFunction(callee)) walkBody(walk, callee);
  };
}

function walkBody(walk: Walk, next: FunctionFact): void {
  if (next.isWalked || walk.depth > MAX_WALK_DEPTH - 50) return;
  next.isWalked = true;
  const { frame, owner, scope, guard, raised, uncertainty, function: outer } = walk;
  walk.uncertainty = 0;
  walk.frame = new Frame('function', next.outer);
  walk.raised = next.raisedNode;
  walk.owner = next.owner;
  walk.function = next;
  walk.guard = next.guard;
  walk.scope = isTestPath(walk.layer.source.path) ? 'test' : walk.layer.scope;
  parameterValues(walk, next).forEach(([name, value]) => {
    walk.frame.assign(name, value, walk.graph, true);
  });
  walkStatements(walk, next.definition.body);
  walk.frame = frame;
  walk.owner = owner;
  walk.function = outer;
  walk.guard = guard;
  walk.scope = scope;
  walk.raised = raised;
  walk.uncertainty = uncertainty;
}
