import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import { startOf } from '../model/location.ts';
import type { RuleSummary } from '../model/rule-summary.ts';
import { sha256 } from '../sha256.ts';

/** What a finding says that its rule does not. */
export interface Particulars {
  readonly message: string;
  readonly severity?: Finding['severity'];
  readonly confidence?: Finding['confidence'];
  /** The other side of the contradiction: where something else is said. */
  readonly against?: { readonly location: Location; readonly message: string };
}

/** A finding of the judge about a piece of evidence. */
export function judgeFinding(item: Evidence, rule: RuleSummary, particulars: Particulars): Finding {
  const { message, severity, confidence, against } = particulars;
  const key = `${rule.id}\0${item.unit}\0${item.capability}\0${item.detail}\0${item.source}`;
  return {
    ruleId: rule.id,
    title: rule.title,
    message,
    severity: severity ?? rule.severity,
    confidence: confidence ?? item.confidence,
    kind: rule.kind,
    category: rule.category,
    cwe: rule.cwe,
    unit: item.unit,
    stage: item.source === 'run' ? 'sandbox' : 'manifest',
    location: item.location ?? startOf(item.unit),
    trace:
      against === undefined
        ? []
        : [{ path: against.location.path, line: against.location.startLine, message: against.message }],
    capability: item.capability,
    fix: rule.fix,
    fingerprint: sha256(key).slice(0, 32),
    suppressed: null,
  };
}

/** What a piece of evidence says, in words that go on from "it". */
export function describeEvidence(item: Evidence): string {
  const detail = item.detail === '*' ? 'something not known beforehand' : item.detail;
  return item.source === 'run' ? `did use ${detail} when it ran` : `can use ${detail}`;
}

/** Scopes that are not part of what somebody who uses the thing runs. */
const OUTSIDE_OF_USE: ReadonlySet<string> = new Set(['test', 'example', 'ci', 'build']);

/** True for what code can do, or did, in the hands of somebody who uses it. */
export function isInUse(item: Evidence): boolean {
  if (item.source !== 'code' && item.source !== 'run') return false;
  return item.confidence !== 'low' && (item.scope === null || !OUTSIDE_OF_USE.has(item.scope));
}
