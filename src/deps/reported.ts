import type { AdvisorySource, Ecosystem } from '../model/dependency.ts';
import type { Match } from './advisories/match.ts';

/** One advisory on one package, as one source reported it; not merged yet. */
export interface Reported extends Match {
  readonly source: AdvisorySource;
  readonly ecosystem: Ecosystem;
  /** Normalised. */
  readonly package: string;
  /** The affected version, or the range (`*` for any) when no version is pinned. */
  readonly version: string;
}
