import type { Span } from '../../../model/program.ts';
import { applyApi, matchingApi, noteCall } from '../calls/apply-api.ts';
import { type BoundArguments, NONE_NAMED } from '../calls/arguments.ts';
import { memberName } from '../names.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
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
  }
  if (walk.language !== 'javascript') return;
  const name = object.name === null ? null : memberName(object.name, property, walk.language);
  const api = name === null ? null : matchingApi(walk, walk.apis.lookup(name), args);
  const given = name === null || api === null ? UNKNOWN : applyApi(walk, name, api, args, span);
  const handler = EVENT_HANDLER.test(property) ? value.callable : null;
  if (handler === null) return;
  walk.noteCallOf(handler);
  walk.graph.connect(given.node || object.node, handler.parameterNodes[0] ?? 0);
}
