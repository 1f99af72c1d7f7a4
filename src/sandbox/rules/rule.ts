import type { RuleSummary } from '../../model/rule-summary.ts';

type Fields = Pick<RuleSummary, 'id' | 'title' | 'severity' | 'confidence' | 'kind' | 'why' | 'fix'> &
  Partial<RuleSummary>;

/** A rule of the sandbox stage, with what most of them have in common filled in. */
export function rule(fields: Fields): RuleSummary {
  return { category: 'sandbox', cwe: [], tags: [], capability: null, languages: [], ...fields };
}
