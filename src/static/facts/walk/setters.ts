import type { Span } from '../../../model/program.ts';
import { applyApi, matchingApi, noteCall } from '../calls/apply-api.ts';
import { NONE_NAMED } from '../calls/arguments.ts';
import type { Value } from '../values/value.ts';
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
]);

/** True for a member whose setting is looked at like a call. */
export function isSetter(property: string): boolean {
  return SETTERS.has(property);
}

/** Notes `object.member = value` as a call of `?.member=`. */
export function noteSetter(walk: Walk, object: Value, property: string, value: Value, span: Span): void {
  const name = `?.${property}=`;
  const args = { positional: [value], named: NONE_NAMED, receiver: object };
  const api = matchingApi(walk, walk.apis.lookup(name), args);
  if (api === null) noteCall(walk, name, null, args, span);
  else applyApi(walk, name, api, args, span);
}
