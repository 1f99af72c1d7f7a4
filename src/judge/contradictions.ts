import { createHash } from 'node:crypto';
import type { Capability } from '../model/capability.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { startOf } from '../model/location.ts';
import type { Policy } from '../model/policy.ts';
import { JUDGE_RULES } from './rules.ts';
import { matchesDetail } from '../detail-pattern.ts';

/** Capabilities whose undeclared use is a question worth a person's time; reading one's own files is not. */
const WORTH_DECLARING: ReadonlySet<Capability> = new Set([
  'net.connect',
  'net.listen',
  'secret.read',
  'persist',
  'agent.control',
  'proc.exec',
  'device',
]);

/** Scopes that are not part of what somebody who uses the thing runs. */
const OUTSIDE_OF_USE: ReadonlySet<string> = new Set(['test', 'example', 'ci', 'build']);

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
    if (item.source !== 'code' && item.source !== 'run') continue;
    if (!declaring.has(item.unit) || item.confidence === 'low') continue;
    if (!isLimit && !WORTH_DECLARING.has(item.capability)) continue;
    if (item.scope !== null && OUTSIDE_OF_USE.has(item.scope)) continue;
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
    const what = describe(item);
    const finding = findingOf(
      item,
      rule,
      `The policy denies ${item.capability}, and it ${what}`,
      rule.severity,
    );
    if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
  }
  return [...findings.values()];
}

function undeclared(item: Evidence, isLimit: boolean): Finding {
  const rule = JUDGE_RULES['undeclared-capability'];
  const source = isLimit ? 'the manifest it is held to' : 'its own manifest';
  const message = `It ${describe(item)}, which ${source} does not declare (${item.capability})`;
  return findingOf(item, rule, message, isLimit ? 'high' : rule.severity);
}

function describe(item: Evidence): string {
  const detail = item.detail === '*' ? 'something not known beforehand' : item.detail;
  return item.source === 'run' ? `did use ${detail} when it ran` : `can use ${detail}`;
}

function findingOf(
  item: Evidence,
  rule: (typeof JUDGE_RULES)[keyof typeof JUDGE_RULES],
  message: string,
  severity: Finding['severity'],
): Finding {
  const location = item.location ?? startOf(item.unit);
  const key = `${rule.id}\0${item.unit}\0${item.capability}\0${item.detail}\0${item.source}`;
  return {
    ruleId: rule.id,
    title: rule.title,
    message,
    severity,
    confidence: item.confidence,
    kind: rule.kind,
    category: rule.category,
    cwe: rule.cwe,
    unit: item.unit,
    stage: item.source === 'run' ? 'sandbox' : 'manifest',
    location,
    trace: [],
    capability: item.capability,
    fix: rule.fix,
    fingerprint: createHash('sha256').update(key).digest('hex').slice(0, 32),
    suppressed: null,
  };
}
