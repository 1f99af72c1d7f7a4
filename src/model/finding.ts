import type { Capability } from './capability.ts';
import type { Confidence } from './evidence.ts';
import type { Location } from './location.ts';
import type { StageId } from './outcome.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** How bad it is if true. Not how sure (that is {@link Confidence}), and not the verdict. */
export type Severity = (typeof SEVERITIES)[number];

/**
 * What sort of argument the finding is; the judge decides by it.
 * - `chain`: several steps that together make an attack (secret read → sent).
 * - `contradiction`: what is declared or described and what is done do not agree, or something is hidden.
 * - `indicator`: has no honest use.
 * - `behaviour`: was seen when it ran.
 * - `weakness`: honest code that can be attacked.
 * - `capability`: a power worth knowing of; alone it never rejects.
 * - `coverage`: something was not looked at.
 */
export const FINDING_KINDS = [
  'chain',
  'contradiction',
  'indicator',
  'behaviour',
  'weakness',
  'capability',
  'coverage',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** The rule categories; each is a folder under `rules/`. */
export const CATEGORIES = [
  'code-execution',
  'process',
  'network',
  'file-system',
  'secrets-access',
  'exfiltration',
  'obfuscation',
  'persistence',
  'install-hooks',
  'deserialization',
  'agent-control',
  'prompt-injection',
  'hard-coded-secrets',
  'personal-data',
  'gym-lifecycle',
  'opaque-content',
  'dependencies',
  'manifest',
  'sandbox',
  'coverage',
] as const;

export type Category = (typeof CATEGORIES)[number];

/** A step of a flow, from source to sink. */
export interface TraceStep {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Something worth a person's attention, with where it is and what to do. */
export interface Finding {
  readonly ruleId: string;
  readonly title: string;
  /** Names what was found, with values redacted where they are secret. */
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: FindingKind;
  readonly category: Category;
  /** `CWE-78`, sorted. */
  readonly cwe: readonly string[];
  /** {@link Unit.path}. */
  readonly unit: string;
  readonly stage: StageId;
  readonly location: Location;
  readonly trace: readonly TraceStep[];
  readonly capability: Capability | null;
  readonly fix: string;
  /** Stable over line shifts: rule, path, layer and the normalised text it points at. */
  readonly fingerprint: string;
  readonly suppressed: {
    readonly by: string;
    readonly reason: string;
    readonly expires: string | null;
  } | null;
}
