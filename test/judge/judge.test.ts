import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/judge/default-policy.ts';
import { judgeTarget, judgeUnit, worstDecision } from '../../src/judge/judge.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Target, Unit } from '../../src/model/target.ts';
import { finding, outcome } from '../support/evidence.ts';

const UNIT: Unit = { path: '.', kind: 'skill', name: 'x', files: ['a.py'] };
const TARGET: Target = {
  path: 'x',
  kind: 'directory',
  absolutePath: '/x',
  digest: 'sha256:0',
  files: [],
  opaque: [],
  units: [UNIT],
};

function decide(
  findings: readonly Finding[],
  outcomes: readonly Outcome[] = [outcome({})],
  policy: Policy = DEFAULT_POLICY,
) {
  return judgeUnit(UNIT, { target: TARGET, outcomes, findings, policy });
}

describe('judgeUnit', () => {
  it('approves when every stage is done and nothing was found', () => {
    expect(decide([])).toEqual({ decision: 'approve', reasons: [] });
  });

  it.each(['chain', 'contradiction', 'indicator', 'behaviour'] as const)(
    'rejects on one strong %s',
    (kind) => {
      const verdict = decide([finding({ kind, severity: 'high', confidence: 'medium' })]);
      expect(verdict.decision).toBe('reject');
      expect(verdict.reasons).toEqual([
        { code: kind, message: 'It does something', findings: ['some-rule-fingerprint'] },
      ]);
    },
  );

  it('never rejects on capabilities, however many there are', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      finding({ kind: 'capability', severity: 'critical', fingerprint: `f${index}` }),
    );
    expect(decide(many).decision).toBe('approve');
  });

  it('asks a person about an unsure chain and a sure, grave weakness', () => {
    expect(decide([finding({ kind: 'chain', confidence: 'low' })]).decision).toBe('review');
    expect(decide([finding({ kind: 'weakness' })]).decision).toBe('review');
    expect(decide([finding({ kind: 'weakness', severity: 'medium' })]).decision).toBe('approve');
  });

  it('gives one reason for many hits of one rule', () => {
    const verdict = decide([finding({ fingerprint: 'b' }), finding({ fingerprint: 'a' })]);
    expect(verdict.reasons).toEqual([
      { code: 'chain', message: 'It does something (and 1 more)', findings: ['a', 'b'] },
    ]);
  });

  it('leaves suppressed findings and those of other units out', () => {
    const suppressed = finding({ suppressed: { by: 'config', reason: 'known', expires: null } });
    expect(decide([suppressed, finding({ unit: 'other' })]).decision).toBe('approve');
  });

  it.each(['partial', 'failed'] as const)('never approves when a stage is %s', (status) => {
    const verdict = decide([], [outcome({ status, reason: 'a file was not read' })]);
    expect(verdict.decision).toBe('incomplete');
    expect(verdict.reasons[0]?.message).toContain('a file was not read');
  });

  it('counts a gap against its own unit only', () => {
    const gaps = [{ unit: 'elsewhere', reason: 'opaque' }];
    expect(decide([], [outcome({ status: 'partial', gaps })]).decision).toBe('approve');
    expect(
      decide([], [outcome({ status: 'partial', gaps: [{ unit: '.', reason: 'opaque' }] })]).decision,
    ).toBe('incomplete');
    expect(
      decide([], [outcome({ status: 'partial', gaps: [{ unit: null, reason: 'opaque' }] })]).decision,
    ).toBe('incomplete');
  });

  it('rejects what is proven bad even when evidence is missing', () => {
    expect(decide([finding({})], [outcome({ status: 'failed', reason: 'x' })]).decision).toBe('reject');
  });

  it('approves without a stage that the operator left out, and says so; not when their policy requires it', () => {
    const skipped = outcome({ id: 'sandbox', status: 'skipped', reason: '--backend none' });
    const verdict = decide([], [outcome({}), skipped]);
    expect(verdict.decision).toBe('approve');
    expect(verdict.reasons).toEqual([
      { code: 'stage-left-out', message: 'the sandbox stage was left out: --backend none', findings: [] },
    ]);
    const strict: Policy = { ...DEFAULT_POLICY, require: ['sandbox'] };
    expect(decide([], [outcome({}), skipped], strict).decision).toBe('incomplete');
  });

  it('calls a unit without files incomplete', () => {
    const empty: Unit = { ...UNIT, files: [] };
    const verdict = judgeUnit(empty, {
      target: TARGET,
      outcomes: [outcome({})],
      findings: [],
      policy: DEFAULT_POLICY,
    });
    expect(verdict.decision).toBe('incomplete');
  });
});

describe('judgeTarget', () => {
  it('takes the worst unit and names it', () => {
    const reason = { code: 'chain', message: 'It steals', findings: ['f'] };
    const verdict = judgeTarget([
      { path: 'a', verdict: { decision: 'approve', reasons: [] } },
      { path: 'b', verdict: { decision: 'reject', reasons: [reason] } },
    ]);
    expect(verdict).toEqual({ decision: 'reject', reasons: [{ ...reason, message: 'b: It steals' }] });
  });

  it.each([
    [['approve', 'review'], 'review'],
    [['review', 'incomplete'], 'incomplete'],
    [['incomplete', 'reject', 'approve'], 'reject'],
    [[], 'incomplete'],
  ] as const)('of %j makes %s', (decisions, worst) => {
    expect(worstDecision(decisions)).toBe(worst);
  });
});
