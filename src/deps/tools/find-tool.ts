import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where to find a tool: the folder in `SBX_TOOLS_BIN` first, then `PATH`. Relative entries are passed over: they may lie in a target. */
export function findTool(name: string): string | null {
  const folders = [process.env['SBX_TOOLS_BIN'] ?? '', ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders.filter((entry) => isAbsolute(entry))) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
