import type { RuleSummary } from '../model/rule-summary.ts';

/** The rules whose checks are code rather than YAML, of every stage and of the judge, so that each finding can be looked up. */
export async function codedRules(): Promise<readonly RuleSummary[]> {
  const [deps, judge, manifest, sandbox] = await Promise.all([
    import('../deps/rules.ts'),
    import('../judge/rules.ts'),
    import('../manifest/rules.ts'),
    import('../sandbox/rules/rules.ts'),
  ]);
  return [
    ...deps.DEPENDENCY_RULES,
    ...Object.values(judge.JUDGE_RULES),
    ...Object.values(manifest.MANIFEST_RULES),
    ...Object.values(sandbox.SANDBOX_RULES),
  ];
}
