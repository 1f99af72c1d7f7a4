import type { Capability } from '../../../model/capability.ts';
import type { Span } from '../../../model/program.ts';
import { noteCall } from './apply-api.ts';
import { modelName } from '../names.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** The name of the call that a lookup of a function in a table of names is noted as: `os.__dict__['system']`. */
const TABLE_LOOKUP = '[]';

/** What a function does that is worth hiding. */
const TELLING: ReadonlySet<Capability> = new Set([
  'proc.exec',
  'code.dynamic',
  'code.native',
  'net.connect',
  'secret.read',
]);

/**
 * Notes that a function which models know is fetched out of a module's table of names: always when the key is put together or decoded,
 * and when the table is one that is only there to be searched (`__dict__`, `vars()`).
 * @param table the module, or the table that stands for it
 * @param isTable true when the code goes through such a table
 */
export function noteTableLookup(
  walk: Walk,
  table: Value,
  key: Value,
  member: Value,
  isTable: boolean,
  span: Span,
): void {
  if (walk.quiet > 0 || table.name === null || member.name === null || key.constant === null) return;
  if (!isTable && key.constant.origin === 'plain') return;
  const apis = walk.apis.lookup(modelName(member.name, walk.language));
  const isTelling = apis.some(
    ({ capabilities, source }) =>
      capabilities?.some((capability) => TELLING.has(capability)) === true ||
      (!isTable && source !== undefined),
  );
  if (isTelling)
    noteCall(walk, TABLE_LOOKUP, null, { positional: [table, key], named: new Map(), receiver: null }, span);
}
