import type { Package } from '../../model/dependency.ts';
import type { Finding } from '../../model/finding.ts';
import { dependencyFinding, placeOf } from '../findings.ts';
import type { Address } from './address.ts';
import { readAddress } from './address.ts';

/** Packages that come from an address instead of an index: where it can change what is installed, and how. */
export function addressFindings(packages: readonly Package[]): Finding[] {
  return packages.flatMap((dependency) =>
    dependency.pin === 'url' && dependency.range !== null
      ? [addressFinding(dependency, dependency.range)]
      : [],
  );
}

function addressFinding(dependency: Package, written: string): Finding {
  const address = readAddress(written);
  const isFixed = address.firmness === 'fixed' || dependency.hashes.length > 0;
  const about = { unit: dependency.unit, place: placeOf(dependency), subject: dependency.name };
  if (address.isGit && !address.isPlain && !isFixed) {
    return dependencyFinding('dependency-moving-ref', {
      ...about,
      // A tag stays where it is unless somebody means to move it.
      severity: address.firmness === 'tag' ? 'low' : 'medium',
      message: `${dependency.name} comes from a repository at ${revisionOf(address)}: ${written}`,
    });
  }
  const why = address.isPlain
    ? 'an address without encryption'
    : isFixed
      ? 'a fixed address'
      : 'an address whose content can change';
  return dependencyFinding('dependency-url', {
    ...about,
    severity: isFixed && !address.isPlain ? 'low' : 'medium',
    message: `${dependency.name} comes from ${why}: ${written}`,
  });
}

function revisionOf({ firmness, ref }: Address): string {
  if (firmness === 'tag') return `the tag ${ref ?? ''}, which can be moved`;
  return ref === null ? 'whatever its default branch holds' : `${ref}, which moves`;
}
