import type { VersionScheme } from './version-scheme.ts';

/**
 * The versions that a package's advisories name, in order. Telling once where a version stands on it turns every later comparison into one of
 * numbers; comparing version texts is what costs.
 */
export class VersionLine {
  readonly #scheme: VersionScheme;
  readonly #bounds: readonly string[];
  readonly #positions = new Map<string, number | null>([['0', -1]]);

  /** @param versions texts in any order, repeated at will; what is no version of the scheme is passed over */
  constructor(versions: readonly string[], scheme: VersionScheme) {
    this.#scheme = scheme;
    this.#bounds = [...new Set(versions)]
      .filter((version) => scheme.isVersion(version))
      .sort((a, b) => scheme.compare(a, b));
  }

  /**
   * Where a version stands: equal positions are equal versions or stand between the same two bounds. `0` is OSV's "before everything". Null
   * for what is no version of the scheme.
   */
  positionOf(version: string): number | null {
    let position = this.#positions.get(version);
    if (position === undefined) {
      position = this.#scheme.isVersion(version) ? this.#find(version) : null;
      this.#positions.set(version, position);
    }
    return position;
  }

  /** Twice the index of the first bound that is not below it; plus one when it is that bound. */
  #find(version: string): number {
    let low = 0;
    let high = this.#bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#scheme.compare(this.#bounds[middle]!, version) < 0) low = middle + 1;
      else high = middle;
    }
    const isBound = low < this.#bounds.length && this.#scheme.compare(this.#bounds[low]!, version) === 0;
    return low * 2 + (isBound ? 1 : 0);
  }
}
