import type { AdvisoryIndex } from '../../src/deps/advisories/index-format.ts';
import { VERSION_SCHEMES } from '../../src/deps/advisories/version-scheme.ts';
import type { Package } from '../../src/model/dependency.ts';
import type { Ecosystem } from '../../src/model/dependency.ts';

/** An exact pin. */
export function pinOf(ecosystem: Ecosystem, name: string, version: string): Package {
  return {
    ecosystem,
    name,
    version,
    range: null,
    pin: 'exact',
    scope: 'runtime',
    purl: '',
    hashes: [],
    unit: '.',
    locations: [{ path: 'requirements.txt', startLine: 1 }],
  };
}

/** Pins spread evenly over an index: versions that its advisories name, affected and fixed ones alike. */
export function drawPins({ ecosystem, packages }: AdvisoryIndex, count: number): Package[] {
  const candidates = Object.entries(packages).flatMap(([name, entries]) => {
    const versions = entries.flatMap(([, ranges, listed]) => [
      ...ranges.split(/[ |]/).map((event) => event.slice(1)),
      ...listed,
    ]);
    return [...new Set(versions)]
      .filter((version) => version !== '0' && VERSION_SCHEMES[ecosystem].isVersion(version))
      .map((version) => pinOf(ecosystem, name, version));
  });
  const step = candidates.length / count;
  return Array.from({ length: count }, (_, at) => candidates[Math.floor(at * step)]!);
}
