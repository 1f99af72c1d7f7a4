import { describe, expect, it } from 'vitest';
import { corroborated } from '../../src/judge/corroborate.ts';
import type { Finding } from '../../src/model/finding.ts';

function finding(more: Partial<Finding>): Finding {
  return {
    ruleId: 'some-chain',
    title: 'T',
    message: 'Something is sent.',
    severity: 'high',
    confidence: 'low',
    kind: 'chain',
    category: 'exfiltration',
    cwe: [],
    unit: '.',
    stage: 'static',
    location: { path: 'a.py', startLine: 4, startColumn: 1, endLine: 4, endColumn: 9, layer: null },
    trace: [{ path: 'a.py', line: 2, message: 'file comes from open' }],
    capability: 'net.connect',
    fix: 'F',
    fingerprint: 'f',
    suppressed: null,
    ...more,
  };
}

const HOST = finding({
  ruleId: 'undocumented-host',
  kind: 'contradiction',
  category: 'manifest',
  severity: 'medium',
  confidence: 'medium',
});

describe('findings that support each other', () => {
  it('trusts a doubtful chain that ends at a host which no text names', () => {
    const [chain, host] = corroborated([finding({}), HOST]);
    expect(chain).toMatchObject({
      confidence: 'medium',
      message: 'Something is sent. None of its texts names that host.',
    });
    expect(host).toBe(HOST);
  });

  it.each<[string, Partial<Finding>]>([
    ['another line', { location: { ...HOST.location, startLine: 5 } }],
    ['another unit', { unit: 'b' }],
    ['a chain from another file', { trace: [{ path: 'b.py', line: 1, message: 'm' }] }],
    ['something else than sending', { category: 'process' }],
    ['what is no chain', { kind: 'weakness' }],
  ])('leaves %s as it is', (_what, more) => {
    expect(corroborated([finding(more), HOST])[0]?.confidence).toBe('low');
  });

  it('leaves a chain alone where the host is named', () => {
    expect(corroborated([finding({}), { ...HOST, severity: 'low' }])[0]?.confidence).toBe('low');
  });

  it('trusts a chain with a key in it where a text speaks of sending and names no host', () => {
    const expected = { ...HOST, severity: 'low' } as const;
    expect(corroborated([finding({ cwe: ['CWE-522'] }), expected])[0]?.confidence).toBe('medium');
  });
});
