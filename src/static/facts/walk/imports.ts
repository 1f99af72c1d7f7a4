import type { Statement } from '../../../model/program.ts';
import { memberName, moduleName } from '../names.ts';
import { packageOfModule } from '../calls/packages.ts';
import { changed, namedValue, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** Packages in packages that `import a.b.c` is followed through. */
const MAX_PACKAGE_DEPTH = 16;

/** Notes that a module is imported, wherever that is done by call. */
export function noteModule(walk: Walk, module: string, span: { start: number; end: number }): void {
  if (walk.quiet > 0) return;
  const owner = packageOfModule(module, walk.language);
  if (owner !== null) walk.gathering.packages.add(owner);
  walk.gathering.imports.push({ module, layer: walk.layer, span, function: walk.function });
}

/** What an import binds: what a module of the target holds under that name, or the name alone. */
function ownValue(walk: Walk, module: string, name: string, imported: string | null): Value {
  const { gathering } = walk;
  const whole = gathering.ownModule(walk, name);
  // CommonJS modules have no default: they are it.
  if (whole !== null) return imported === 'default' ? (whole.entries?.get('default') ?? whole) : whole;
  const exporting = imported === null ? null : gathering.ownModule(walk, module);
  return exporting?.entries?.get(imported ?? '') ?? namedValue(name);
}

/** What `import { imported } from 'module'` would bind in a module of JavaScript. */
export function importedValue(walk: Walk, written: string, imported: string | null): Value {
  const module = moduleName(written, walk.language);
  const isWhole = imported === null || imported === '*' || imported === 'default';
  return ownValue(walk, module, isWhole ? module : memberName(module, imported, walk.language), imported);
}

/** `from m import *`. */
function bindAll(walk: Walk, module: string): void {
  walk.starModules.push(module);
  for (const [name, value] of walk.gathering.ownModule(walk, module)?.entries ?? [])
    if (!name.startsWith('_')) walk.frame.assign(name, value, walk.graph, true);
}

/** `import a.b.c` binds `a`, through which `a.b.c` is reached; null when no module of the target is behind it. */
function ownPackage(walk: Walk, parts: readonly string[], at: number, before: Value | null): Value | null {
  const name = parts.slice(0, at).join('.');
  const own = walk.gathering.ownModule(walk, name);
  if (at === parts.length || at >= MAX_PACKAGE_DEPTH) return own;
  const next = parts[at] ?? '';
  const inner = ownPackage(walk, parts, at + 1, before?.entries?.get(next) ?? null);
  if (inner === null) return own;
  const outer = own ?? before ?? namedValue(name);
  const entries = new Map([...(before?.entries ?? []), ...(own?.entries ?? []), [next, inner] as const]);
  return changed(outer, { entries });
}

/** Binds what an import statement brings in. A relative import keeps its dots, so that it never passes for a library. */
export function noteImport(walk: Walk, statement: Extract<Statement, { kind: 'import' }>): void {
  const module = '.'.repeat(statement.level) + moduleName(statement.module, walk.language);
  noteModule(walk, module, statement.span);
  const bind = (local: string, name: string, imported: string | null): void => {
    walk.frame.assign(local, ownValue(walk, module, name, imported), walk.graph, true);
  };
  for (const { imported, local } of statement.bindings) {
    if (imported === null) {
      // `import a.b` binds `a`; `import a.b as c` binds the module itself.
      const parts = module.split('.');
      const first = parts[0] ?? module;
      const isFirst = walk.language === 'python' && local === first;
      const own = isFirst && parts.length > 1 ? ownPackage(walk, parts, 1, walk.frame.read(local)) : null;
      if (own !== null) walk.frame.assign(local, own, walk.graph, true);
      else bind(local, isFirst ? first : module, null);
    } else if (imported === '*') {
      if (walk.customs.importsAllNames) bindAll(walk, module);
      else bind(local, module, null);
    } else if (imported === 'default') {
      bind(local, module, 'default');
    } else {
      const name = module.endsWith('.')
        ? `${module}${imported}`
        : memberName(module, imported, walk.language);
      bind(local, name, imported);
      if (walk.language === 'python') noteModule(walk, name, statement.span);
    }
  }
}
