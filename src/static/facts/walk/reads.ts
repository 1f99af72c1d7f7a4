import type { Api } from '../../../model/api-model.ts';
import type { Span } from '../../../model/program.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { plain, textOf } from '../../fold/constant.ts';
import { applyApi, matchingApi } from '../calls/apply-api.ts';
import { memberName } from '../names.ts';
import { folderNamed } from '../values/user-folders.ts';
import { changed, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** So many names are remembered for each language. */
const MAX_TABLES = 200_000;

/** A model of something that is read, not called: a source, or a part of its object that does less harm. Nothing is passed to it. */
function isReadable(api: Api): boolean {
  return (
    (api.source ?? api.given ?? api.clears) !== undefined &&
    api.sinks === undefined &&
    api.detail === undefined &&
    api.when === undefined
  );
}

/** True for a table whose entries models know: to read one of them is not to read all. Most names need not be asked about again. */
export function isReadByName(walk: Walk, name: string | null): boolean {
  if (name === null) return false;
  const { tables } = walk.apis;
  let known = tables.get(name);
  if (known === undefined) {
    known = walk.apis.lookup(memberName(name, '__getitem__', walk.language)).length > 0;
    if (tables.size < MAX_TABLES) tables.set(name, known);
  }
  return known;
}

/**
 * Reading a value that a model knows, as if it were called: `os.environ` whole, or one entry of it through the model of
 * `os.environ.__getitem__` (also for JavaScript's `process.env.X`). Null when no model knows it.
 * @param key the entry's name; null for the whole
 */
export function readOf(walk: Walk, object: Value, key: Value | null, span: Span): Value | null {
  if (object.name === null) return null;
  // What the target itself put in beside the entries it copied.
  if (key !== null && object.entries?.has(textOf(key.constant) ?? '') === true) return null;
  if (key !== null && !isReadByName(walk, object.name)) return null;
  const name = key === null ? object.name : memberName(object.name, '__getitem__', walk.language);
  const apis = walk.apis.lookup(name);
  if (apis.length === 0) return null;
  if (key === null && !apis.some(isReadable)) return null;
  const args: BoundArguments = key === null ? NO_ARGUMENTS : { ...NO_ARGUMENTS, positional: [key] };
  const api = matchingApi(walk, apis, args);
  if (api === null) return null;
  // A part of the object is made of it.
  const given = key === null && api.clears !== undefined ? { ...args, receiver: object } : args;
  const value = applyApi(walk, name, api, given, span, key === null ? object.name : null);
  const folder = folderNamed(key);
  return folder === null ? value : changed(value, { constant: plain(folder) });
}
