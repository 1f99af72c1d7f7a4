import type { Severity } from './finding.ts';

export type Ecosystem = 'PyPI' | 'npm' | 'Debian' | 'crates.io' | 'Go' | 'GitHub Actions';

export type Pin = 'exact' | 'range' | 'none' | 'url' | 'path';

export type DependencyScope = 'runtime' | 'dev' | 'build' | 'optional' | 'mentioned';

/** What is asked for: a package, and which of its versions. */
export interface Requirement {
  readonly ecosystem: Ecosystem;
  /** Normalised as its registry does. */
  readonly name: string;
  readonly version: string | null;
  /** The specifier, URL or path as written, when it is not an exact pin. */
  readonly range: string | null;
  readonly pin: Pin;
  readonly scope: DependencyScope;
}

/** A dependency as declared or locked, once per ecosystem, name, version and unit. */
export interface Package extends Requirement {
  readonly purl: string;
  /** Digests of what may be installed, as its files give them: `sha256:<hex>`, sorted; empty when none does. */
  readonly hashes: readonly string[];
  /**
   * ISO 8601 day on which a resolver chose this version for what the target leaves open; its places are those of the requirements that lead
   * to it. Absent for everything that the target itself declares or locks.
   */
  readonly resolvedAsOf?: string;
  readonly unit: string;
  /** As its metadata gives it: an SPDX expression, or free text; missing when nothing in the target says. */
  readonly license?: string;
  /** On affected packages: the smallest version that no known advisory affects, beside those without a fix; null when none is known. */
  readonly upgrade?: string | null;
  readonly locations: readonly { readonly path: string; readonly startLine: number }[];
}

export type AdvisorySource = 'embedded' | 'osv-scanner' | 'pip-audit';

/**
 * Whether the target's own code imports a package. `reachable`: from code that runs when it is used. `test-only`: only from tests, examples
 * and the like. `not-imported`: all its code was read and none does (another package still may). `unknown`: it cannot be told.
 */
export type Imported = 'reachable' | 'test-only' | 'not-imported' | 'unknown';

/** A vulnerability or malicious package, merged over aliases and over those who reported it. */
export interface Advisory {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly package: string;
  readonly ecosystem: Ecosystem;
  /** The affected version, or the range when no version is pinned. */
  readonly version: string;
  /** Null when no record says. */
  readonly severity: Severity | null;
  /** Certain: the pin, or every version allowed, is affected. Possible: some allowed version is. */
  readonly certainty: 'certain' | 'possible';
  readonly malicious: boolean;
  readonly fixed: string | null;
  /** The probability of attacks within 30 days, from 0 to 1 (EPSS); absent when no record says. */
  readonly epss?: number;
  /** True when it is known to be exploited (KEV); absent when no record says. */
  readonly kev?: boolean;
  readonly sources: readonly AdvisorySource[];
  /** The operator's decision about it; absent when there is none. */
  readonly suppressed?: DecidedAdvisory;
  /** Missing in reports of earlier versions. */
  readonly imported?: Imported;
  readonly locations: readonly { readonly path: string; readonly startLine: number }[];
}

/** What the operator decided about an advisory: it stays in every report, and no verdict hangs on it. */
export interface DecidedAdvisory {
  readonly by: 'config' | 'vex';
  readonly reason: string;
  /** The last day on which it holds, ISO 8601; null: no end. */
  readonly expires: string | null;
}

/** The operator's decisions about advisories. */
export interface AdvisoryDecisions {
  /** Null: nothing was decided. A malicious package is decided about by its own id alone. */
  decisionOn(
    advisory: Pick<Advisory, 'id' | 'aliases' | 'ecosystem' | 'package' | 'version' | 'malicious'>,
  ): DecidedAdvisory | null;
}

export interface DependencyCoverage {
  /** How many packages are declared. */
  readonly declared: number;
  /** How many of them could be matched against advisories. */
  readonly matched: number;
  readonly unpinned: number;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** The oldest, over the ecosystems that were asked, of their newest records' dates (ISO 8601 day), and the number of records. */
  readonly database: { readonly date: string; readonly records: number };
  readonly tools: readonly {
    readonly id: string;
    readonly version: string | null;
    readonly status: 'ok' | 'partial' | 'failed' | 'timeout' | 'missing' | 'skipped';
    readonly message: string;
  }[];
}

export interface Dependencies {
  readonly packages: readonly Package[];
  readonly advisories: readonly Advisory[];
  readonly coverage: DependencyCoverage;
}
