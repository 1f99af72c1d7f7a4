import type { Evidence } from '../../src/model/evidence.ts';
import type { Finding } from '../../src/model/finding.ts';
import { startOf } from '../../src/model/location.ts';
import type { Outcome } from '../../src/model/outcome.ts';

/** Evidence with everything that a test does not care about filled in. */
export function evidence(parts: Partial<Evidence>): Evidence {
  return {
    source: 'code',
    capability: 'net.connect',
    detail: 'api.example',
    unit: '.',
    scope: 'function',
    guard: null,
    confidence: 'high',
    location: startOf('a.py'),
    event: null,
    ...parts,
  };
}

/** A finding with everything that a test does not care about filled in. */
export function finding(parts: Partial<Finding>): Finding {
  return {
    ruleId: 'some-rule',
    title: 'Some rule',
    message: 'It does something',
    severity: 'high',
    confidence: 'high',
    kind: 'chain',
    category: 'exfiltration',
    cwe: ['CWE-200'],
    unit: '.',
    stage: 'static',
    location: startOf('a.py'),
    trace: [],
    capability: null,
    fix: 'Remove it.',
    fingerprint: `${parts.ruleId ?? 'some-rule'}-fingerprint`,
    suppressed: null,
    ...parts,
  };
}

/** An outcome of a stage that did its work and found nothing. */
export function outcome(parts: Partial<Outcome>): Outcome {
  return {
    id: 'static',
    status: 'done',
    reason: '',
    durationMs: 1,
    tools: [],
    findings: [],
    evidence: [],
    gaps: [],
    ...parts,
  };
}
