import type { Capability } from './capability.ts';
import type { Confidence } from './evidence.ts';
import type { FindingKind, Severity } from './finding.ts';
import type { Guarantee } from './observation.ts';
import type { StageId } from './outcome.ts';

/** Which findings lead to a decision: the kind must be listed, severity and confidence at least as given. */
export interface DecisionRule {
  readonly kinds: readonly FindingKind[];
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/** What the operator allows, which evidence they require, what fails. `manifests/policy.schema.json`. */
export interface Policy {
  readonly schema: 'sbx.policy/1';
  readonly reject: readonly DecisionRule[];
  readonly review: readonly DecisionRule[];
  /** Stages that may not be left out (`--backend none`) by whoever runs a command that has them. A stage that fails is never approved anyway. */
  readonly require: readonly StageId[];
  /** Nothing is run in a sandbox where one of these is not proven on the machine. */
  readonly guarantees: readonly Guarantee[];
  /** Capabilities that are rejected wherever they show, with patterns for the detail; `true` is any. */
  readonly deny: Readonly<Partial<Record<Capability, true | readonly string[]>>>;
}
