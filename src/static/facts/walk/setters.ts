import type { Span } from '../../../model/program.ts';
import { applyApi, matchingApi, noteCall } from '../calls/apply-api.ts';
import { type BoundArguments, NONE_NAMED } from '../calls/arguments.ts';
import { plain } from '../../fold/constant.ts';
import { hearAs } from '../calls/channels.ts';
import { pipe } from '../calls/handed-on.ts';
import { enterFunction } from '../calls/local-calls.ts';
import { endAsDescription } from '../calls/tool-descriptions.ts';
import { runTold } from '../texts/told-tools.ts';
import { memberName } from '../names.ts';
import { constantValue, flowingValue, UNKNOWN, type Value } from '../values/value.ts';
import { PROXY_SETTER } from './proxies.ts';
import { lineOf } from './class-line.ts';
import type { Walk } from './walk.ts';

/** Members that do something when they are set: what is put there is shown, checked or read by others. */
const SETTERS: ReadonlySet<string> = new Set([
  'innerHTML',
  'outerHTML',
  'srcdoc',
  '__doc__',
  'description',
  'check_hostname',
  'verify_mode',
  'baseURL',
  'base_url',
]);

/** `socket.onmessage = (event) => …` of JavaScript: the name of an event is one word in small letters. */
const EVENT_HANDLER = /^on[a-z]{3,20}$/;

/** What a member's setter is kept under. */
const setterOf = (property: string): string => `set ${property}`;

/** `set line(value) { … }`: the target's own, of a class or an object. */
function runSetter(walk: Walk, object: Value, property: string, value: Value): void {
  if (walk.quiet > 0) return;
  const own = object.entries?.get(setterOf(property))?.callable ?? null;
  const given = (positional: readonly Value[]): BoundArguments => ({
    positional,
    named: NONE_NAMED,
    receiver: object,
  });
  if (own !== null) enterFunction(walk, own, given([value]), object);
  const owner = object.instance ?? object.class;
  if (owner === null) return;
  for (const { methods } of lineOf(walk, owner)) {
    const setter = methods.get(setterOf(property));
    const ofProxy = methods.get(PROXY_SETTER);
    if (setter !== undefined) enterFunction(walk, setter, given([value]), object);
    if (ofProxy !== undefined)
      enterFunction(walk, ofProxy, given([object, constantValue(plain(property)), value]), object);
  }
}

/**
 * What setting a member does: a call of `?.member=` for those that models know on any object; of `type.member` on a library's own
 * (`image.src = address` asks for the address); and a function in the place of an event's handler is called with what comes in.
 */
export function setMember(walk: Walk, object: Value, property: string, value: Value, span: Span): void {
  const args: BoundArguments = { positional: [value], named: NONE_NAMED, receiver: object };
  if (SETTERS.has(property)) {
    const name = `?.${property}=`;
    const api = matchingApi(walk, walk.apis.lookup(name), args);
    if (api === null) noteCall(walk, name, null, args, span);
    else applyApi(walk, name, api, args, span);
    if (property === '__doc__' && walk.quiet === 0) endAsDescription(walk, name, value, args, span);
  }
  // What is printed goes to whoever took the place of the output.
  if (object.name === 'sys' && /^std(?:out|err)$/.test(property) && walk.quiet === 0)
    pipe(walk, flowingValue(walk.program.output), value, span);
  runTold(walk, property, value, span);
  if (walk.language !== 'javascript') return;
  runSetter(walk, object, property, value);
  const name = object.name === null ? null : memberName(object.name, property, walk.language);
  const api = name === null ? null : matchingApi(walk, walk.apis.lookup(name), args);
  const given = name === null || api === null ? UNKNOWN : applyApi(walk, name, api, args, span);
  const handler = EVENT_HANDLER.test(property) ? value.callable : null;
  if (handler === null) return;
  hearAs(walk, property, value);
  walk.noteCallOf(handler);
  walk.graph.connect(given.node || object.node, handler.parameterNodes[0] ?? 0);
}
