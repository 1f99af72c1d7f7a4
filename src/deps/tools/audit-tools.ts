import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Package } from '../../model/dependency.ts';
import type { StageContext } from '../../model/stage.ts';
import type { EmbeddedResult } from '../embedded.ts';
import { findTool } from './find-tool.ts';
import { runOsvScanner } from './osv-scanner.ts';
import type { PipAuditService } from './pip-audit.ts';
import { runPipAudit } from './pip-audit.ts';
import type { ToolResult } from './tool-result.ts';

/**
 * Asks the tools outside sbx that are installed, side by side. What they cannot do is in their results.
 * @throws the signal's reason when aborted
 */
export async function runTools(
  packages: readonly Package[],
  embedded: EmbeddedResult,
  { online, signal }: Pick<StageContext, 'online' | 'signal'>,
): Promise<readonly ToolResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sbx-deps-'));
  try {
    const folderOf = async (name: string): Promise<string> => {
      await mkdir(join(folder, name));
      return join(folder, name);
    };
    const [osvFolder, pipFolder] = [await folderOf('osv-scanner'), await folderOf('pip-audit')];
    const settled = await Promise.allSettled([
      runOsvScanner(packages, embedded, { folder: osvFolder, online, signal }),
      runPipAudit(packages, pipAuditService(), { folder: pipFolder, online, signal }),
    ]);
    return settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where osv-scanner asks OSV already, pip-audit adds the index's own advisories; a service that the operator named goes first. */
function pipAuditService(): PipAuditService {
  const isOsvNamed = (process.env['PIP_AUDIT_OSV_URL'] ?? '') !== '';
  return !isOsvNamed && findTool('osv-scanner') !== null ? 'pypi' : 'osv';
}
