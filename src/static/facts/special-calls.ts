import type { Span } from '../../model/program.ts';
import { textOf } from '../fold/constant.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import type { BoundArguments } from './arguments.ts';
import { memberOf } from './members.ts';
import { isReadByName } from './reads.ts';
import { noteModule } from './imports.ts';
import { moduleName } from './names.ts';
import { namedValue, UNKNOWN, type Value } from './value.ts';
import type { Walk } from './walk.ts';

const IMPORTERS = new Set([
  '__import__',
  'importlib.import_module',
  'importlib.__import__',
  'require',
  'import',
  'module.require',
]);

/** Calls whose result is another name for something: `getattr(os, 'system')`, `__import__('os')`, `functools.partial(f)`, `globals()`. */
export function resolveSpecial(
  walk: Walk,
  name: string,
  method: string | null,
  args: BoundArguments,
  span: Span,
): Value | null {
  const [first, second] = args.positional;
  switch (name) {
    case 'getattr': {
      const property = textOf(second?.constant ?? null);
      if (first === undefined) return null;
      noteCall(walk, name, null, args, span);
      return property === null ? { ...UNKNOWN, node: first.node } : memberOf(walk, first, property);
    }
    case 'globals':
    case 'locals':
    case 'vars':
      if (first === undefined) {
        noteCall(walk, name, null, args, span);
        return namedValue(`${name}()`);
      }
      return first.name === null ? null : namedValue(first.name);
    case 'functools.partial':
    case 'partial':
      return first === undefined || (first.name === null && first.callable === null) ? null : first;
    case 'Reflect.get': {
      const property = textOf(second?.constant ?? null);
      return first === undefined || property === null ? null : memberOf(walk, first, property);
    }
    case 'list':
    case 'tuple':
    case 'iter':
      return first?.elements === undefined || first.elements === null ? null : first;
    case 'dict':
      // A copy of `os.environ` is read by name as it is.
      if (args.named.size === 0 && isReadByName(walk, first?.name ?? null)) return first ?? null;
      return first === undefined && args.named.size > 0
        ? {
            ...UNKNOWN,
            entries: args.named,
            node: walk.graph.join([...args.named.values()].map((value) => value.node)),
          }
        : null;
  }
  if ((name === 'globals().get' || name === 'sys.modules.get') && method === 'get') {
    const key = textOf(first?.constant ?? null);
    return key === null ? null : namedValue(key);
  }
  if (IMPORTERS.has(name)) {
    const module = textOf(first?.constant ?? null);
    const api = matchingApi(walk, walk.apis.lookup(name), args);
    const result = api === null ? null : applyApi(walk, name, api, args, span);
    if (api === null) noteCall(walk, name, null, args, span);
    if (module === null) return result ?? { ...UNKNOWN, node: first?.node ?? 0 };
    const imported = moduleName(module, walk.language);
    noteModule(walk, imported, span);
    // `__import__('os.path')` gives `os`; with a fromlist, and everywhere else, the module itself.
    const own = walk.gathering.ownModule(walk, imported);
    if (own !== null) return own;
    return namedValue(
      name === '__import__' && args.positional.length < 4
        ? (imported.split('.', 1)[0] ?? imported)
        : imported,
    );
  }
  return null;
}
