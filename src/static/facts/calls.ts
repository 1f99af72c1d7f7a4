import type { Api, ArgumentReference } from '../../model/api-model.ts';
import type { ArgumentNode, Expression, Span } from '../../model/program.ts';
import { textOf } from '../fold/constant.ts';
import type { ApiIndex } from '../../rules/api-index.ts';
import type { ModelLanguage } from '../../rules/knowledge.ts';
import { appliedBy, handsBack } from './applied-calls.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import { allArguments, argumentsAt, type BoundArguments, NONE_NAMED } from './arguments.ts';
import { assign, frameFor } from './assignment.ts';
import { foldOf } from './call-folding.ts';
import { foldCall, type Run } from './execution.ts';
import { evaluate } from './expressions.ts';
import { noteString } from './noted-strings.ts';
import type { FunctionFact } from './facts.ts';
import { withSecretPaths } from './handed-paths.ts';
import { memberOf } from './members.ts';
import { innerCodeOfCall } from './inner-code.ts';
import { connectCallbacks, enterClass, enterFunction, noteGiven } from './local-calls.ts';
import { mutate } from './mutation.ts';
import { lastPart, memberName, modelName, nameReached } from './names.ts';
import { noteUnmodelled } from './packages.ts';
import { evaluateCommand } from './powershell-commands.ts';
import { evaluateShellCall } from './shell-calls.ts';
import { resolveSpecial } from './special-calls.ts';
import { functionsInTable } from './table-calls.ts';
import { isStoring } from './storing-methods.ts';
import { isKnown } from './truth.ts';
import { changed, namedValue, UNKNOWN, type Value } from './value.ts';
import type { Walk } from './walk.ts';

type CallNode = Extract<Expression, { kind: 'call' }>;

/** What is called, and on what object. */
interface Callee {
  readonly value: Value;
  readonly receiver: Value | null;
  /** The method's name, when it is one. */
  readonly method: string | null;
}

function calleeOf(walk: Walk, expression: Expression): Callee {
  if (expression.kind === 'member') {
    const receiver = evaluate(walk, expression.object, 'object');
    return { value: memberOf(walk, receiver, expression.property), receiver, method: expression.property };
  }
  if (expression.kind === 'index') {
    const key = textOf(evaluate(walk, expression.index).constant);
    if (key !== null) {
      const receiver = evaluate(walk, expression.object, 'object');
      const value = evaluate(walk, expression);
      return {
        value: value.name === null && value.callable === null ? memberOf(walk, receiver, key) : value,
        receiver,
        method: key,
      };
    }
  }
  return { value: evaluate(walk, expression, 'object'), receiver: null, method: null };
}

function bind(walk: Walk, args: readonly ArgumentNode[], receiver: Value | null): BoundArguments {
  const positional: Value[] = [];
  let named: Map<string, Value> | null = null;
  for (const { name, value } of args) {
    const given = evaluate(walk, value);
    if (name === null) {
      positional.push(given);
      continue;
    }
    if (name === '*') {
      positional.push(...(given.elements?.slice(0, 256) ?? [given]));
      continue;
    }
    named ??= new Map();
    if (name === '**') {
      if (given.entries === null) named.set('**', given);
      else for (const [key, entry] of given.entries) named.set(key, entry);
    } else named.set(name, given);
  }
  return { positional, named: named ?? NONE_NAMED, receiver };
}

/** `f.call(o, a)`, `f.apply(o, [a])`, `f.bind(o)`: the function itself, with its arguments in their own places. */
function unwrapMethodOfFunction(
  language: ModelLanguage,
  callee: Callee,
  args: BoundArguments,
): { callee: Callee; args: BoundArguments } | null {
  if (language !== 'javascript') return null;
  const { receiver, method } = callee;
  if (receiver?.name === 'Reflect') return null;
  if (receiver === null || (receiver.name === null && receiver.callable === null)) return null;
  // `Function.prototype.call.call(f, o, a)`
  const [held, , ...more] = args.positional;
  if (
    /^Function\.(?:call|apply|bind)$/.test(receiver.name ?? '') &&
    held !== undefined &&
    method === 'call'
  ) {
    const target: Callee = { value: held, receiver: null, method: null };
    const isList = receiver.name === 'Function.apply';
    return {
      callee: target,
      args: { ...args, positional: isList ? (more[0]?.elements ?? more) : more, receiver: null },
    };
  }
  const target: Callee = { value: receiver, receiver: null, method: null };
  if (method === 'call')
    return { callee: target, args: { ...args, positional: args.positional.slice(1), receiver: null } };
  if (method === 'apply') {
    return {
      callee: target,
      args: { ...args, positional: args.positional[1]?.elements ?? args.positional.slice(1), receiver: null },
    };
  }
  return null;
}

/** What a function gives that objects are made with: one of them. */
function withPrototype(result: Value, callee: FunctionFact): Value {
  return callee.prototype === null || result.instance !== null
    ? result
    : changed(result, { instance: callee.prototype });
}

/** A name that reads like a class's: what it returns is an object of it. */
function isConstructorName(name: string): boolean {
  return /^[A-Z]\w*[a-z]/.test(lastPart(name));
}

/** What a storing method is given. */
function storedBy(walk: Walk, { positional, named }: BoundArguments): number {
  return walk.graph.join([...positional, ...named.values()].map((value) => value.node));
}

/** The variable that holds what a method is called on: `held` of `held["a"].append(x)` and `held.setdefault("a", []).append(x)`. */
function heldIn(object: Expression): string | null {
  let at = object;
  for (let depth = 0; depth < 8; depth++) {
    if (at.kind === 'name') return at.name;
    if (at.kind === 'index') at = at.object;
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

function unknownCall(walk: Walk, name: string, callee: Callee, args: BoundArguments, span: Span): Value {
  const call = noteCall(walk, name, null, args, span);
  if (walk.quiet === 0) noteUnmodelled(walk, call, allArguments(args));
  // A function that came from somewhere brings what it gives from there.
  const nodes = [...allArguments(args).map((value) => value.node), callee.value.node];
  if (callee.receiver !== null && callee.method !== null && isStoring(callee.method))
    walk.graph.connect(storedBy(walk, args), callee.receiver.node);
  const node = walk.graph.join(nodes);
  return namedValue(name !== '' && isConstructorName(name) ? name : null, node);
}

/** Puts what was given to a storing method into the variable it was called on. */
function storeInVariable(walk: Walk, expression: CallNode, callee: Callee, args: BoundArguments): void {
  if (callee.method === null || !isStoring(callee.method) || expression.callee.kind !== 'member') return;
  const holder = heldIn(expression.callee.object);
  const given = storedBy(walk, args);
  if (holder === null || given === 0 || callee.receiver?.node !== 0) return;
  const frame = frameFor(walk, holder, true);
  if (expression.callee.object.kind !== 'name' && frame.read(holder)?.name !== null) return;
  frame.absorb(holder, given, walk.graph);
}

/** Lets what a call gives flow into arguments that it fills: values of their own, or the variables that hold them. */
function fill(
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
          : undefined;
    if (expression?.kind === 'name' && node !== 0 && argumentsAt(args, reference)[0]?.node === 0)
      walk.frame.absorb(expression.name, node, walk.graph);
  }
}

/** The object that a method is called on, as written. */
function objectOf(callee: Expression): Expression {
  return callee.kind === 'member' || callee.kind === 'index' ? callee.object : callee;
}

/** Lists that a function of the target changed: whoever gave them holds them as they are now. */
function keepChangedLists(
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

/** The call of a function that was bound to arguments before, and of what `operator` makes of a name. */
function boundCall(
  walk: Walk,
  expression: CallNode,
  value: Value,
  bound: readonly Value[],
  args: BoundArguments,
): Value {
  const property = textOf(bound[0]?.constant ?? null);
  const [object] = args.positional;
  if (value.name === 'operator.attrgetter' && property !== null && object !== undefined)
    return property
      .split('.')
      .slice(0, 8)
      .reduce((held, part) => memberOf(walk, held, part), object);
  if (value.name === 'operator.methodcaller' && property !== null && object !== undefined) {
    const method: Callee = { value: memberOf(walk, object, property), receiver: object, method: property };
    return callOf(walk, expression, method, { ...args, positional: bound.slice(1), receiver: object });
  }
  const target: Callee = { value: changed(value, { bound: null }), receiver: null, method: null };
  return callOf(walk, expression, target, {
    ...args,
    positional: [...bound, ...args.positional],
    receiver: null,
  });
}

/** A function of a library that is given to a caller of functions is called by it; the target's own are dealt with as callbacks. */
function applyGiven(
  walk: Walk,
  expression: CallNode,
  name: string,
  method: string | null,
  args: BoundArguments,
): void {
  const applied = appliedBy(name, method, args);
  if (applied === null) return;
  const { callable, given } = applied;
  if (callable.callable !== null) noteGiven(callable.callable, given);
  else if (callable.name !== null && walk.apis.lookup(callable.name).length > 0)
    callOf(
      walk,
      expression,
      { value: callable, receiver: null, method: null },
      { positional: given, named: NONE_NAMED, receiver: null },
    );
}

function hasCallable(given: readonly Value[]): boolean {
  for (const { callable } of given) if (callable !== null) return true;
  return false;
}

/** `to_thread(f, x)` for a function of the target is `f(x)`: what `f` keeps to itself does not come out. Null for any other call. */
function calledElsewhere(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
): Value | null {
  if (walk.quiet > 0 || !hasCallable(args.positional) || !handsBack(name, method)) return null;
  const applied = appliedBy(name, method, args);
  if (applied === null || applied.callable.callable === null) return null;
  const given = { positional: applied.given, named: args.named, receiver: null };
  return enterFunction(walk, applied.callable.callable, given, null);
}

/** What models know of a name, and the name under which they do. */
interface Known {
  readonly known: string;
  readonly apis: readonly Api[];
}

const knownNames = new WeakMap<ApiIndex, Map<string, Known>>();

/** So many names are remembered for each language. */
const MAX_KNOWN = 200_000;

function knownAs(walk: Walk, name: string): Known {
  let names = knownNames.get(walk.apis);
  if (names === undefined) knownNames.set(walk.apis, (names = new Map()));
  let found = names.get(name);
  if (found !== undefined) return found;
  found = { known: name, apis: walk.apis.lookup(modelName(name, walk.language)) };
  const reached = found.apis.length === 0 ? nameReached(name, walk.language) : null;
  const apis = reached === null ? [] : walk.apis.lookup(reached);
  if (reached !== null && apis.length > 0) found = { known: reached, apis };
  if (names.size < MAX_KNOWN) names.set(name, found);
  return found;
}

/** `server.tool()(f)`: the name of the decorator that is called like any function; empty for anything else. */
function decoratorName(callee: Expression): string {
  const made = callee.kind === 'call' ? callee.callee : null;
  return made?.kind === 'member' ? made.property : '';
}

/** Functions that write their first argument into the open file that the second is. */
const WRITING_INTO =
  /^(?:(?:json|yaml|toml|tomli_w|pickle|marshal|dill|cloudpickle|simplejson)\.(?:safe_)?dump|shutil\.copyfileobj)$/;

/** `stream.pipe(request)`: all of the one is written to the other. */
function pipe(walk: Walk, from: Value, into: Value, span: Span): void {
  walk.graph.connect(from.node, into.node);
  if (walk.quiet > 0 || into.name === null || from.node === 0) return;
  const name = `${into.name}.write`;
  const args: BoundArguments = { positional: [from], named: new Map(), receiver: into };
  const api = matchingApi(walk, walk.apis.lookup(name), args);
  if (api !== null) applyApi(walk, name, api, args, span);
}

/** `new Promise((resolve) => …)`: what is given to `resolve`, the promise gives. */
function settles(walk: Walk, name: string, { positional: [first] }: BoundArguments, result: Value): void {
  const executor = first?.callable;
  if (name !== 'Promise' || executor === undefined || executor === null) return;
  const [resolve, reject] = executor.definition.parameters.slice(0, 2).map((parameter) => {
    const { span } = executor.definition;
    const definition = {
      parameters: [{ name: 'value', default: null, rest: null }],
      decorators: [],
      body: [],
    };
    const settled = walk.addFunction(
      { ...definition, name: parameter.name, documentation: null, span },
      null,
    );
    for (const node of settled.parameterNodes) walk.graph.connect(node, result.node);
    return { ...UNKNOWN, callable: settled };
  });
  noteGiven(executor, [resolve ?? UNKNOWN, reject ?? UNKNOWN]);
}

function callOf(walk: Walk, expression: CallNode, callee: Callee, args: BoundArguments): Value {
  const { span } = expression;
  const { value } = callee;
  const name = value.name ?? value.callable?.name ?? '';
  if (value.bound !== null) return boundCall(walk, expression, value, value.bound, args);
  if (walk.quiet > 0 && callee.receiver !== null && callee.method !== null) {
    const changed = mutate(
      walk,
      objectOf(expression.callee),
      callee.receiver,
      callee.method,
      args.positional,
    );
    if (changed !== null) return changed;
  }
  const called = value.callable === null ? value.instance?.methods.get('__call__') : undefined;
  if (called !== undefined && walk.quiet === 0 && walk.language === 'python')
    return enterFunction(walk, called, args, value);
  const [into] = args.positional;
  if (callee.method === 'pipe' && callee.receiver !== null && into !== undefined)
    pipe(walk, callee.receiver, into, span);
  const [content, file] = WRITING_INTO.test(name) ? args.positional : [];
  if (content !== undefined && file !== undefined) pipe(walk, content, file, span);
  const special = resolveSpecial(walk, name, callee.method, args, span);
  if (special !== null) return special;
  if (value.callable !== null) {
    const run = args.named.size > 0 ? null : foldCall(walk, value.callable, args.positional);
    if (run !== null) keepChangedLists(walk, expression, value.callable, args, run);
    if (walk.quiet > 0) return run?.result ?? UNKNOWN;
    const call = noteCall(walk, value.callable.name ?? '', null, args, span);
    const given = withSecretPaths(walk, args, call);
    const result = enterFunction(walk, value.callable, given, callee.receiver);
    if (run === null || (!isKnown(run.result) && run.result.name === null))
      return withPrototype(result, value.callable);
    const text = textOf(run.result.constant);
    if (text !== null && run.result.constant !== null) noteString(walk, text, run.result.constant, span);
    // A function that was made while running is not the one whose body is walked.
    return { ...run.result, callable: result.callable ?? run.result.callable, node: result.node };
  }
  if (value.class !== null) {
    const result = enterClass(walk, value.class, args);
    if (value.name === null || walk.apis.lookup(value.name).length === 0) return result;
    const api = matchingApi(walk, walk.apis.lookup(value.name), args) ?? { names: [] };
    return changed(applyApi(walk, value.name, api, args, span), { instance: value.class });
  }
  const elsewhere = calledElsewhere(walk, name, callee.method, args);
  if (elsewhere !== null) return elsewhere;
  let { known, apis } = knownAs(walk, name);
  if (apis.length === 0 && callee.method !== null && callee.receiver !== null) {
    const method = memberName(null, callee.method, walk.language);
    apis = walk.apis.lookup(method);
    if (apis.length > 0) known = method;
  }
  const api = apis.length === 0 ? null : matchingApi(walk, apis, args);
  let result =
    api === null ? unknownCall(walk, name, callee, args, span) : applyApi(walk, known, api, args, span);
  if (walk.quiet === 0 && result.node === 0 && hasCallable(args.positional))
    result = { ...result, node: walk.graph.newNode() };
  if (walk.quiet === 0) {
    settles(walk, name, args, result);
    connectCallbacks(walk, name === '' ? decoratorName(expression.callee) : name, args, result);
    if (name === '' && api === null)
      for (const each of functionsInTable(walk, expression.callee))
        walk.graph.connect(enterFunction(walk, each, args, null).node, result.node);
    applyGiven(walk, expression, name, callee.method, args);
    innerCodeOfCall(walk, name, api, args, span, result.node);
  }
  if (api === null) storeInVariable(walk, expression, callee, args);
  else if (api.fills !== undefined && walk.quiet === 0) fill(walk, expression, api.fills, args, result.node);
  const folded = result.constant === null ? foldOf(walk, name, callee, args, expression) : null;
  const whole =
    folded === null
      ? result
      : changed(folded, { node: result.node || folded.node, name: folded.name ?? result.name });
  const text = textOf(whole.constant);
  if (text !== null && whole.constant !== null && whole.constant.origin !== 'plain') {
    noteString(walk, text, whole.constant, expression.span);
  }
  return whole;
}

/** Evaluates a call: resolves what is called, does what its model or body says, and folds the result where it can be known. */
export function evaluateCall(walk: Walk, expression: CallNode): Value {
  if (walk.quiet === 0 && !walk.gathering.file.mayFollowCall()) {
    walk.gathering.miss({ reason: 'more calls than are followed', blocking: true });
    return UNKNOWN;
  }
  if (walk.language === 'shell') return evaluateShellCall(walk, expression);
  if (walk.language === 'powershell' && expression.callee.kind === 'name' && expression.callee.name === '&')
    return evaluateCommand(walk, expression);
  const callee = calleeOf(walk, expression.callee);
  const args = bind(walk, expression.args, callee.receiver);
  const unwrapped = unwrapMethodOfFunction(walk.language, callee, args);
  if (callee.method === 'bind' && callee.receiver !== null && walk.language === 'javascript') {
    const { receiver } = callee;
    if (receiver.callable !== null || (receiver.name !== null && walk.apis.lookup(receiver.name).length > 0))
      return { ...receiver, bound: [...(receiver.bound ?? []), ...args.positional.slice(1)] };
  }
  return unwrapped === null
    ? callOf(walk, expression, callee, args)
    : callOf(walk, expression, unwrapped.callee, unwrapped.args);
}
