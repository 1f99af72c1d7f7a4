import type { Capability } from '../model/capability.ts';
import type { Confidence } from '../model/evidence.ts';
import type { FindingKind, Severity } from '../model/finding.ts';

/** What is said about a rule of this stage wherever rules are listed. The rules themselves are code: they need a matcher of versions. */
export interface DependencyRule {
  readonly id: string;
  readonly title: string;
  /** Of a typical finding; an advisory's own severity replaces it. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly kind: FindingKind;
  readonly category: 'dependencies';
  readonly cwe: readonly string[];
  readonly tags: readonly string[];
  readonly capability: Capability | null;
  readonly languages: readonly string[];
  readonly fix: string;
}

/** Ids of {@link DEPENDENCY_RULES}. */
export type DependencyRuleId =
  | 'dependency-malicious'
  | 'dependency-advisory'
  | 'dependency-advisory-possible'
  | 'dependency-typosquat'
  | 'dependency-url'
  | 'dependency-index'
  | 'dependency-include-outside'
  | 'dependency-not-audited'
  | 'dependency-tool-config-in-target';

type RuleFacts = Omit<DependencyRule, 'id' | 'category' | 'capability' | 'languages'>;

const FACTS: Readonly<Record<DependencyRuleId, RuleFacts>> = {
  'dependency-malicious': {
    title: 'Depends on a package that is known to be malicious',
    severity: 'critical',
    confidence: 'high',
    kind: 'indicator',
    cwe: ['CWE-506'],
    tags: ['AST02'],
    fix: 'Do not install it. Remove the dependency, and treat every machine that installed it as compromised.',
  },
  'dependency-advisory': {
    title: 'Depends on a version with a known vulnerability',
    severity: 'high',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-1395'],
    tags: ['AST02'],
    fix: 'Pin a version that is not affected.',
  },
  'dependency-advisory-possible': {
    title: 'Allows versions with known vulnerabilities',
    severity: 'info',
    confidence: 'high',
    kind: 'coverage',
    cwe: ['CWE-1395'],
    tags: [],
    fix: 'Raise the lower bound, or lock the version that is installed.',
  },
  'dependency-typosquat': {
    title: 'Name is one letter away from a well-known package',
    severity: 'medium',
    confidence: 'medium',
    kind: 'indicator',
    cwe: ['CWE-1357'],
    tags: ['AST02'],
    fix: 'Check that this is the package that was meant, and who publishes it.',
  },
  'dependency-url': {
    title: 'Depends on an address instead of a package index',
    severity: 'low',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-494'],
    tags: ['AST02'],
    fix: 'Depend on a published version, or on an https address with a hash or a full commit id.',
  },
  'dependency-index': {
    title: 'Installs from another package index',
    severity: 'medium',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-427'],
    tags: ['AST02'],
    fix: 'Remove the option; let whoever installs it choose the index, or pin every package with hashes.',
  },
  'dependency-include-outside': {
    title: 'Includes a file that lies outside',
    severity: 'medium',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-829'],
    tags: [],
    fix: 'Keep every included list inside, so that what is installed can be seen.',
  },
  'dependency-not-audited': {
    title: 'Declares packages that were not audited',
    severity: 'info',
    confidence: 'high',
    kind: 'coverage',
    cwe: [],
    tags: [],
    fix: 'Audit them with a tool for their ecosystem.',
  },
  'dependency-tool-config-in-target': {
    title: 'Brings configuration for the tools that audit it',
    severity: 'low',
    confidence: 'high',
    kind: 'weakness',
    cwe: [],
    tags: [],
    fix: 'Nothing in it was obeyed. If you agree with what it ignores, say so in a configuration of your own.',
  },
};

/** Every rule of this stage, sorted by id. */
export const DEPENDENCY_RULES: readonly DependencyRule[] = (Object.keys(FACTS) as DependencyRuleId[])
  .sort()
  .map(dependencyRule);

/** The facts about one rule. */
export function dependencyRule(id: DependencyRuleId): DependencyRule {
  return { id, category: 'dependencies', capability: null, languages: [], ...FACTS[id] };
}
