import type { Finding } from '../model/finding.ts';
import type { Gap } from '../model/outcome.ts';
import { isAudited } from './advisories/version-scheme.ts';
import { dependencyFinding } from './findings.ts';
import type { MissedInFile, SeenPackage } from './tools/osv-cross-check.ts';

/** Packages that are named in a message; the rest are counted. */
const SHOWN = 3;

/** A finding for each file in which osv-scanner sees packages that were not read here. */
export function missedFindings(missed: readonly MissedInFile[], unitOf: (path: string) => string): Finding[] {
  return missed.map(({ path, packages }) =>
    dependencyFinding('dependency-not-audited', {
      unit: unitOf(path),
      place: { path, startLine: 1 },
      subject: 'seen by osv-scanner',
      message: `Declares packages that osv-scanner sees and sbx did not read: ${listed(packages)}.`,
    }),
  );
}

/** Evidence that should be there: packages of an ecosystem that has advisories here, in a file that was not understood. */
export function missedGaps(missed: readonly MissedInFile[], unitOf: (path: string) => string): Gap[] {
  return missed.flatMap(({ path, packages }) => {
    const audited = packages.filter(({ ecosystem }) => isAudited(ecosystem));
    if (audited.length === 0) return [];
    return [{ unit: unitOf(path), reason: `${path}: osv-scanner sees more in it: ${listed(audited)}` }];
  });
}

function listed(packages: readonly SeenPackage[]): string {
  const shown = packages
    .slice(0, SHOWN)
    .map(({ ecosystem, name, version }) => `${name} ${version}`.trim() + ` (${ecosystem})`);
  const more = packages.length > SHOWN ? ` and ${String(packages.length - SHOWN)} more` : '';
  return shown.join(', ') + more;
}
