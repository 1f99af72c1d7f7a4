import { describe, expect, it } from 'vitest';
import { diffReports } from '../../src/reporters/diff.ts';
import { mergeReports } from '../../src/reporters/merge.ts';
import { sampleReport } from '../support/report.ts';

const at = (path: string) => ({ ...sampleReport(), target: { ...sampleReport().target, path } });

describe('mergeReports', () => {
  it('gives one report back as it is', () => {
    expect(mergeReports([sampleReport()])).toEqual(sampleReport());
  });

  it('keeps the parts apart by their paths and takes the worst of everything', () => {
    const approved = { ...at('./b/'), findings: [], units: sampleReport().units.slice(0, 1) };
    const merged = mergeReports([approved, at('./a')]);
    expect(merged.units.map(({ path }) => path)).toEqual([
      'b/skills/plain',
      'a/skills/plain',
      'a/skills/thief',
    ]);
    expect(merged.verdict.decision).toBe('reject');
    expect(merged.coverage.files).toBe(6);
    expect(merged.stages.find(({ id }) => id === 'sandbox')).toMatchObject({
      status: 'partial',
      durationMs: 1800,
    });
    expect(new Set(merged.findings.map(({ unit }) => unit))).toEqual(
      new Set(['a/skills/plain', 'a/skills/thief']),
    );
  });
});

describe('diffReports', () => {
  it('says what is new and what is gone; suppressed findings do not count', () => {
    const before = sampleReport();
    const after = {
      ...before,
      findings: before.findings.map((item) => ({ ...item, fingerprint: `${item.fingerprint}x` })),
    };
    const { added, removed } = diffReports(before, after);
    expect(added.map(({ fingerprint }) => fingerprint)).toEqual(['aaaaaaaaaaaaaaaax']);
    expect(removed.map(({ fingerprint }) => fingerprint)).toEqual(['aaaaaaaaaaaaaaaa']);
    expect(diffReports(before, before)).toEqual({ added: [], removed: [] });
  });
});
