import type { Table } from '../inventory/parsed.ts';
import { listOf, tableOf } from '../inventory/parsed.ts';

/**
 * The results in osv-scanner's JSON, one for each source that it read.
 * @returns null when it is not such a report
 */
export function osvResults(text: string): Table[] | null {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return null;
  }
  // `results` is null when nothing was found (osv-scanner 2.5), a list otherwise; anything without it is no report.
  if (typeof report !== 'object' || report === null || !('results' in report)) return null;
  return listOf(report.results).map(tableOf);
}
