import { textOf } from '../../fold/constant.ts';
import type { CallFact } from '../facts.ts';
import type { ModuleIndex } from './module-paths.ts';
import { lastPart } from '../names.ts';

/** The `pkg.module:Class` that a call registers as an environment; null for any other call. */
export function entryPointOf(call: CallFact): string | null {
  return lastPart(call.name) === 'register'
    ? textOf(call.args.named.get('entry_point')?.constant ?? null)
    : null;
}

/** The file of the target that an entry point names, and the class in it; null when it is none of the target's. */
export function registeredClass(
  path: string,
  entryPoint: string,
  files: ModuleIndex,
): { readonly path: string; readonly name: string } | null {
  const [module = '', name = ''] = entryPoint.split(':', 2);
  const found = files.find(path, 'python', module);
  return found === null || name === '' ? null : { path: found, name };
}

/** Names of the classes that calls register as environments, by the file that defines them. */
export function registeredClasses(
  calls: readonly CallFact[],
  files: ModuleIndex,
): ReadonlyMap<string, ReadonlySet<string>> {
  const registered = new Map<string, Set<string>>();
  for (const call of calls) {
    const entryPoint = entryPointOf(call);
    if (entryPoint === null) continue;
    const found = registeredClass(call.layer.source.path, entryPoint, files);
    if (found === null) continue;
    const names = registered.get(found.path) ?? new Set();
    registered.set(found.path, names.add(found.name));
  }
  return registered;
}
