import type { Package } from '../model/dependency.ts';
import type { StageContext } from '../model/stage.ts';
import type { EmbeddedResult } from './embedded.ts';
import type { ToolResult } from './tool-result.ts';

/** Asks the tools outside sbx that are installed, side by side. What they cannot do is in their results, never thrown. */
export function runTools(
  _packages: readonly Package[],
  _embedded: EmbeddedResult,
  _context: StageContext,
): Promise<readonly ToolResult[]> {
  return Promise.resolve([]);
}
