import type { Capability } from './capability.ts';
import type { Dependencies } from './dependency.ts';
import type { Finding } from './finding.ts';
import type { Location } from './location.ts';
import type { ObservedEvent, Observations } from './observation.ts';
import type { Coverage, StageId, StageStatus, ToolUse } from './outcome.ts';
import type { TargetKind, UnitKind } from './target.ts';
import type { Verdict } from './verdict.ts';

/** A row of the capability matrix: what is declared, what the code can do, what it did. */
export interface CapabilityRow {
  readonly unit: string;
  readonly capability: Capability;
  readonly detail: string;
  /** Null when the unit declares nothing at all. */
  readonly declared: boolean | null;
  readonly static: readonly Location[];
  readonly observed: readonly ObservedEvent[];
}

/** The one document behind every format. Schema: `manifests/report.schema.json`. */
export interface Report {
  readonly schema: 'sbx.report/1';
  readonly tool: { readonly name: 'sbx'; readonly version: string; readonly rulesDigest: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly target: { readonly path: string; readonly digest: string; readonly kind: TargetKind };
  readonly units: readonly {
    readonly path: string;
    readonly kind: UnitKind;
    readonly name: string;
    readonly verdict: Verdict;
  }[];
  readonly verdict: Verdict;
  readonly stages: readonly {
    readonly id: StageId;
    readonly status: StageStatus;
    readonly reason: string;
    readonly durationMs: number;
    readonly tools: readonly ToolUse[];
  }[];
  readonly findings: readonly Finding[];
  readonly capabilities: readonly CapabilityRow[];
  readonly dependencies: Dependencies;
  readonly observations: Observations;
  readonly coverage: Coverage;
}
