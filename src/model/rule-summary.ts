import type { Capability } from './capability.ts';
import type { Confidence } from './evidence.ts';
import type { Category, FindingKind, Severity } from './finding.ts';
import type { Language } from './program.ts';

/**
 * What every rule says of itself. It is all there is of those whose check is written in code rather than YAML (dependencies, manifest,
 * sandbox, judge), so that every finding has a page and stands in `sbx rules list`.
 */
export interface RuleSummary {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: FindingKind;
  readonly category: Category;
  readonly cwe: readonly string[];
  /** `AST01` … `AST10` (OWASP Agentic Skills), `LLM01` … */
  readonly tags: readonly string[];
  readonly capability: Capability | null;
  /** Empty: any. */
  readonly languages: readonly Language[];
  readonly why: string;
  readonly fix: string;
}
