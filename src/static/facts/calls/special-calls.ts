import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import { attributeOf, contentsOf } from '../walk/attributes.ts';
import type { BoundArguments } from './arguments.ts';
import { memberOf, namedEntry, proxyOf } from '../walk/members.ts';
import { isReadByName } from '../walk/reads.ts';
import { noteModule } from '../walk/imports.ts';
import { isGlobalObject, moduleName } from '../names.ts';
import { noteTableLookup } from './table-lookups.ts';
import { changed, flowingValue, namedValue, UNKNOWN, type Value } from '../values/value.ts';
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
  'util.promisify',
  'Object.freeze',
  'Promise.resolve',
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
  const isUnbound = receiver.name === 'object' || receiver.name === 'type';
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

/** Those that {@link resolveSpecial} knows by name, beside the sets above. */
const BY_NAME: ReadonlySet<string> = new Set([
  'super',
  'getattr',
  'globals',
  'locals',
  'vars',
  'functools.partial',
  'functools.partialmethod',
  'partial',
  'operator.attrgetter',
  'operator.methodcaller',
  'setattr',
  'type',
  'module.createRequire',
  'createRequire',
  'Object.assign',
  'scriptblock',
  'typing.cast',
  'Reflect.get',
  'Object.getOwnPropertyDescriptor',
  'list',
  'tuple',
  'iter',
  'dict',
  'types.SimpleNamespace',
  'argparse.Namespace',
  'Proxy',
]);

/** Calls whose result is another name for something: `getattr(os, 'system')`, `__import__('os')`, `functools.partial(f)`, `globals()`. */
export function resolveSpecial(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
  span: Span,
): Value | null {
  if (BY_NAME.has(name)) return resolveNamed(walk, name, args, span);
  if (SAME.has(name)) return args.positional[0] ?? null;
  if (args.receiver !== null && method !== null && LOOKUPS.has(method)) {
    const named = lookedUp(walk, method, args, span);
    if (named !== null) return named;
  }
  return IMPORTERS.has(name) ? resolveImport(walk, name, args, span) : null;
}

/** What is given by name, as a table; null when nothing is. */
function tableOf(walk: Walk, named: ReadonlyMap<string, Value>): Value | null {
  if (named.size === 0) return null;
  const node = walk.graph.join([...named.values()].map((value) => value.node));
  return changed(UNKNOWN, { entries: named, node });
}

function resolveNamed(walk: Walk, name: string, args: BoundArguments, span: Span): Value | null {
  const [first, second] = args.positional;
  switch (name) {
    case 'super': {
      const parent = walk.owner?.parents[0];
      if (parent === undefined) return null;
      // Whose method it is, the object is still of the class made from it.
      return changed(UNKNOWN, { instance: parent });
    }
    case 'getattr': {
      const property = textOf(second?.constant ?? null);
      if (first === undefined) return null;
      noteCall(walk, name, null, args, span);
      return property === null ? flowingValue(first.node) : memberOf(walk, first, property);
    }
    case 'globals':
    case 'locals':
    case 'vars':
      if (first === undefined) {
        noteCall(walk, name, null, args, span);
        return namedValue(`${name}()`);
      }
      if (first.instance !== null && name === 'vars') {
        return flowingValue(walk.graph.join([first.node, contentsOf(walk, first.instance)]));
      }
      return first.name === null ? null : namedValue(first.name);
    case 'functools.partial':
    case 'functools.partialmethod':
    case 'partial':
      if (first === undefined || (first.name === null && first.callable === null)) return null;
      // A pickle that holds a bound function holds a call.
      if (walk.layer.language === 'pickle') noteCall(walk, name, null, args, span);
      return changed(first, { bound: [...(first.bound ?? []), ...args.positional.slice(1)] });
    case 'operator.attrgetter':
    case 'operator.methodcaller':
      return changed(namedValue(name), { bound: args.positional });
    case 'setattr': {
      const property = textOf(second?.constant ?? null);
      const owner = first?.instance ?? first?.class ?? null;
      const value = args.positional[2];
      if (owner !== null && property !== null && value !== undefined && walk.quiet === 0) {
        const attribute = attributeOf(walk, owner, property);
        walk.graph.connect(value.node, attribute.node);
        attribute.value = value;
      }
      return null;
    }
    case 'type': {
      const table = args.positional[2];
      return table?.entries === undefined || table.entries === null
        ? null
        : changed(UNKNOWN, { entries: table.entries, node: table.node });
    }
    case 'module.createRequire':
    case 'createRequire':
      return namedValue('require');
    case 'Object.assign': {
      const library = args.positional.find((value) => value.name !== null);
      return library === undefined ? null : changed(library, { entries: first?.entries ?? library.entries });
    }
    case 'scriptblock':
      return walk.language === 'powershell' ? (first ?? null) : null;
    case 'typing.cast':
      return second ?? null;
    case 'Reflect.get':
    case 'Object.getOwnPropertyDescriptor': {
      const property = textOf(second?.constant ?? null);
      if (first === undefined || second === undefined || property === null) return null;
      const member = memberOf(walk, first, property);
      noteTableLookup(walk, first, second, member, !isGlobalObject(first.name, walk.language), span);
      // The descriptor's `value` is the member.
      return name === 'Reflect.get' ? member : changed(UNKNOWN, { entries: new Map([['value', member]]) });
    }
    case 'list':
    case 'tuple':
    case 'iter':
      return first?.elements === undefined || first.elements === null ? null : first;
    case 'Proxy': {
      const get = second?.entries?.get('get')?.callable ?? null;
      return get === null ? (first ?? null) : proxyOf(walk, first ?? UNKNOWN, get);
    }
    case 'types.SimpleNamespace':
    case 'argparse.Namespace':
      return tableOf(walk, args.named);
    case 'dict':
      // A copy of `os.environ` is read by name as it is.
      if (args.named.size === 0 && isReadByName(walk, first?.name ?? null)) return first ?? null;
      return first === undefined ? tableOf(walk, args.named) : null;
  }
  return null;
}

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
