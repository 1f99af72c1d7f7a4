import type { Severity } from '../../model/finding.ts';
import type { Exploitation } from './exploitation.ts';
import type { AuditedEcosystem } from './version-scheme.ts';

/** The advisories of one ecosystem as they are matched. Cached in the form of `packText`, and shipped in it compressed with brotli. */
export interface AdvisoryIndex {
  readonly ecosystem: AuditedEcosystem;
  /**
   * ISO 8601 day of the newest advisory. Records of malicious packages do not count: a single fresh one would make years-old advisories
   * look current.
   */
  readonly date: string;
  /** How many records are in it; withdrawn ones are left out. */
  readonly records: number;
  readonly malicious: number;
  readonly advisories: readonly IndexedAdvisory[];
  /** By normalised name. */
  readonly packages: Readonly<Record<string, readonly IndexedAffected[]>>;
}

/** Id, aliases, severity (null when no record says), one line about it (may be empty), and what is known of attacks, when anything is. */
export type IndexedAdvisory = readonly [
  id: string,
  aliases: readonly string[],
  severity: Severity | null,
  summary: string,
  exploitation?: Exploitation,
];

/** Position in `advisories`, ranges as in `Affected.ranges`, versions that no range covers. */
export type IndexedAffected = readonly [advisory: number, ranges: string, versions: readonly string[]];
