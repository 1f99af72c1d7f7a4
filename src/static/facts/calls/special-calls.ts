import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import type { BoundArguments } from './arguments.ts';
import { memberOf, namedEntry } from '../walk/members.ts';
import { noteModule } from '../walk/imports.ts';
import { moduleName } from '../names.ts';
import { resolverOf } from './named-calls.ts';
import { noteTableLookup } from './table-lookups.ts';
import { flowingValue, namedValue, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

const IMPORTERS = new Set([
  '__import__',
  'importlib.import_module',
  'importlib.__import__',
  'require',
  'import',
  'module.require',
  'process.mainModule.require',
  'require.main.require',
  'process.getBuiltinModule',
  'process.mainModule.constructor._load',
  'module.constructor._load',
  'module.Module._load',
  'module._load',
]);

/** Functions that give back what they are given, or something that is called in the same way. */
const SAME = new Set([
  'staticmethod',
  'classmethod',
  'contextlib.nullcontext',
  'contextlib.closing',
  'copy.copy',
  'copy.deepcopy',
  'functools.cache',
  'functools.lru_cache',
  'string.Template',
  'weakref.proxy',
  'weakref.ref',
  'util.promisify',
  'Object.freeze',
  'Promise.resolve',
  'String.raw',
  'structuredClone',
]);

const LOOKUPS = new Set(['get', '__getitem__', '__getattribute__', '__getattr__']);

/** Methods that look a name up: `sys.modules.get('os')`, `os.__getattribute__('system')`, `object.__getattribute__(os, 'system')`. */
function lookedUp(
  walk: Walk,
  method: string,
  { receiver, positional }: BoundArguments,
  span: Span,
): Value | null {
  if (receiver === null) return null;
  const isUnbound = receiver.name === 'object' || (positional.length > 1 && method.startsWith('__getattr'));
  const object = isUnbound ? positional[0] : receiver;
  const given = positional[isUnbound ? 1 : 0];
  const key = textOf(given?.constant ?? null);
  if (object?.name === undefined || object.name === null || given === undefined || key === null) return null;
  if (method === 'get' || method === '__getitem__') {
    const entry = namedEntry(walk, object, key);
    // `os.__dict__.get('system')`: the table of a module is the module.
    if (entry !== null || walk.apis.lookup(`${object.name}.${method}`).length > 0) {
      if (entry !== null) noteTableLookup(walk, object, given, entry, true, span);
      return entry;
    }
    return walk.apis.lookup(`${object.name}.${key}`).length > 0 ? memberOf(walk, object, key) : null;
  }
  const member = memberOf(walk, object, key);
  noteTableLookup(walk, object, given, member, true, span);
  return member;
}

/** Calls whose result is another name for something: `getattr(os, 'system')`, `__import__('os')`, `functools.partial(f)`, `globals()`. */
export function resolveSpecial(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
  span: Span,
): Value | null {
  const resolve = resolverOf(name);
  if (resolve !== null) return resolve({ walk, name, args, span });
  if (SAME.has(name)) return args.positional[0] ?? null;
  if (args.receiver !== null && method !== null && LOOKUPS.has(method)) {
    const named = lookedUp(walk, method, args, span);
    if (named !== null) return named;
  }
  return IMPORTERS.has(name) || isLoader(walk, name, method) ? resolveImport(walk, name, args, span) : null;
}

/** `__loader__.load_module('os')`, of any loader: one that reads a file is made with the file's name. */
function isLoader(walk: Walk, name: string, method: string | null): boolean {
  return walk.language === 'python' && method === 'load_module' && walk.apis.lookup(name).length === 0;
}

/** The module that a call imports, as far as its name is known. */
function resolveImport(walk: Walk, name: string, args: BoundArguments, span: Span): Value {
  const first = args.positional[0];
  const module = textOf(first?.constant ?? null);
  const api = matchingApi(walk, walk.apis.lookup(name), args);
  const result = api === null ? null : applyApi(walk, name, api, args, span);
  if (api === null) noteCall(walk, name, null, args, span);
  if (module === null) return result ?? flowingValue(first?.node ?? 0);
  const imported = moduleName(module, walk.language);
  noteModule(walk, imported, span);
  // `__import__('os.path')` gives `os`; with a fromlist, and everywhere else, the module itself.
  const own = walk.gathering.ownModule(walk, imported);
  if (own !== null) return own;
  return namedValue(
    name === '__import__' && args.positional.length < 4 ? (imported.split('.', 1)[0] ?? imported) : imported,
  );
}
