import { findTool } from '../../src/deps/tools/find-tool.ts';

/**
 * True when a test that needs this tool must be left out: the tool is absent. In CI (`CI=true`) it never is, so that the test runs and
 * fails there. `SBX_TOOLS_BIN` names a folder that is looked in before `PATH`.
 */
export function isToolAbsent(name: string): boolean {
  return findTool(name) === null && process.env['CI'] !== 'true';
}
