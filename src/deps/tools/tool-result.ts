import type { DependencyCoverage } from '../../model/dependency.ts';
import type { Reported } from '../reported.ts';

/** How a tool outside sbx fared. Only `ok` may be read as "it found nothing else". */
type ToolStatus = DependencyCoverage['tools'][number]['status'];

/** What a tool outside sbx gave back, whatever happened. */
export interface ToolResult {
  readonly id: 'osv-scanner' | 'pip-audit';
  readonly version: string | null;
  readonly status: ToolStatus;
  /** One sentence: the last error, how to install it, why it was left out; empty when all is well. */
  readonly message: string;
  readonly reports: readonly Reported[];
}

/** A tool that was there, was asked, and did not answer in full: evidence is missing. */
export function hasFallenShort({ status }: Pick<ToolResult, 'status'>): boolean {
  return status === 'failed' || status === 'timeout' || status === 'partial';
}
