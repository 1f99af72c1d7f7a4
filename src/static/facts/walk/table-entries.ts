import type { Statement } from '../../../model/program.ts';
import { assign } from './assignment.ts';
import { evaluate } from './expressions.ts';
import { isReadByName, readOf } from './reads.ts';
import { UNKNOWN } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** `const { TOKEN: key } = process.env`: entries of a table are read by their names, not all of it. False for anything else. */
export function readEntries(
  walk: Walk,
  { target, value, operator, span }: Extract<Statement, { kind: 'assign' }>,
): boolean {
  if (target.kind !== 'record' || operator !== '=' || walk.language !== 'javascript') return false;
  if (value.kind !== 'member' && value.kind !== 'name') return false;
  if (target.entries.some(({ key }) => key?.kind !== 'literal')) return false;
  const table = evaluate(walk, value, 'object');
  if (!isReadByName(walk, table.name)) return false;
  for (const { key, value: part } of target.entries) {
    const name = key === null ? null : evaluate(walk, key);
    assign(walk, part, (name === null ? null : readOf(walk, table, name, span)) ?? UNKNOWN);
  }
  return true;
}
