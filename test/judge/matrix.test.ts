import { describe, expect, it } from 'vitest';
import { contradictionsOf, denialsOf } from '../../src/judge/contradictions.ts';
import { DEFAULT_POLICY } from '../../src/judge/default-policy.ts';
import { capabilityMatrix } from '../../src/judge/matrix.ts';
import type { ObservedEvent } from '../../src/model/observation.ts';
import { evidence } from '../support/evidence.ts';

const EVENT: ObservedEvent = {
  kind: 'connect',
  phase: 'step',
  detail: 'api.example',
  capability: 'net.connect',
  allowed: false,
  first: 5,
  last: 9,
  count: 2,
  decoy: null,
};

describe('capabilityMatrix', () => {
  it('puts claim, code and run of one capability into one row', () => {
    const rows = capabilityMatrix(
      [
        evidence({ source: 'claim', detail: 'api.example' }),
        evidence({ source: 'code' }),
        evidence({ source: 'code' }),
        evidence({ source: 'run', location: null, event: EVENT }),
      ],
      new Set(),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      capability: 'net.connect',
      detail: 'api.example',
      declared: true,
      observed: [EVENT],
    });
    expect(rows[0]?.static).toHaveLength(1);
  });

  it('tells "not declared" from "declares nothing"', () => {
    const code = evidence({ detail: 'other.example' });
    expect(capabilityMatrix([code], new Set())[0]?.declared).toBeNull();
    expect(capabilityMatrix([code], new Set(['.']))[0]?.declared).toBe(false);
  });

  it('does not depend on the order of the evidence', () => {
    const items = [
      evidence({ detail: 'b' }),
      evidence({ detail: 'a' }),
      evidence({ capability: 'env.read', detail: 'X' }),
    ];
    expect(capabilityMatrix([...items].reverse(), new Set())).toEqual(capabilityMatrix(items, new Set()));
  });
});

describe('contradictionsOf', () => {
  const declaring = new Set(['.']);

  it('is silent about units that list no capabilities', () => {
    expect(contradictionsOf([evidence({})], new Set(), false)).toEqual([]);
  });

  it('questions what a manifest does not declare, and holds to the operator more strictly', () => {
    const [own] = contradictionsOf([evidence({})], declaring, false);
    const [limit] = contradictionsOf([evidence({})], declaring, true);
    expect(own).toMatchObject({ ruleId: 'undeclared-capability', severity: 'medium', kind: 'contradiction' });
    expect(limit).toMatchObject({ severity: 'high' });
  });

  it('is silent about what is declared, what is only in tests, and reading files', () => {
    const claim = evidence({ source: 'claim', detail: '*.example' });
    const quiet = [
      claim,
      evidence({}),
      evidence({ detail: 'x', scope: 'test' }),
      evidence({ capability: 'fs.read' }),
    ];
    expect(contradictionsOf(quiet, declaring, false)).toEqual([]);
  });
});

describe('denialsOf', () => {
  it('rejects what the policy denies, by pattern', () => {
    const policy = { ...DEFAULT_POLICY, deny: { 'net.connect': ['*.bad.example'] } };
    expect(denialsOf([evidence({ detail: 'x.bad.example' })], policy)).toHaveLength(1);
    expect(denialsOf([evidence({ detail: 'x.good.example' })], policy)).toEqual([]);
  });
});
