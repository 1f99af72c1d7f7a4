import type { RuleSummary } from '../model/rule-summary.ts';

/** Ids of {@link DEPENDENCY_RULES}. */
export type DependencyRuleId =
  | 'dependency-malicious'
  | 'dependency-advisory'
  | 'dependency-advisory-possible'
  | 'dependency-typosquat'
  | 'dependency-confusion'
  | 'dependency-url'
  | 'dependency-moving-ref'
  | 'dependency-unhashed'
  | 'dependency-lock-mismatch'
  | 'dependency-deprecated'
  | 'dependency-yanked'
  | 'dependency-install-script'
  | 'dependency-index'
  | 'dependency-include-outside'
  | 'dependency-not-audited'
  | 'dependency-tool-config-in-target'
  | 'dependency-undeclared'
  | 'dependency-unused'
  | 'dependency-name-confusion';

type RuleFacts = Omit<RuleSummary, 'id' | 'category' | 'capability' | 'languages'>;

const FACTS: Readonly<Record<DependencyRuleId, RuleFacts>> = {
  'dependency-malicious': {
    title: 'Depends on a package that is known to be malicious',
    severity: 'critical',
    confidence: 'high',
    kind: 'indicator',
    cwe: ['CWE-506'],
    tags: ['AST02'],
    why: 'Somebody published this package to attack whoever installs it; a database of malicious packages names it.',
    fix: 'Do not install it. Remove the dependency, and treat every machine that installed it as compromised.',
  },
  'dependency-advisory': {
    title: 'Depends on a version with a known vulnerability',
    severity: 'high',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-1395'],
    tags: ['AST02'],
    why: 'The pinned version, or every version that the declaration allows, is affected by a published advisory.',
    fix: 'Pin a version that is not affected.',
  },
  'dependency-advisory-possible': {
    title: 'Allows versions with known vulnerabilities',
    severity: 'info',
    confidence: 'high',
    kind: 'coverage',
    cwe: ['CWE-1395'],
    tags: [],
    why: 'Nothing is pinned, and some of the versions that may be installed are affected by a published advisory.',
    fix: 'Raise the lower bound, or lock the version that is installed.',
  },
  'dependency-typosquat': {
    title: 'Name is one letter away from a well-known package',
    severity: 'medium',
    confidence: 'medium',
    kind: 'indicator',
    cwe: ['CWE-1357'],
    tags: ['AST02'],
    why: 'Names one letter away from a popular package are registered to be installed by mistake.',
    fix: 'Check that this is the package that was meant, and who publishes it.',
  },
  'dependency-confusion': {
    title: 'Asks the public index for a package that looks private',
    severity: 'medium',
    confidence: 'medium',
    kind: 'weakness',
    cwe: ['CWE-427'],
    tags: ['AST02'],
    why: 'Whoever registers a private name on the public index has it installed in place of the private package.',
    fix: 'Install it from the one index that has it, by a path or with hashes, or register the name on the public index.',
  },
  'dependency-url': {
    title: 'Depends on an address instead of a package index',
    severity: 'low',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-494'],
    tags: ['AST02'],
    why: 'Whoever controls the address decides what is installed, and can change it at any time.',
    fix: 'Depend on a published version, or on an https address with a hash or a full commit id.',
  },
  'dependency-moving-ref': {
    title: 'Depends on a repository at a ref that can move',
    severity: 'medium',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-494'],
    tags: ['AST02'],
    why: 'What a branch or tag holds when it is installed is not what it held when it was looked at.',
    fix: 'Depend on a published version, or on the full id of the commit that was looked at.',
  },
  'dependency-unhashed': {
    title: 'Holds some packages to a digest and others to none',
    severity: 'low',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-353'],
    tags: ['AST02'],
    why: 'Installers that check only the digests they are given take whatever the index sends for the others.',
    fix: 'Lock again with the tool that wrote the file, and install with `--require-hashes`.',
  },
  'dependency-lock-mismatch': {
    title: 'Lock fetches the archive of another package',
    severity: 'high',
    confidence: 'high',
    kind: 'contradiction',
    cwe: ['CWE-345'],
    tags: ['AST02'],
    why: 'Installers fetch what the address in a lock names and do not compare it with the name of the entry, so another package is installed in its place, unseen.',
    fix: 'Do not install from this lock. Find out who changed it, and lock again from the manifest.',
  },
  'dependency-deprecated': {
    title: 'Locks versions that their makers call deprecated',
    severity: 'info',
    confidence: 'high',
    kind: 'coverage',
    cwe: ['CWE-1104'],
    tags: [],
    why: 'Nobody mends what is deprecated, and some of it was given up because it is broken or unsafe.',
    fix: 'Move to what the maker names instead, or to a version that is not deprecated.',
  },
  'dependency-yanked': {
    title: 'Installs a version that its maker withdrew',
    severity: 'low',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-1104'],
    tags: [],
    why: 'Makers withdraw versions that are broken, unsafe, or were published by mistake or by somebody else; only a pin still installs them.',
    fix: 'Pin a version that was not withdrawn.',
  },
  'dependency-install-script': {
    title: 'Depends on packages that run a script when they are installed',
    severity: 'info',
    confidence: 'high',
    kind: 'coverage',
    cwe: [],
    tags: [],
    why: 'What such a script does is not in the target and was not looked at.',
    fix: 'Install with `--ignore-scripts` and allow the scripts that are needed one by one.',
  },
  'dependency-index': {
    title: 'Installs from another package index',
    severity: 'medium',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-427'],
    tags: ['AST02'],
    why: 'A package of the same name on the other index may be installed in place of the one that was meant.',
    fix: 'Remove the option; let whoever installs it choose the index, or pin every package with hashes.',
  },
  'dependency-include-outside': {
    title: 'Includes a file that lies outside',
    severity: 'medium',
    confidence: 'high',
    kind: 'weakness',
    cwe: ['CWE-829'],
    tags: [],
    why: 'What lies outside was not read, so what it would install is not known.',
    fix: 'Keep every included list inside, so that what is installed can be seen.',
  },
  'dependency-not-audited': {
    title: 'Declares packages that were not audited',
    severity: 'info',
    confidence: 'high',
    kind: 'coverage',
    cwe: [],
    tags: [],
    why: 'There are no advisories for this ecosystem in the database, or the file was not understood, so no match means nothing.',
    fix: 'Audit them with a tool for their ecosystem.',
  },
  'dependency-tool-config-in-target': {
    title: 'Brings configuration for the tools that audit it',
    severity: 'low',
    confidence: 'high',
    kind: 'weakness',
    cwe: [],
    tags: [],
    why: 'Ignore lists for auditing tools inside a target can hide what those tools would report.',
    fix: 'Nothing in it was obeyed. If you agree with what it ignores, say so in a configuration of your own.',
  },
  'dependency-undeclared': {
    title: 'Imports a package that nothing declares',
    severity: 'info',
    confidence: 'medium',
    kind: 'coverage',
    cwe: [],
    tags: [],
    why: 'Which version runs, and whether anything is known against it, depends on what happens to be installed.',
    fix: 'Declare the package, with the version that was tested.',
  },
  'dependency-unused': {
    title: 'Declares a package that nothing imports',
    severity: 'info',
    confidence: 'low',
    kind: 'coverage',
    cwe: [],
    tags: [],
    why: 'It is installed, with all that comes with it, for no use that can be seen.',
    fix: 'Remove it, unless it is used in a way that cannot be seen in the code.',
  },
  'dependency-name-confusion': {
    title: 'Declares the name of a module, not of the package that brings it',
    severity: 'low',
    confidence: 'medium',
    kind: 'weakness',
    cwe: ['CWE-1357'],
    tags: ['AST02'],
    why: 'A package on an index may be called as a well-known module and have nothing to do with it.',
    fix: 'Declare the package that brings the module.',
  },
};

/** Every rule of this stage, sorted by id. They are code, not YAML: they need a matcher of versions. An advisory's own severity replaces the rule's. */
export const DEPENDENCY_RULES: readonly RuleSummary[] = (Object.keys(FACTS) as DependencyRuleId[])
  .sort()
  .map((id) => ({ id, category: 'dependencies', capability: null, languages: [], ...FACTS[id] }));

const BY_ID = new Map(DEPENDENCY_RULES.map((rule) => [rule.id, rule]));

/** The facts about one rule. */
export function dependencyRule(id: DependencyRuleId): RuleSummary {
  return BY_ID.get(id)!;
}
