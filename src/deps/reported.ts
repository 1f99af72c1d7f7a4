import type { AdvisorySource, Ecosystem } from '../model/dependency.ts';
import type { Exploitation } from './advisories/exploitation.ts';
import type { Severity } from '../model/finding.ts';

/** One advisory on one package, as one source reported it; not merged yet. */
export interface Reported extends Exploitation {
  readonly source: AdvisorySource;
  readonly ecosystem: Ecosystem;
  /** Normalised. */
  readonly package: string;
  /** The affected version, or the range (`*` for any) when no version is pinned. */
  readonly version: string;
  readonly id: string;
  readonly aliases: readonly string[];
  /** Null when the source does not say. */
  readonly severity: Severity | null;
  /** May be empty. */
  readonly summary: string;
  readonly malicious: boolean;
  readonly certainty: 'certain' | 'possible';
  readonly fixed: string | null;
}
