import type { Finding } from '../model/finding.ts';
import { comparePaths } from '../target/collector.ts';
import { compareLocations } from './matrix.ts';

/** The one order of findings in every output: unit, place, rule, then whatever tells two apart. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePaths(a.unit, b.unit) ||
    compareLocations(a.location, b.location) ||
    comparePaths(a.ruleId, b.ruleId) ||
    comparePaths(a.fingerprint, b.fingerprint) ||
    comparePaths(a.message, b.message)
  );
}
