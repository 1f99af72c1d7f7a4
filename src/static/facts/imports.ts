import type { Statement } from '../../model/program.ts';
import { memberName, moduleName } from './names.ts';
import { namedValue } from './value.ts';
import type { Walk } from './walk.ts';

/** Notes that a module is imported, wherever that is done by call. */
export function noteModule(walk: Walk, module: string, span: { start: number; end: number }): void {
  if (walk.quiet > 0) return;
  walk.gathering.imports.push({ module, layer: walk.layer, span, function: walk.function });
}

/** Binds what an import statement brings in. A relative import keeps its dots, so that it never passes for a library. */
export function noteImport(walk: Walk, statement: Extract<Statement, { kind: 'import' }>): void {
  const module = '.'.repeat(statement.level) + moduleName(statement.module, walk.language);
  noteModule(walk, module, statement.span);
  const bind = (local: string, name: string): void => {
    walk.frame.assign(local, namedValue(name), walk.graph, true);
  };
  for (const { imported, local } of statement.bindings) {
    if (imported === null) {
      // `import a.b` binds `a`; `import a.b as c` binds the module itself.
      const first = module.split('.', 1)[0] ?? module;
      bind(local, walk.language === 'python' && local === first ? first : module);
    } else if (imported === '*') {
      if (walk.language === 'python') walk.starModules.push(module);
      else bind(local, module);
    } else if (imported === 'default') {
      bind(local, module);
    } else {
      bind(
        local,
        module.endsWith('.') ? `${module}${imported}` : memberName(module, imported, walk.language),
      );
      if (walk.language === 'python') noteModule(walk, `${module}.${imported}`, statement.span);
    }
  }
}
