import type { ImportBinding, Statement } from '../../../model/program.ts';
import type { Lowering, StatementHandler } from './lowering.ts';
import { dottedName, identifierText } from './names.ts';

const lowerImport: StatementHandler = (lowering, row, out) => {
  for (const child of lowering.children(row)) {
    const { name, alias } = importedName(lowering, child);
    out.push({
      kind: 'import',
      module: name,
      level: 0,
      bindings: [{ imported: null, local: alias ?? name.split('.', 1)[0]! }],
      span: lowering.span(row),
    });
  }
};

const lowerFromImport: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const [from, ...names] = lowering.children(row);
  if (from === undefined) {
    return;
  }
  let module = '';
  let level = 0;
  if (lowering.kind(from) === kinds.relative_import) {
    const prefix = lowering.child(from, kinds.import_prefix);
    const name = lowering.child(from, kinds.dotted_name);
    level = prefix < 0 ? 1 : lowering.text(prefix).replace(/[^.]/g, '').length;
    module = name < 0 ? '' : dottedName(lowering, name);
  } else {
    module = dottedName(lowering, from);
  }
  out.push(fromImport(lowering, row, module, level, names));
};

const lowerFutureImport: StatementHandler = (lowering, row, out) => {
  out.push(fromImport(lowering, row, '__future__', 0, lowering.children(row)));
};

function fromImport(
  lowering: Lowering,
  row: number,
  module: string,
  level: number,
  names: readonly number[],
): Statement {
  const { kinds } = lowering;
  const bindings: ImportBinding[] = [];
  for (const child of names) {
    if (lowering.kind(child) === kinds.wildcard_import) {
      bindings.push({ imported: '*', local: '*' });
    } else if (lowering.kind(child) !== kinds.ERROR) {
      const { name, alias } = importedName(lowering, child);
      bindings.push({ imported: name, local: alias ?? name });
    }
  }
  return { kind: 'import', module, level, bindings, span: lowering.span(row) };
}

function importedName(lowering: Lowering, row: number): { name: string; alias: string | null } {
  if (lowering.kind(row) !== lowering.kinds.aliased_import) {
    return { name: dottedName(lowering, row), alias: null };
  }
  const name = lowering.first(row);
  const alias = lowering.last(row);
  return {
    name: name < 0 ? '' : dottedName(lowering, name),
    alias: alias === name || alias < 0 ? null : identifierText(lowering, alias),
  };
}

/** Handlers by node type. */
export const IMPORT_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  import_statement: lowerImport,
  import_from_statement: lowerFromImport,
  future_import_statement: lowerFutureImport,
};
