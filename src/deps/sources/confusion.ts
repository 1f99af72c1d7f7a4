import type { Package } from '../../model/dependency.ts';
import type { Finding } from '../../model/finding.ts';
import { isAudited } from '../advisories/version-scheme.ts';
import { dependencyFinding, describe, placeOf } from '../findings.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Registry } from './registries.ts';

/** Words that people put into the names of packages that are meant for their own house. */
const PRIVATE =
  /(?:^|[-_./])(?:internal|private|intranet|inhouse|in-house|corp|proprietary|confidential)(?:$|[-_.])/;

/** One word beside the private one describes what it is about (`internal-slot`, `private-ip`), not whose it is. */
const MIN_WORDS = 3;

/**
 * Packages that look like somebody's own and are asked of an index where anybody may register the name (dependency confusion, CWE-427).
 * Where a second index is asked as well, installers take the higher version of the two; that is how the attack works, so it weighs more.
 * Names inside an npm scope belong to whoever has the scope.
 */
export function confusionFindings(
  inventory: Inventory,
  registries: readonly Registry[],
  isKnownName: (dependency: Package) => boolean,
): Finding[] {
  const hasSecondIndex = inventory.indexes.length > 0 || registries.some(({ scope }) => scope === null);
  return inventory.packages
    .filter((dependency) => isFromIndex(dependency) && looksPrivate(dependency) && !isKnownName(dependency))
    .map((dependency) =>
      dependencyFinding('dependency-confusion', {
        unit: dependency.unit,
        place: placeOf(dependency),
        subject: dependency.name,
        severity: hasSecondIndex ? 'medium' : 'low',
        message: hasSecondIndex
          ? `${describe(dependency)} looks private, and several indexes are asked for it: whoever registers the name on the public one can give a higher version.`
          : `${describe(dependency)} looks private and is asked of the public index, where anybody can register the name.`,
      }),
    );
}

function isFromIndex({ ecosystem, pin, hashes }: Package): boolean {
  // What is held to a digest cannot be taken from elsewhere.
  return isAudited(ecosystem) && pin !== 'url' && pin !== 'path' && hashes.length === 0;
}

function looksPrivate({ name }: Package): boolean {
  return !name.startsWith('@') && PRIVATE.test(name) && name.split(/[-_.]/).length >= MIN_WORDS;
}
