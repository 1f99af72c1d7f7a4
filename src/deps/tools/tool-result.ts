import type { DependencyCoverage } from '../../model/dependency.ts';
import type { Reported } from '../reported.ts';

/** How a tool outside sbx fared. Only `ok` may be read as "it found nothing else". */
type ToolStatus = DependencyCoverage['tools'][number]['status'];

/** What a tool outside sbx gave back, whatever happened. */
export interface ToolResult {
  readonly id: 'osv-scanner' | 'osv-scanner (cross-check)' | 'pip-audit' | 'uv';
  readonly version: string | null;
  readonly status: ToolStatus;
  /** One sentence: exit status and last error, how to install it, why it was left out; empty when all is well. */
  readonly message: string;
  readonly reports: readonly Reported[];
}

/**
 * A tool that was there, was asked, and did not answer in full: evidence is missing. A cross-check that fails takes nothing away from what
 * was read; it only says so.
 */
export function hasFallenShort({ id, status }: Pick<ToolResult, 'id' | 'status'>): boolean {
  if (id === 'osv-scanner (cross-check)') return false;
  // It is only there to do what the operator asked for.
  if (id === 'uv' && status === 'missing') return true;
  return status === 'failed' || status === 'timeout' || status === 'partial';
}

const WORST_FIRST: readonly ToolStatus[] = ['failed', 'timeout', 'partial', 'ok'];

/** Of several runs the one that went worst. */
export function worstOf<T extends Pick<ToolResult, 'status'>>(runs: readonly T[]): T | undefined {
  return WORST_FIRST.map((status) => runs.find((run) => run.status === status)).find(
    (run) => run !== undefined,
  );
}
