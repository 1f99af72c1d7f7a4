import type { Package } from '../../model/dependency.ts';
import type { Finding } from '../../model/finding.ts';
import { dependencyFinding, describe, placeOf } from '../findings.ts';
import type { YankedIn } from './resolve.ts';

/**
 * Versions that would be installed though their maker withdrew them, where they are pinned or at the requirements that lead to them.
 * @param packages what is declared and what was resolved
 */
export function yankedFindings(yanked: readonly YankedIn[], packages: readonly Package[]): Finding[] {
  return yanked.flatMap(({ unit, name, version, reason }) =>
    packages
      .filter((each) => each.ecosystem === 'PyPI' && each.unit === unit)
      .filter((each) => each.name === name && each.version === version)
      .map((dependency) =>
        dependencyFinding('dependency-yanked', {
          unit,
          place: placeOf(dependency),
          subject: describe(dependency),
          message: `${describe(dependency)} was withdrawn by its maker${reason === null ? '' : `: “${reason}”`}.`,
        }),
      ),
  );
}
