import { noteCalledValue } from './looked-up-names.ts';
import type { Expression, Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { appliedBy, handsBack } from './applied-calls.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import { allArguments, type BoundArguments, NONE_NAMED } from './arguments.ts';
import { followMessages, handToThread } from './channels.ts';
import { foldOf } from '../values/call-folding.ts';
import { bind, type Callee, calleeOf, type CallNode, unwrapMethodOfFunction } from './callee.ts';
import { eitherOf } from '../walk/frame.ts';
import { carried } from '../texts/carried-commands.ts';
import { formatted, isFormatting } from '../texts/formatted-texts.ts';
import { noteDefault } from './declared-options.ts';
import { sendInto } from './generators.ts';
import { feed, pipe, pipeAll, PIPELINE, REDIRECTING, settles, WRITING_INTO } from './handed-on.ts';
import { innerCodeOfCall } from '../texts/inner-code.ts';
import { withLoadedData } from './loaded-data.ts';
import { madeFunction } from './made-functions.ts';
import { fill, keepWritten, storedBy, storeInVariable } from './kept-values.ts';
import { knownAs } from './known-names.ts';
import { connectCallbacks, enterFunction, noteCalls } from './local-calls.ts';
import { entryNode, parameterEntryNode } from '../walk/environment-entries.ts';
import { memberOf } from '../walk/members.ts';
import { mutate } from '../walk/mutation.ts';
import { lastPart, memberName } from '../names.ts';
import { noteDescription } from './tool-descriptions.ts';
import { noteSchema } from './tool-schemas.ts';
import { noteString } from '../texts/noted-strings.ts';
import { withoutHeldSecret } from '../texts/shown-secrets.ts';
import { calledElsewhere, callOwnFunction, hasCallable, makeOwn } from './own-calls.ts';
import { noteUnmodelled } from './packages.ts';
import { builtinByMethod } from './protocol-methods.ts';
import { evaluateCommand } from '../shell/powershell-commands.ts';
import { evaluateShellCall } from '../shell/calls.ts';
import { resolveSpecial } from './special-calls.ts';
import { isStoring } from './storing-methods.ts';
import {
  atNode,
  changed,
  flowingValue,
  listValue,
  namedValue,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { PROXY_CALL } from '../walk/proxies.ts';
import { perform, performEach } from '../walk/performed-calls.ts';
import type { Walk } from '../walk/walk.ts';

/** A name that reads like a class's: what it returns is an object of it. */
function isConstructorName(name: string): boolean {
  return /^[A-Z]\w*[a-z]/.test(lastPart(name));
}

function unknownCall(walk: Walk, name: string, callee: Callee, args: BoundArguments, span: Span): Value {
  const call = noteCall(walk, name, null, args, span);
  if (walk.quiet === 0) noteUnmodelled(walk, call, allArguments(args));
  if (callee.receiver === null) noteCalledValue(walk, callee.value, call);
  // A function that came from somewhere brings what it gives from there.
  const nodes = [...allArguments(args).map((value) => value.node), callee.value.node];
  if (callee.receiver !== null && callee.method !== null && isStoring(callee.method))
    walk.graph.connect(storedBy(walk, args), callee.receiver.node);
  const node = withoutHeldSecret(walk, walk.graph.join(nodes), callee.method ?? name);
  return namedValue(name !== '' && isConstructorName(name) ? name : null, node);
}

/** The object that a method is called on, as written. */
function objectOf(callee: Expression): Expression {
  return callee.kind === 'member' || callee.kind === 'index' ? callee.object : callee;
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
  const applied = appliedBy(walk, name, method, args);
  if (applied === null) return;
  const { callable, calls } = applied;
  if (callable.callable !== null) noteCalls(walk, callable.callable, calls, expression.span);
  else if (callable.name !== null && knownAs(walk, callable.name).apis.length > 0)
    for (const positional of calls)
      callOf(
        walk,
        expression,
        { value: callable, receiver: null, method: null },
        { positional, named: NONE_NAMED, receiver: null },
      );
}

/** `to_thread(f, x)` for a function of a library is `f(x)`. Null for any other call. */
function libraryElsewhere(
  walk: Walk,
  expression: CallNode,
  name: string,
  method: string | null,
  args: BoundArguments,
): Value | null {
  if (walk.quiet > 0 || !handsBack(name, method)) return null;
  const applied = appliedBy(walk, name, method, args);
  const called = applied?.callable.name ?? null;
  if (applied === null || called === null || knownAs(walk, called).apis.length === 0) return null;
  const value: Callee = { value: applied.callable, receiver: null, method: null };
  const positional = applied.calls[0] ?? [];
  return callOf(walk, expression, value, { positional, named: args.named, receiver: null });
}

/** `server.tool()(f)`: the name of the decorator that is called like any function; empty for anything else. */
function decoratorName(callee: Expression): string {
  const made = callee.kind === 'call' ? callee.callee : null;
  return made?.kind === 'member' ? made.property : '';
}

/** Counts a call; false when there are more in the file than are followed, which is noted. */
function mayFollow(walk: Walk): boolean {
  if (walk.gathering.file.mayFollowCall()) return true;
  walk.gathering.miss({ reason: 'more calls than are followed', blocking: true });
  return false;
}

/** The call of what may be one of several functions: of all of them, each of which counts as a call. */
function callOfAny(
  walk: Walk,
  expression: CallNode,
  callee: Callee,
  choices: readonly Value[],
  args: BoundArguments,
): Value {
  let result: Value | null = null;
  for (const value of choices) {
    if (walk.quiet > 0 ? --walk.gathering.refoldBudget < 0 : !mayFollow(walk)) break;
    const given = callOf(walk, expression, { ...callee, value }, args);
    result = result === null ? given : eitherOf(walk.graph, result, given);
  }
  return result ?? UNKNOWN;
}

function callOf(walk: Walk, expression: CallNode, callee: Callee, args: BoundArguments): Value {
  const { span } = expression;
  const { value } = callee;
  const name = value.name ?? value.callable?.name ?? '';
  if (value.choices !== null) return callOfAny(walk, expression, callee, value.choices, args);
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
  const proxied = value.callable === null ? value.instance?.methods.get(PROXY_CALL) : undefined;
  if (proxied !== undefined && walk.quiet === 0) {
    const list = listValue(args.positional, walk.graph.join(args.positional.map(({ node }) => node)));
    return enterFunction(walk, proxied, { ...args, positional: [UNKNOWN, UNKNOWN, list] }, value);
  }
  const [into] = args.positional;
  if (callee.method === 'pipe' && callee.receiver !== null && into !== undefined)
    pipe(walk, callee.receiver, into, span);
  if (PIPELINE.test(name)) pipeAll(walk, args.positional, span);
  if (into !== undefined && REDIRECTING.test(name)) pipe(walk, flowingValue(walk.program.output), into, span);
  const [content, file] = WRITING_INTO.test(name) ? args.positional : [];
  if (content !== undefined && file !== undefined) pipe(walk, content, file, span);
  const special =
    walk.customs.calls?.special(walk, name, { callee, args }) ??
    resolveSpecial(walk, name, callee.method, args, span);
  if (special !== null) return special;
  if (into !== undefined && into.instance !== null) {
    const given = builtinByMethod(walk, name, args.positional);
    if (given !== null) return atNode(given, walk.graph.join([given.node, into.node]));
  }
  if (value.callable !== null) return callOwnFunction(walk, expression, callee, value.callable, args);
  if (value.class !== null) return makeOwn(walk, value, value.class, args, span);
  const elsewhere =
    calledElsewhere(walk, name, callee.method, args) ??
    libraryElsewhere(walk, expression, name, callee.method, args);
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
  result = withLoadedData(walk, api, args, result);
  if (walk.turn !== null) perform(walk, known, api, args, span);
  else performEach(walk, expression.args, known, api, args, span);
  const entry = callee.method === 'get' ? textOf(args.positional[0]?.constant ?? null) : null;
  if (entry !== null) result = { ...result, node: entryNode(walk, result, entry) };
  else if (callee.method === 'get' && api === null) {
    const read = parameterEntryNode(walk, result, args.positional[0] ?? UNKNOWN);
    if (read !== null) result = { ...result, node: read };
  }
  if (walk.quiet === 0 && result.node === 0 && (api?.fills !== undefined || hasCallable(args.positional)))
    result = { ...result, node: walk.graph.newNode() };
  if (walk.quiet === 0) {
    noteDefault(walk, callee.method ?? name, args, span);
    sendInto(walk, callee.method, callee.receiver, args);
    feed(walk, name, args);
    followMessages(walk, callee.method, args);
    handToThread(walk, name, args);
    settles(walk, name, args, result);
    noteSchema(walk, name, args, span);
    noteDescription(walk, name === '' ? decoratorName(expression.callee) : name, args, span);
    connectCallbacks(walk, name === '' ? decoratorName(expression.callee) : name, args, result);
    applyGiven(walk, expression, name, callee.method, args);
    const made = madeFunction(walk, name, args);
    innerCodeOfCall(walk, name, api, args, span, result.node, made);
    if (made !== null) result = changed(result, { callable: made });
  }
  result = walk.customs.calls?.given(walk, { callee, args }, result) ?? result;
  if (api === null) storeInVariable(walk, expression, callee, args);
  else if (walk.quiet === 0) {
    keepWritten(walk, expression, api, args);
    if (api.fills !== undefined) fill(walk, expression, api.fills, args, result.node);
  }
  const folded = result.constant === null ? foldOf(walk, name, callee, args, expression) : null;
  if (folded === null && api === null && callee.method !== null && isFormatting(callee.method))
    result = formatted(walk, callee, args, result, span);
  const whole =
    folded === null
      ? result
      : changed(folded, { node: result.node || folded.node, name: folded.name ?? result.name });
  const text = textOf(whole.constant);
  if (text !== null && whole.constant !== null && whole.constant.origin !== 'plain') {
    noteString(walk, text, whole.constant, expression.span);
    return carried(walk, whole, expression.span);
  }
  return whole;
}

/** `new event.constructor(event.type, event)` copies an event: only by not knowing what it is may it be a function, and nobody compiles one. */
function isCopied({ method, value }: Callee, { positional }: BoundArguments): boolean {
  return (
    method === 'constructor' && value.name === 'Function' && positional.some((each) => each.callable !== null)
  );
}

/** Evaluates a call: resolves what is called, does what its model or body says, and folds the result where it can be known. */
export function evaluateCall(walk: Walk, expression: CallNode): Value {
  if (walk.quiet === 0 && !mayFollow(walk)) return UNKNOWN;
  if (walk.language === 'shell') return evaluateShellCall(walk, expression);
  if (walk.language === 'powershell' && expression.callee.kind === 'name' && expression.callee.name === '&')
    return evaluateCommand(walk, expression);
  const found = calleeOf(walk, expression.callee);
  const bound = bind(walk, expression.args, found.receiver);
  const callee = isCopied(found, bound) ? { ...found, value: UNKNOWN } : found;
  const customs = walk.customs.calls;
  const args = customs?.placed(callee.value.name, bound) ?? bound;
  const read = customs?.readInstead(walk, expression.callee, { callee, args }) ?? null;
  if (read !== null) return read;
  const meant = customs?.standsFor({ callee, args }) ?? null;
  if (meant !== null) return callOf(walk, expression, meant.callee, meant.args);
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
