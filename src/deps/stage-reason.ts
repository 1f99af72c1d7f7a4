import type { Gap } from '../model/outcome.ts';
import { isStale } from './advisories/database.ts';
import type { EmbeddedResult } from './embedded.ts';
import type { Inventory } from './inventory/inventory.ts';
import { compareText } from './inventory/text.ts';
import type { ToolResult } from './tools/tool-result.ts';

/** One sentence on how far the audit went. "Nothing found" is only ever said together with the date of the advisories. */
export function reasonOf(
  { packages }: Inventory,
  { matched, indexes }: EmbeddedResult,
  tools: readonly ToolResult[],
  gaps: readonly Gap[],
): string {
  const opened = [...indexes.values()];
  const date = opened.map(({ index }) => index.date).sort(compareText)[0];
  const isOld = opened.some(({ index }) => isStale(index.date));
  const records = opened.reduce((sum, { index }) => sum + index.records, 0);
  const known = isOld ? ' (stale: `sbx db update` fetches newer ones)' : '';
  const compared =
    date === undefined
      ? 'no packages could be compared with advisories'
      : `${String(matched.size)} of ${String(packages.length)} packages compared with ${String(records)} advisories as of ${date}${known}`;
  const notes = tools
    .filter(({ id, status }) => status === 'missing' || status === 'skipped' || id === 'uv')
    .map(({ id, status, message }) => `${id} ${status}: ${message}`);
  const missing =
    gaps.length === 0 ? [] : [`not everything could be read: ${gaps[0]?.reason ?? ''}${more(gaps.length)}`];
  return [...missing, compared, ...notes].join('; ');
}

function more(count: number): string {
  return count > 1 ? ` (and ${String(count - 1)} more)` : '';
}
