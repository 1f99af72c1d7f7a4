import type { Confidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { SEVERITIES } from '../model/finding.ts';
import type { Outcome, StageId } from '../model/outcome.ts';
import type { DecisionRule, Policy } from '../model/policy.ts';
import type { Target, Unit } from '../model/target.ts';
import type { Decision, Reason, Verdict } from '../model/verdict.ts';
import { comparePaths } from '../target/collector.ts';

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** Worst first: a proven attack outweighs missing evidence, which outweighs an open question. */
const WORST_FIRST: readonly Decision[] = ['reject', 'incomplete', 'review', 'approve'];

/** What a judgement is made from. */
export interface Case {
  readonly target: Target;
  readonly outcomes: readonly Outcome[];
  /** Every finding, those of the judge included. */
  readonly findings: readonly Finding[];
  readonly policy: Policy;
}

/**
 * The verdict on one unit. Pure: the same case gives the same verdict. One strong reason decides; weak ones do not add up, and the
 * size of a unit does not count. Nothing incomplete is ever approved.
 */
export function judgeUnit(unit: Unit, { outcomes, findings, policy }: Case): Verdict {
  const own = findings.filter((finding) => finding.unit === unit.path && finding.suppressed === null);
  const rejecting = own.filter((finding) => policy.reject.some((rule) => falls(finding, rule)));
  const questionable = own.filter(
    (finding) => !rejecting.includes(finding) && policy.review.some((rule) => falls(finding, rule)),
  );
  const missing = missingEvidence(unit.path, outcomes, policy.require);
  if (unit.files.length === 0) missing.push('nothing was found to judge');
  const reasons: Reason[] = [
    ...reasonsFrom(rejecting),
    ...missing.map((message) => ({ code: 'evidence-missing', message, findings: [] })),
    ...reasonsFrom(questionable),
    ...leftOut(outcomes),
  ];
  const decision =
    rejecting.length > 0
      ? 'reject'
      : missing.length > 0
        ? 'incomplete'
        : questionable.length > 0
          ? 'review'
          : 'approve';
  return { decision, reasons };
}

/** The verdict on the whole target: that of its worst unit, with the reasons of every unit that is as bad. */
export function judgeTarget(units: readonly { readonly path: string; readonly verdict: Verdict }[]): Verdict {
  const decision = worstDecision(units.map(({ verdict }) => verdict.decision));
  const reasons: Reason[] = [];
  const seen = new Set<string>();
  for (const { path, verdict } of units) {
    for (const reason of verdict.decision === decision ? verdict.reasons : []) {
      const message =
        units.length > 1 && reason.findings.length > 0 ? `${path}: ${reason.message}` : reason.message;
      const key = `${reason.code}\0${message}`;
      if (!seen.has(key)) reasons.push({ ...reason, message });
      seen.add(key);
    }
  }
  return { decision, reasons };
}

/** The decision that outweighs the others; `incomplete` of nothing at all. */
export function worstDecision(decisions: readonly Decision[]): Decision {
  return WORST_FIRST.find((decision) => decisions.includes(decision)) ?? 'incomplete';
}

function falls(finding: Finding, rule: DecisionRule): boolean {
  return (
    rule.kinds.includes(finding.kind) &&
    SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(rule.severity) &&
    CONFIDENCES.indexOf(finding.confidence) <= CONFIDENCES.indexOf(rule.confidence)
  );
}

/** One reason per rule, worst first, so that a hundred hits of one rule read as one reason. */
function reasonsFrom(findings: readonly Finding[]): readonly Reason[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = byRule.get(finding.ruleId);
    if (known === undefined) byRule.set(finding.ruleId, [finding]);
    else known.push(finding);
  }
  return [...byRule.values()]
    .sort(([a], [b]) => compareByWeight(a!, b!))
    .map((group) => {
      const first = group[0]!;
      const more = group.length > 1 ? ` (and ${group.length - 1} more)` : '';
      const fingerprints = [...new Set(group.map(({ fingerprint }) => fingerprint))].sort(comparePaths);
      return { code: first.kind, message: first.message + more, findings: fingerprints };
    });
}

function compareByWeight(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    comparePaths(a.ruleId, b.ruleId)
  );
}

/** What is missing for this unit, one sentence each, in the order of the stages. */
function missingEvidence(unit: string, outcomes: readonly Outcome[], required: readonly StageId[]): string[] {
  const missing = new Set<string>();
  for (const outcome of outcomes) {
    const isIncomplete = outcome.status === 'partial' || outcome.status === 'failed';
    const own = outcome.gaps.filter((gap) => gap.unit === null || gap.unit === unit);
    for (const gap of own) missing.add(gap.reason);
    // A stage that says it is incomplete without saying where is incomplete everywhere.
    if (isIncomplete && outcome.gaps.length === 0) {
      missing.add(`the ${outcome.id} stage did not finish: ${outcome.reason}`);
    }
    if (outcome.status === 'skipped' && required.includes(outcome.id)) {
      missing.add(`the policy requires the ${outcome.id} stage, which was left out: ${outcome.reason}`);
    }
  }
  return [...missing];
}

/** What the operator left out is no gap, but the verdict says that nobody looked. */
function leftOut(outcomes: readonly Outcome[]): readonly Reason[] {
  return outcomes
    .filter(({ status }) => status === 'skipped')
    .map(({ id, reason }) => ({
      code: 'stage-left-out',
      message: `the ${id} stage was left out: ${reason}`,
      findings: [],
    }));
}
