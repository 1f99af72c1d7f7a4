import type { Capability } from '../model/capability.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import { matchesDetail } from '../detail-pattern.ts';
import { describeEvidence, isInUse, judgeFinding } from './judge-finding.ts';
import { JUDGE_RULES } from './rules.ts';

/** Capabilities whose undeclared use is a question worth a person's time; reading one's own files is not. */
export const WORTH_DECLARING: ReadonlySet<Capability> = new Set([
  'net.connect',
  'net.listen',
  'secret.read',
  'persist',
  'agent.control',
  'proc.exec',
  'device',
]);

/**
 * Holds what a unit says against what it can do and did. Only units that declare capabilities can contradict themselves; a manifest
 * that the operator passed is a limit, so going beyond it is worse than going beyond a claim of one's own.
 * @param declaring the units that list their capabilities
 * @param isLimit true when the claims come from the operator's manifest
 */
export function contradictionsOf(
  evidence: readonly Evidence[],
  declaring: ReadonlySet<string>,
  isLimit: boolean,
): readonly Finding[] {
  const claims = evidence.filter(({ source }) => source === 'claim');
  const findings = new Map<string, Finding>();
  for (const item of evidence) {
    if (!declaring.has(item.unit) || !isInUse(item)) continue;
    if (!isLimit && !WORTH_DECLARING.has(item.capability)) continue;
    const isDeclared = claims.some(
      (claim) =>
        claim.unit === item.unit &&
        claim.capability === item.capability &&
        matchesDetail(claim.detail, item.detail),
    );
    if (isDeclared) continue;
    const finding = undeclared(item, isLimit);
    if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
  }
  return [...findings.values()];
}

/** Evidence of capabilities that the operator's policy denies outright. */
export function denialsOf(evidence: readonly Evidence[], policy: Policy): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const item of evidence) {
    if (item.source === 'claim') continue;
    const denied = policy.deny[item.capability];
    if (denied === undefined) continue;
    if (denied !== true && !denied.some((pattern) => matchesDetail(pattern, item.detail))) continue;
    const rule = JUDGE_RULES['denied-capability'];
    const what = describeEvidence(item);
    const finding = judgeFinding(item, rule, {
      message: `The policy denies ${item.capability}, and it ${what}`,
    });
    if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
  }
  return [...findings.values()];
}

function undeclared(item: Evidence, isLimit: boolean): Finding {
  const rule = JUDGE_RULES['undeclared-capability'];
  const source = isLimit ? 'the manifest it is held to' : 'its own manifest';
  const message = `It ${describeEvidence(item)}, which ${source} does not declare (${item.capability})`;
  return judgeFinding(item, rule, { message, severity: isLimit ? 'high' : rule.severity });
}
