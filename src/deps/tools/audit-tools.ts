import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StageContext } from '../../model/stage.ts';
import type { Target } from '../../model/target.ts';
import type { EmbeddedResult } from '../embedded.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { stageForCrossCheck } from './cross-check-files.ts';
import { findTool } from './find-tool.ts';
import { auditWithOsvScanner } from './osv-audit.ts';
import type { MissedInFile } from './osv-cross-check.ts';
import { crossCheckWithOsvScanner } from './osv-cross-check.ts';
import { openOsvScanner } from './osv-scanner.ts';
import type { PipAuditService } from './pip-audit.ts';
import { runPipAudit } from './pip-audit.ts';
import type { ToolContext } from './tool-context.ts';
import type { ToolResult } from './tool-result.ts';

/** What the tools outside sbx had to say. */
export interface ToolAnswers {
  readonly results: readonly ToolResult[];
  /** What they see in the target's files and the inventory does not. */
  readonly missed: readonly MissedInFile[];
}

/**
 * Asks the tools outside sbx that are installed, side by side. What they cannot do is in their results.
 * @throws the signal's reason when aborted
 */
export async function askTools(
  target: Target,
  { packages, unreadable, files }: Pick<Inventory, 'packages' | 'unreadable' | 'files'>,
  embedded: EmbeddedResult,
  { online, signal }: Pick<StageContext, 'online' | 'signal'>,
): Promise<ToolAnswers> {
  const staging = stageForCrossCheck(target, files);
  if (packages.length === 0 && unreadable.length === 0 && staging.files.length === 0)
    return { results: [], missed: [] };
  const folder = await mkdtemp(join(tmpdir(), 'sbx-deps-'));
  try {
    const contextOf = async (name: string): Promise<ToolContext> => {
      await mkdir(join(folder, name));
      return { folder: join(folder, name), online, signal };
    };
    const [osv, check, pip] = [
      await contextOf('osv-scanner'),
      await contextOf('cross-check'),
      await contextOf('pip-audit'),
    ];
    const scanner = openOsvScanner(osv);
    const [audit, crossCheck, pipAudit] = await allSettled([
      scanner.then((opened) => auditWithOsvScanner(opened, packages, embedded, osv)),
      scanner.then((opened) => crossCheckWithOsvScanner(opened, staging, files, check)),
      runPipAudit(packages, pipAuditService(), pip),
    ]);
    return {
      results: [audit, ...(crossCheck === null ? [] : [crossCheck.result]), pipAudit],
      missed: crossCheck?.missed ?? [],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits for all, so that nothing writes into a folder that is being removed; then throws what the first that failed threw. */
async function allSettled<T extends readonly unknown[]>(promises: {
  readonly [K in keyof T]: Promise<T[K]>;
}): Promise<T> {
  await Promise.allSettled(promises);
  return Promise.all(promises) as unknown as Promise<T>;
}

/** Where osv-scanner asks OSV already, pip-audit adds the index's own advisories; a service that the operator named goes first. */
function pipAuditService(): PipAuditService {
  const isOsvNamed = (process.env['PIP_AUDIT_OSV_URL'] ?? '') !== '';
  return !isOsvNamed && findTool('osv-scanner') !== null ? 'pypi' : 'osv';
}
